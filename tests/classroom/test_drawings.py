"""Drawings as they are sent to a class, and whatever else is sent in their place."""

import zlib

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.classroom.drawings import ClassDrawing, read_drawing, write_drawing
from mnist_core.classroom.pen_drawing import (
    MOST_POINTS,
    PenDrawing,
    read_pen_drawing,
    write_pen_drawing,
)
from mnist_core.classroom.room import LARGEST_PAYLOAD


def test_a_drawing_comes_back_as_it_was():
    random = np.random.default_rng(0)
    image = random.integers(0, 256, (28, 28), np.uint8)
    canvas = random.integers(0, 256, (84, 84), np.uint8)
    found = read_drawing(write_drawing(ClassDrawing(7, image, canvas)))
    assert found.label == 7
    np.testing.assert_array_equal(found.image, image)
    np.testing.assert_array_equal(found.canvas, canvas)
    assert read_drawing(write_drawing(ClassDrawing(7, image))).canvas is None


@pytest.mark.parametrize(
    ("label", "shape", "problem"), [(10, (28, 28), "digit"), (1, (27, 28), "28 × 28")]
)
def test_what_is_no_drawing_is_not_written(label, shape, problem):
    with pytest.raises(ValueError, match=problem):
        write_drawing(ClassDrawing(label, np.zeros(shape, np.uint8)))


@given(st.binary(max_size=200))
def test_any_other_bytes_are_no_drawing(payload):
    assert read_drawing(payload) is None
    assert read_pen_drawing(payload) is None


def test_a_drawing_that_unpacks_to_gigabytes_is_none():
    bomb = zlib.compress(bytes(30_000_000))
    written = msgspec.msgpack.encode({"label": 1, "image": bomb})
    found = read_drawing(written)
    assert found is None or found.image.shape == (28, 28)


def test_the_way_of_the_pen_comes_back_nearly_as_it_was():
    angle = np.linspace(0, 6, 200)
    line = np.stack([160 + 90 * np.cos(angle), 160 + 120 * np.sin(angle)], axis=1)
    dot = np.array([[20.0, 30.0]])
    found = read_pen_drawing(write_pen_drawing(PenDrawing(20.0, (line, dot))))
    assert found.brush == 20
    np.testing.assert_allclose(found.lines[0][[0, -1]], line[[0, -1]], atol=0.06)
    np.testing.assert_allclose(found.lines[1], dot, atol=0.06)
    # No point of the line is far from one that is left.
    away = np.linalg.norm(line[:, None] - found.lines[0][None], axis=2).min(axis=1)
    assert away.max() < 2.1


def test_a_page_full_of_scribble_can_be_sent():
    line = np.cumsum(np.full((50_000, 2), 2.5), axis=0) % 320
    payload = write_pen_drawing(PenDrawing(20.0, (line, line)))
    assert len(payload) <= LARGEST_PAYLOAD
    assert sum(map(len, read_pen_drawing(payload).lines)) == MOST_POINTS


@given(
    st.floats(),
    st.lists(st.binary(max_size=9), max_size=4),
)
def test_numbers_that_make_no_sense_are_no_drawing(brush, lines):
    found = read_pen_drawing(msgspec.msgpack.encode({"brush": brush, "lines": lines}))
    assert found is None or (found.brush > 0 and all(len(one) for one in found.lines))
