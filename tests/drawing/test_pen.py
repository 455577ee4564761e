"""Strokes drawn again: alike whatever the size and the brush, dots left out, nonsense refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mnist_core.drawing import mnist_image, pen

SEVEN = [
    np.array([(80, 60), (220, 60), (150, 160), (120, 280)], float),
    np.array([(110, 170), (200, 165)], float),
]
POINTS = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.just(2)),
    elements=st.floats(-10_000, 10_000, allow_nan=False),
)


@given(st.lists(POINTS, min_size=1, max_size=6), st.floats(0.5, 60))
def test_every_set_of_strokes_gives_an_mnist_image(strokes, brush):
    image = mnist_image.from_strokes(strokes, brush)
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert (image.min(), image.max()) == (0, 1)
    rows, columns = np.nonzero(image)
    assert max(np.ptp(rows), np.ptp(columns)) < 20


@given(st.floats(0.3, 3), st.floats(-500, 500), st.floats(-500, 500), st.floats(2, 40))
def test_place_size_and_brush_make_next_to_no_difference(scale, right, down, brush):
    moved = [stroke * scale + (right, down) for stroke in SEVEN]
    image, other = mnist_image.from_strokes(moved, brush), mnist_image.from_strokes(SEVEN, 20)
    assert np.abs(image - other).mean() < 0.01


def test_thickness_is_what_was_asked_for():
    line = [np.array([(0, 0), (0, 100)], float)]
    drawn = pen.redraw(line, brush=1)
    assert drawn.shape == (244, 244)
    columns = np.count_nonzero(drawn[100])
    assert columns / pen.BOX * 20 == pytest.approx(pen.THICKNESS, abs=0.1)
    assert np.count_nonzero(drawn.any(axis=1)) == pytest.approx(pen.BOX, abs=2)


def test_a_fat_small_eight_keeps_its_loops_open():
    angle = np.linspace(0, 2 * np.pi, 40)
    loops = [
        np.stack([20 * np.sin(angle), y + 20 * np.cos(angle)], axis=1) + 100 for y in (-20, 20)
    ]
    image = mnist_image.from_strokes(loops, brush=28)
    ink = image > 0.5
    (left, right) = np.flatnonzero(ink.any(axis=0))[[0, -1]]
    middle = (left + right) // 2
    assert (np.diff(ink[:, middle].astype(int)) == 1).sum() == 3


def test_a_stray_tap_is_left_out_and_the_bar_of_a_five_stays():
    tap = np.array([(300.0, 20.0)])
    assert len(pen.without_dots([*SEVEN, tap], 20)) == 2
    five = [
        np.array([(120, 60), (115, 140), (180, 150), (200, 210), (110, 250)], float),
        np.array([(150, 40), (220, 38)], float),
    ]
    assert len(pen.without_dots(five, 12)) == 2


def test_a_tap_alone_stays_a_dot():
    image = mnist_image.from_strokes([np.array([(5.0, 7.0), (5.1, 7.0)])], 20)
    assert 0 < np.count_nonzero(image) <= 16


def test_nothing_is_blank():
    with pytest.raises(mnist_image.BlankDrawing, match="no ink"):
        mnist_image.from_strokes([], 20)


@pytest.mark.parametrize(
    ("strokes", "brush"),
    [
        ([np.zeros((0, 2))], 20),
        ([np.zeros((3, 3))], 20),
        ([np.zeros(4)], 20),
        ([np.array([(0, np.nan)])], 20),
        ([np.array([(0, np.inf), (1, 1)])], 20),
        (SEVEN, 0),
        (SEVEN, -1),
        (SEVEN, np.nan),
    ],
)
def test_what_is_no_stroke_is_refused_in_a_sentence(strokes, brush):
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$") as refused:
        mnist_image.from_strokes(strokes, brush)
    assert not isinstance(refused.value, mnist_image.BlankDrawing)
