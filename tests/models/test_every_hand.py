"""The network that Draw reads with knows ways of writing that MNIST hardly has."""

import numpy as np
import pytest

from mnist_core.analysis.calibration import with_temperature
from mnist_core.drawing import mnist_image
from mnist_core.models import store
from scripts import written_strokes
from scripts.written_strokes import (
    _blob_nine,
    _flagged_one,
    _lightning_four,
    _looped_seven,
    _open_four,
)

BRUSHES = (8.0, 16.0, 36.0)


def answers(drawings, brush, name="every-hand"):
    strokes = [[stroke * 180 + 50 for stroke in drawing] for drawing in drawings]
    images = np.stack([mnist_image.from_strokes(one, brush) for one in strokes])
    card = store.read_card(store.folder_of(name))
    return with_temperature(store.open_model(name).predict(images), card.temperature)


@pytest.mark.parametrize("brush", BRUSHES)
@pytest.mark.parametrize(
    ("digit", "model"),
    [(1, _flagged_one), (4, _lightning_four), (4, _open_four), (7, _looped_seven), (9, _blob_nine)],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_ways_of_writing_are_read_with_every_brush(digit, model, brush):
    random = np.random.default_rng(2026)
    drawings = [
        [written_strokes.smooth(np.array(control), random) for control in model(random)]
        for _ in range(40)
    ]
    assert (answers(drawings, brush).argmax(axis=1) == digit).mean() >= 0.9


def six(loop):
    """A 6 whose loop is this large, as a part of its height."""
    turn = np.radians(np.arange(180, -200, -15))
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * loop / 2
    down = np.stack([np.linspace(0.12, 0, 12), np.linspace(-1 + loop / 2, 0, 12)], axis=1)
    return [np.concatenate([down - [loop / 2, 0], ring])]


@pytest.mark.parametrize("loop", [0.2, 0.3])
def test_a_6_with_a_small_loop_is_a_6(loop):
    found = answers([six(loop)], 12.0)[0]
    assert found.argmax() == 6
    assert found[6] > 0.8
