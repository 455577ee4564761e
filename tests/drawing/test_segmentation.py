"""Two digits beside each other come apart; one digit, however it is written, does not."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from mnist_core.data import dataset
from mnist_core.drawing import segmentation
from mnist_core.drawing.connected_components import components


@cache
def training() -> dataset.Digits:
    return dataset.load("train")


def inked(index: int, height: int) -> np.ndarray:
    """A training digit of this height, cut out: bool."""
    picture = Image.fromarray(training().images[index])
    side = round(height * 1.4)
    mask = np.asarray(picture.resize((side, side), Image.Resampling.BICUBIC)) > 32
    columns, rows = (np.flatnonzero(mask.any(axis=axis)) for axis in (0, 1))
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def split_ink(mask: np.ndarray) -> list[np.ndarray]:
    """The ink of each digit of a drawing, from left to right."""
    found = components(mask)
    groups = segmentation.digit_groups(found)
    return [np.isin(found.numbers, np.array(group, int) + 1) & mask for group in groups]


def beside(digits: list[np.ndarray], gap: float, random: np.random.Generator) -> np.ndarray:
    """Digits in a row, each somewhat higher or lower, with gaps in parts of the tallest."""
    tallest = max(len(digit) for digit in digits)
    columns = []
    for digit in digits:
        over = int(random.integers(0, tallest + 20 - len(digit)))
        below = tallest + 20 - len(digit) - over
        columns += [np.pad(digit, ((over, below), (0, round(gap * tallest))))]
    return np.hstack(columns)


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("gap", [0.15, 0.3, 0.6])
def test_training_digits_side_by_side_are_separated(count: int, gap: float) -> None:
    random = np.random.default_rng(0)
    right = 0
    for _ in range(60):
        digits = [
            inked(int(index), int(random.integers(80, 130)))
            for index in random.integers(0, dataset.TRAINING_IMAGES, count)
        ]
        canvas = beside(digits, gap, random)
        found = split_ink(canvas)
        right += [mask.sum() for mask in found] == [digit.sum() for digit in digits]
    assert right >= 56


@pytest.mark.parametrize("digit", range(10))
def test_one_training_digit_stays_whole(digit: int) -> None:
    indices = np.flatnonzero(training().labels == digit)[:60]
    assert all(len(split_ink(inked(int(index), 110))) == 1 for index in indices)


Line = list[tuple[float, float]]
SINGLE: dict[str, list[Line]] = {
    "barred 7": [[(80, 60), (220, 60), (120, 280)], [(110, 170), (200, 165)]],
    "5 with its bar apart": [
        [(120, 60), (115, 140), (180, 150), (200, 210), (110, 250)],
        [(150, 35), (230, 33)],
    ],
    "open 4": [[(90, 60), (80, 170), (180, 175)], [(200, 50), (190, 280)]],
    "open 4 that does not touch": [[(90, 60), (80, 170), (160, 175)], [(190, 50), (185, 280)]],
    "flagged 1 with a foot": [[(120, 110), (170, 50), (168, 270)], [(120, 270), (220, 270)]],
    "0 in two halves": [
        [(150, 60), (100, 100), (90, 160), (110, 230), (150, 260)],
        [(160, 58), (210, 100), (220, 160), (200, 230), (162, 262)],
    ],
}


@pytest.mark.parametrize("name", SINGLE)
def test_one_digit_of_several_strokes_stays_whole(name: str) -> None:
    strokes = [np.array(line, float) for line in SINGLE[name]]
    (digit,) = segmentation.split_strokes(strokes, 16)
    assert len(digit) == len(strokes)


def test_strokes_go_to_their_digits_from_left_to_right() -> None:
    four = [np.array(line, float) * 0.4 for line in SINGLE["open 4"]]
    two = [np.array([(130, 40), (160, 30), (170, 60), (125, 110), (180, 108)], float)]
    left, right = segmentation.split_strokes([four[0], two[0], four[1]], 8)
    assert [stroke[0, 0] for stroke in left] == [four[0][0, 0], four[1][0, 0]]
    assert right[0] is two[0]


def test_four_digits_are_left_as_they_are() -> None:
    lines = [np.array([(x, 0), (x, 100)], float) for x in (0, 60, 120, 180)]
    assert len(segmentation.split_strokes(lines[:3], 8)) == 3
    assert len(segmentation.split_strokes(lines, 8)) == 1


@given(arrays.arrays(bool, st.tuples(st.integers(1, 60), st.integers(1, 60))))
def test_no_ink_is_lost_and_none_is_counted_twice(canvas: np.ndarray) -> None:
    parts = split_ink(canvas)
    assert 1 <= len(parts) <= segmentation.MOST
    assert np.array_equal(np.sum(parts, axis=0, dtype=int), canvas.astype(int))
