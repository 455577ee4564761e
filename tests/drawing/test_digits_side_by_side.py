"""Digits side by side come apart, even if they touch; one digit, however it looks, does not."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from PIL import Image

from mnist_core.data import dataset
from mnist_core.drawing import digits_side_by_side, rejection
from mnist_core.drawing.connected_components import components
from mnist_core.drawing.digits_side_by_side import DigitProbability

Line = list[tuple[float, float]]
BRUSH = 10.0


@cache
def gate() -> DigitProbability:
    return rejection.load().digit_probability


def around(x: float, y: float, wide: float, high: float, begin: float, end: float) -> Line:
    angles = np.radians(np.linspace(begin, end, 25))
    return [(x + wide * float(np.cos(a)), y + high * float(np.sin(a))) for a in angles]


# In a box 60 wide and 100 high, or less.
DIGITS: dict[str, list[Line]] = {
    "0": [around(30, 50, 28, 50, -90, 280)],
    "1": [[(8, 0), (6, 50), (4, 100)]],
    "3": [[*around(25, 25, 27, 25, -150, 80), *around(25, 74, 30, 26, -80, 150)]],
    "5": [[(8, 0), (5, 45), *around(24, 68, 28, 32, -120, 150)], [(8, 0), (50, -2)]],
    "7": [[(0, 0), (55, 0), (25, 100)], [(12, 50), (50, 48)]],
    "4": [[(22, 0), (0, 60), (55, 60)], [(42, 10), (40, 100)]],
}


def strokes(name: str, left: float = 0) -> list[NDArray[np.float64]]:
    return [np.add(line, (left, 20.0)) for line in DIGITS[name]]


def beside(names: str, gap: float) -> list[list[NDArray[np.float64]]]:
    """The strokes of each digit, so far from the ink of the one before."""
    found: list[list[NDArray[np.float64]]] = []
    left = 0.0
    for name in names:
        placed = strokes(name)
        low, high = (end(np.concatenate(placed)[:, 0]) for end in (np.min, np.max))
        found.append([np.add(stroke, (left - low, 0)) for stroke in placed])
        left += high - low + BRUSH + gap
    return found


@pytest.mark.parametrize("gap", [20, 8, 2, 0, -4])
@pytest.mark.parametrize("names", ["30", "57", "05", "73", "307", "535"])
def test_digits_are_told_apart_also_where_they_touch(names: str, gap: float) -> None:
    wanted = beside(names, gap)
    drawn = [stroke for digit in wanted for stroke in digit]
    found = digits_side_by_side.split(drawn[::-1], BRUSH, gate())
    assert [{id(one) for one in group} for group in found] == [
        {id(one) for one in digit} for digit in wanted
    ]


@pytest.mark.parametrize("name", DIGITS)
def test_one_digit_stays_whole(name: str) -> None:
    drawn = strokes(name)
    (found,) = digits_side_by_side.split(drawn, BRUSH, gate())
    assert len(found) == len(drawn)


def test_without_a_judge_only_room_counts() -> None:
    drawn = [stroke for digit in beside("30", 0) for stroke in digit]
    assert len(digits_side_by_side.split(drawn, BRUSH)) == 1
    drawn = [stroke for digit in beside("30", 20) for stroke in digit]
    assert len(digits_side_by_side.split(drawn, BRUSH)) == 2


def test_what_is_no_row_of_digits_is_left_as_it_is() -> None:
    drawn = [stroke for digit in beside("3070", 0) for stroke in digit]
    nothing = digits_side_by_side.split(
        drawn, BRUSH, lambda images: np.zeros(len(images), np.float32)
    )
    assert [len(group) for group in nothing] == [len(drawn)]


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 320), st.floats(0, 320)), min_size=1, max_size=6),
        min_size=1,
        max_size=14,
    ),
    st.integers(0, 2**32 - 1),
)
def test_no_stroke_is_lost_or_doubled(lines: list[Line], seed: int) -> None:
    drawn = [np.array(line, float) for line in lines]
    random = np.random.default_rng(seed)
    groups = digits_side_by_side.split(
        drawn, BRUSH, lambda images: random.random(len(images), np.float32)
    )
    assert 1 <= len(groups) <= 3
    assert sorted(id(one) for group in groups for one in group) == sorted(map(id, drawn))


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
    groups = digits_side_by_side.digit_groups(found)
    return [np.isin(found.numbers, np.array(group, int) + 1) & mask for group in groups]


def ink_beside(digits: list[np.ndarray], gap: float, random: np.random.Generator) -> np.ndarray:
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
        canvas = ink_beside(digits, gap, random)
        found = split_ink(canvas)
        right += [mask.sum() for mask in found] == [digit.sum() for digit in digits]
    assert right >= 56


@pytest.mark.parametrize("digit", range(10))
def test_one_training_digit_stays_whole(digit: int) -> None:
    indices = np.flatnonzero(training().labels == digit)[:60]
    assert all(len(split_ink(inked(int(index), 110))) == 1 for index in indices)


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
    (digit,) = digits_side_by_side.split_by_room(strokes, 16)
    assert len(digit) == len(strokes)


def test_strokes_go_to_their_digits_from_left_to_right() -> None:
    four = [np.array(line, float) * 0.4 for line in SINGLE["open 4"]]
    two = [np.array([(130, 40), (160, 30), (170, 60), (125, 110), (180, 108)], float)]
    left, right = digits_side_by_side.split_by_room([four[0], two[0], four[1]], 8)
    assert [stroke[0, 0] for stroke in left] == [four[0][0, 0], four[1][0, 0]]
    assert right[0] is two[0]


def test_four_digits_are_left_as_they_are() -> None:
    lines = [np.array([(x, 0), (x, 100)], float) for x in (0, 60, 120, 180)]
    assert len(digits_side_by_side.split_by_room(lines[:3], 8)) == 3
    assert len(digits_side_by_side.split_by_room(lines, 8)) == 1


@given(arrays.arrays(bool, st.tuples(st.integers(1, 60), st.integers(1, 60))))
def test_no_ink_is_lost_and_none_is_counted_twice(canvas: np.ndarray) -> None:
    parts = split_ink(canvas)
    assert 1 <= len(parts) <= digits_side_by_side.MOST
    assert np.array_equal(np.sum(parts, axis=0, dtype=int), canvas.astype(int))
