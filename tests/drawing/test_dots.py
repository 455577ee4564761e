"""The pieces of a drawing: what is a stray dot, and what is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mnist_core.drawing import dots


@given(arrays.arrays(bool, st.tuples(st.integers(1, 200), st.integers(1, 200))))
def test_every_inked_pixel_lies_in_an_inked_square(inked):
    grid = dots.coarse_grid(inked)
    assert max(grid.shape) <= dots.GRID
    shown = dots.to_pixels(grid, inked.shape)
    assert shown.shape == inked.shape
    assert (shown | ~inked).all()
    assert grid.any() == inked.any()


@given(arrays.arrays(bool, st.tuples(st.integers(1, 48), st.integers(1, 48))))
def test_dots_are_ink_and_never_all_of_it(grid):
    stray = dots.find(grid)
    assert not (stray & ~grid).any()
    assert (grid & ~stray).any() == grid.any()


@pytest.mark.parametrize(("size", "away", "is_dot"), [(4, 6, True), (4, 3, False), (6, 6, False)])
def test_a_dot_is_small_and_far(size, away, is_dot):
    grid = np.zeros((48, 48), bool)
    grid[10:30, 5:8] = True
    grid[20 : 20 + size, 8 + away : 8 + away + size] = True
    stray = dots.find(grid)
    assert stray.any() == is_dot
    assert not stray[:, :8].any()
