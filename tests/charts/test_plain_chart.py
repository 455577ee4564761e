"""Charts as plain values: the numbers along an axis."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mnist_core.charts.plain_chart import axis, axis_at


def test_round_numbers_along_an_axis():
    assert axis("images", 0, 7_000).names == ("0", "2,000", "4,000", "6,000")
    assert axis("slant", -22, 31).names == ("−20", "−10", "0", "10", "20", "30")
    assert axis_at("turn", -45, 45, (-7.5, 0)).names == ("−7.5", "0")


@given(some.floats(-1e6, 1e6), some.floats(1e-3, 1e6), some.integers(2, 12))
def test_numbers_lie_on_the_axis_and_are_not_too_many(low, length, most):
    found = axis("any", low, low + length, most=most)
    assert len(found.ticks) == len(found.names) <= most + 1
    slack = length * 1e-6
    assert all(low - slack <= tick <= low + length + slack for tick in found.ticks)
    assert list(found.ticks) == sorted(set(found.ticks))


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (0, math.inf), (math.nan, 1)])
def test_an_axis_has_a_length(low, high):
    with pytest.raises(ValueError, match="above its beginning"):
        axis("any", low, high)
