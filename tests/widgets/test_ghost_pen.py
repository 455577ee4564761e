"""The digits of the ghost pen: written as people write them, and read for what they are."""

import numpy as np
import pytest

from mnist_core.drawing import mnist_image
from mnist_core.models import store
from scripts import make_ghost_digits as ghost
from ui.widgets.ghost_pen import ghost_pen

DIGITS = ghost_pen.digits()


@pytest.mark.parametrize("name", ["cnn-larger", "committee"])
def test_a_network_reads_each_of_them_and_is_sure(name):
    strokes = [np.array(digit["stroke"], float) for digit in DIGITS]
    images = np.stack([mnist_image.from_strokes([stroke], 20) for stroke in strokes])
    chances = store.open_model(name).predict(images)
    assert chances.argmax(axis=1).tolist() == [digit["label"] for digit in DIGITS]
    assert chances.max(axis=1).min() > 0.9


def test_they_lie_on_the_canvas_and_the_pen_moves_evenly():
    for digit in DIGITS:
        stroke = np.array(digit["stroke"])
        assert stroke.min() > 10
        assert stroke.max() < 310
        steps = np.hypot(*np.diff(stroke, axis=0).T)
        assert steps.max() < 12


def test_a_line_is_traced_from_its_upper_end_and_a_crossing_is_refused():
    finer = np.array([[6, 8], [5, 7], [4, 6], [4, 5], [4, 4]])
    line = ((finer + 0.5) / 2 - 0.5).astype(np.float32)
    assert np.array_equal(ghost.traced(line), line[::-1])
    crossing = np.array([[4, 4], [3, 4], [5, 4], [4, 3], [4, 5]])
    with pytest.raises(ValueError, match="single stroke"):
        ghost.traced(((crossing + 0.5) / 2 - 0.5).astype(np.float32))
