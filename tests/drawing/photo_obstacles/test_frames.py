"""Printed boxes go, the strokes that cross their lines stay whole, and digits lose nothing."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_core.drawing import photo_digits
from mnist_core.drawing.photo_obstacles import frames

SEVEN = [(330, 200), (470, 195), (380, 430)]
PAPER = (235, 235, 232)


def photo(*boxes, line=(40, 40, 40), strokes=(SEVEN,), width=14):
    picture = Image.new("RGB", (800, 600), PAPER)
    pen = ImageDraw.Draw(picture)
    for box in boxes:
        pen.line([*box, box[0]], fill=line, width=5)
    for stroke in strokes:
        pen.line(stroke, fill=(25, 25, 60), width=width, joint="curve")
    return np.asarray(picture.rotate(4, Image.Resampling.BICUBIC, fillcolor=PAPER))


def rectangle(left, top, right, bottom):
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def strength(picture):
    return np.asarray(1 - picture.mean(axis=2) / 235, np.float32).clip(0, 1)


@pytest.mark.parametrize("line", [(40, 40, 40), (200, 60, 60), (150, 190, 220)])
def test_a_digit_that_crosses_its_box_is_found_as_without_one(line):
    alone = photo_digits.find(photo())[0]
    boxed = photo_digits.find(photo(rectangle(280, 150, 450, 380), line=line))[0]
    assert np.abs(np.array(alone.box) - boxed.box).max() <= 8
    differs = (alone.canvas > 127) ^ (boxed.canvas > 127)
    assert differs.sum() < 0.1 * (alone.canvas > 127).sum()


def test_all_lines_of_a_row_of_cells_go():
    cells = [rectangle(150 + 140 * n, 150, 290 + 140 * n, 380) for n in range(4)]
    picture = strength(photo(*cells, strokes=()))
    mask = picture > 0.1
    across, down = frames.frame_lines(mask, picture)
    assert (len(across), len(down)) == (2, 5)
    assert frames.without(mask, picture, across, down).sum() < 0.02 * mask.sum()


@pytest.mark.parametrize(
    "strokes",
    [
        # An open 4, a 9 and a 6 of straight strokes go on beyond their corners.
        [[(300, 200), (300, 330), (460, 330)], [(460, 200), (460, 480)]],
        [[(300, 200), (300, 330), (460, 330)], [(300, 200), (460, 200), (460, 480)]],
        [[(300, 120), (300, 400), (460, 400), (460, 270), (300, 270)]],
    ],
)
def test_digits_of_straight_strokes_are_no_boxes(strokes):
    picture = strength(photo(strokes=strokes, width=6))
    assert frames.frame_lines(picture > 0.1, picture) == ([], [])


def test_a_square_nought_is_left_alone():
    square = [*rectangle(300, 180, 460, 420), (300, 180)]
    found = photo_digits.find(photo(strokes=[square], width=6))[0]
    assert found.box[2] - found.box[0] > 200
