"""Small looks at a network while it trains: their file, and how often they are taken."""

import numpy as np
import pytest

from mnist_core.data import dataset
from mnist_core.networks import recipes
from mnist_core.training import engine, live_snapshots
from mnist_core.training.live_snapshots import HARD_DIGITS, LiveSnapshot, Pace
from tests.samples import first


@pytest.mark.parametrize("weights", [None, np.linspace(-1, 1, 75).reshape(5, 5, 1, 3)])
def test_a_live_snapshot_survives_a_round_trip_to_three_digits(tmp_path, weights):
    path, said = tmp_path / "live.npz", np.full((11, 10), 0.1, np.float32)
    assert live_snapshots.read(path) is None
    live_snapshots.write(path, LiveSnapshot(4, 1.25, 0.973, said, weights))
    read = live_snapshots.read(path)
    assert (read.number, read.epochs, read.accuracy) == (4, 1.25, 0.973)
    assert read.probabilities == pytest.approx(said, abs=1e-3)
    if weights is None:
        assert read.first_weights is None
    else:
        assert read.first_weights == pytest.approx(weights, abs=1e-3)


@pytest.mark.parametrize("flipped", [0, 40, -1])
def test_a_damaged_one_is_none(tmp_path, flipped):
    path = tmp_path / "live.npz"
    live_snapshots.write(path, LiveSnapshot(1, 0.5, 0.9, np.zeros((11, 10), np.float32), None))
    data = bytearray(path.read_bytes())
    data[flipped] ^= 1
    path.write_bytes(data)
    assert live_snapshots.read(path) is None


# Seconds a step, and a look, of a computer of today, of one ten times as quick, a tenth as quick.
@pytest.mark.parametrize("step", [0.014, 0.0014, 0.14])
def test_quick_shows_at_least_eight_which_cost_little(step):
    now, spent, look = 0.0, 0.0, 0.9 * step
    settings = recipes.get("quick").settings
    steps = settings.epochs * settings.steps_per_epoch
    pace = Pace(lambda: now)
    # As the engine does it, but for its first steps.
    chunk = max(1, min(round(engine.CHUNK_SECONDS / step), steps // engine._FEWEST_CHUNKS))
    for _ in range(0, steps, chunk):
        now += chunk * step
        if pace.is_due:
            now += look
            spent += look
            pace.took(look)
    at_ends = settings.epochs
    assert pace.taken + at_ends >= (8 if step > 0.01 else 4)
    # The first builds the graph that the end of the epoch needs anyway.
    assert (spent - look) / now < 0.025


def test_a_long_training_has_them_further_apart():
    now = 0.0
    pace = Pace(lambda: now)
    gaps = []
    for began in (0.0, 3600.0):
        now = began
        pace.took(0.0)
        while not pace.is_due:
            now += 0.1
        gaps.append(now - began)
    assert gaps[0] < 0.5
    assert gaps[1] > 5


def test_the_sample_is_spread_over_all_test_images():
    test = dataset.load("test")
    labels = test.labels[live_snapshots.sample(test)]
    assert len(labels) == 500
    assert set(labels.tolist()) == set(range(10))
    few = first("test", 200)
    assert len(few.images[live_snapshots.sample(few)]) == 200


def test_the_hard_digits_are_one_of_each():
    assert dataset.load("test").labels[list(HARD_DIGITS)].tolist() == list(range(10))
    assert live_snapshots.hard_images().shape == (10, 28, 28)
