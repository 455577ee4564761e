"""Digits that come close or touch are told apart by their strokes; one digit stays whole."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mnist_core.drawing import rejection, stroke_groups
from mnist_core.drawing.stroke_groups import DigitProbability

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
    found = stroke_groups.split(drawn[::-1], BRUSH, gate())
    assert [{id(one) for one in group} for group in found] == [
        {id(one) for one in digit} for digit in wanted
    ]


@pytest.mark.parametrize("name", DIGITS)
def test_one_digit_stays_whole(name: str) -> None:
    drawn = strokes(name)
    (found,) = stroke_groups.split(drawn, BRUSH, gate())
    assert len(found) == len(drawn)


def test_without_a_judge_only_room_counts() -> None:
    drawn = [stroke for digit in beside("30", 0) for stroke in digit]
    assert len(stroke_groups.split(drawn, BRUSH)) == 1
    drawn = [stroke for digit in beside("30", 20) for stroke in digit]
    assert len(stroke_groups.split(drawn, BRUSH)) == 2


def test_what_is_no_row_of_digits_is_left_as_it_is() -> None:
    drawn = [stroke for digit in beside("3070", 0) for stroke in digit]
    nothing = stroke_groups.split(drawn, BRUSH, lambda images: np.zeros(len(images), np.float32))
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
    groups = stroke_groups.split(
        drawn, BRUSH, lambda images: random.random(len(images), np.float32)
    )
    assert 1 <= len(groups) <= 3
    assert sorted(id(one) for group in groups for one in group) == sorted(map(id, drawn))
