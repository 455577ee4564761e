"""Pieces of ink on a photo: which of them are one digit, and which are frames around it."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_core.drawing import photo_pieces
from mnist_core.drawing.connected_components import components

Line = list[tuple[int, int]]


def pieces(lines: list[Line], width: int = 8):
    picture = Image.new("1", (400, 400))
    for line in lines:
        ImageDraw.Draw(picture).line(line, fill=1, width=width)
    return components(np.asarray(picture))


def sizes(found, ignored: frozenset[int] = frozenset()) -> list[int]:
    """How many pieces each digit has, the most first."""
    groups = photo_pieces.groups(found, (400, 400), set(ignored))
    return sorted((len(group) for group in groups), reverse=True)


ONE = {
    "an open 4 whose stem ends above its bar": [
        [(100, 60), (90, 150), (190, 155)],
        [(165, 50), (162, 135)],
    ],
    "a 5 with its bar apart": [
        [(120, 80), (115, 140), (180, 150), (200, 210), (110, 250)],
        [(140, 60), (230, 55)],
    ],
    "a broken line": [[(150, 50), (150, 180)], [(150, 192), (150, 240)]],
}


@pytest.mark.parametrize("name", ONE)
def test_pieces_of_one_digit_are_joined(name: str) -> None:
    assert sizes(pieces(ONE[name])) == [2]


@pytest.mark.parametrize("gap", [14, 30, 80])
def test_tall_neighbours_stay_apart_however_close(gap: int) -> None:
    lines = [[(100 + gap * n, 100), (100 + gap * n, 220)] for n in range(4)]
    assert sizes(pieces(lines, width=6)) == [1, 1, 1, 1]


def test_something_small_between_two_digits_goes_to_the_nearer_one() -> None:
    found = pieces([[(100, 100), (100, 250)], [(150, 100), (150, 250)], [(113, 150), (122, 150)]])
    (pair,) = (group for group in photo_pieces.groups(found, (400, 400), set()) if len(group) == 2)
    assert found.boxes[pair[0], 1] < 110


@pytest.mark.parametrize("shape", ["rectangle", "ellipse"])
def test_a_box_and_a_circle_around_a_digit_are_frames(shape: str) -> None:
    picture = Image.new("1", (400, 400))
    pen = ImageDraw.Draw(picture)
    getattr(pen, shape)((60, 60, 340, 340), outline=1, width=4)
    pen.line([(200, 120), (200, 280)], fill=1, width=10)
    found = components(np.asarray(picture))
    assert [found.boxes[piece].tolist() for piece in photo_pieces.frames(found)] == [
        [60, 60, 341, 341]
    ]


def test_a_zero_with_a_dot_in_it_is_no_frame() -> None:
    picture = Image.new("1", (400, 400))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((120, 60, 280, 340), outline=1, width=12)
    pen.ellipse((190, 190, 210, 210), fill=1)
    found = components(np.asarray(picture))
    assert photo_pieces.frames(found) == set()


def test_neighbours_that_nearly_touch_are_doubtful_and_others_are_not() -> None:
    found = pieces([[(100, 100), (100, 250)], [(115, 100), (115, 250)], [(300, 100), (300, 250)]])
    groups = photo_pieces.groups(found, (400, 400), set())
    assert len(photo_pieces.close_pairs(found, groups)) == 1
