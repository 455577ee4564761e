"""A minus sign, a decimal point and a tap are no part of a digit; bars and feet are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mnist_core.drawing import stray_pen_marks
from tests.drawing.test_digits_side_by_side import DIGITS, SINGLE, beside, strokes

BRUSH = 10.0


def line(*points: tuple[float, float]) -> NDArray[np.float64]:
    return np.array(points, float)


SIGNS = {
    "minus before": line((-60, 70), (-25, 72)),
    "minus after": line((95, 66), (130, 70)),
    "point behind": line((78, 118), (79, 119)),
    "point before, close": line((-14, 60), (-13, 60)),
}


@pytest.mark.parametrize("name", DIGITS)
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_beside_a_digit_does_not_count(name: str, sign: str) -> None:
    digit = strokes(name)
    found = stray_pen_marks.without([SIGNS[sign], *digit], BRUSH)
    assert [id(one) for one in found] == [id(one) for one in digit]


def test_signs_between_digits_do_not_count() -> None:
    left, right = beside("37", 60)
    middle = float(left[0][:, 0].max()) + 35
    signs = [line((middle - 12, 70), (middle + 12, 71)), line((middle, 118), (middle + 1, 118))]
    found = stray_pen_marks.without([*left, *signs, *right], BRUSH)
    assert len(found) == len(left) + len(right)


@pytest.mark.parametrize("name", [*SINGLE, *DIGITS])
def test_no_stroke_of_a_digit_is_taken_for_a_sign(name: str) -> None:
    drawn = [line(*one) for one in SINGLE[name]] if name in SINGLE else strokes(name)
    assert len(stray_pen_marks.without(drawn, BRUSH)) == len(drawn)


def test_signs_alone_are_kept() -> None:
    for sign in SIGNS.values():
        assert len(stray_pen_marks.without([sign], BRUSH)) == 1


def test_a_tap_on_the_line_changes_nothing() -> None:
    digit = strokes("7")
    tap = digit[0][-1:] + 3
    assert len(stray_pen_marks.without([*digit, tap], BRUSH)) == len(digit) + 1


@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 320), st.floats(0, 320)), min_size=1, max_size=5),
        min_size=1,
        max_size=6,
    )
)
def test_something_is_always_left(lines: list[list[tuple[float, float]]]) -> None:
    assert stray_pen_marks.without([line(*one) for one in lines], BRUSH)
