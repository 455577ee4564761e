"""Looking into a network while it learns."""

import numpy as np
import pytest

from mnist_core import recipes, snapshots, store
from mnist_core.reports import Event
from mnist_core.snapshots import Snapshot
from mnist_core.weight_pictures import weight_pictures
from tests.test_page_train import make_job, progress
from tests.visiting import sent, visit


@pytest.fixture
def watched(models_directory):
    """A job after its first epoch, and a way to open the page on it."""
    job = make_job(
        models_directory, recipes.get("cnn-larger").settings, Event("training", progress())
    )
    weights = np.random.default_rng(0).normal(size=(5, 5, 1, 30)).astype(np.float32)
    answers = store.test_probabilities("cnn-larger")
    snapshots.write(job.snapshot, Snapshot(1, answers, weights))
    return job


def look(job, what):
    app = visit("train", job=job.id)
    app.button_group(key=f"inside-{job.id}").set_value(what).run()
    assert not app.exception
    return app


def test_the_doubts_are_the_right_digits_probabilities(watched):
    app = visit("train", job=watched.id)
    shown = sent(app, f"inside-doubts-{watched.id}")
    share = store.test_probabilities("cnn-larger")[8, 5]
    assert shown["captions"][0] == f"5: {share * 100:.0f} %"
    assert len(shown["captions"]) == 12


def test_the_surest_mistakes(watched):
    shown = sent(look(watched, "hardest"), f"inside-mistakes-{watched.id}")
    assert len(shown["captions"]) == 20
    assert all(a != b for a, b in (caption.split(" ✗ ") for caption in shown["captions"]))


def test_the_confusions(watched):
    app = look(watched, "confusion")
    counts = np.reshape(sent(app, f"inside-matrix-{watched.id}")["counts"], (10, 10))
    assert counts.sum() == 10_000
    card = store.read_card(store.SHIPPED / "cnn-larger")
    # A snapshot keeps half the digits: a tie may fall the other way.
    assert abs(10_000 - counts.trace() - card.mistakes) <= 1


def test_the_first_layer(watched):
    shown = sent(look(watched, "weights"), f"inside-weights-{watched.id}")
    assert shown["captions"] == [str(number) for number in range(1, 31)]


def test_no_look_without_a_snapshot(models_directory):
    job = make_job(models_directory, recipes.get("mlp-784").settings, Event("training", progress()))
    app = visit("train", job=job.id)
    assert f"inside-{job.id}" not in {group.key for group in app.button_group}


def test_weights_become_pictures():
    dense = np.zeros((784, 3), np.float32)
    dense[28 * 2 + 5, 1], dense[0, 1] = 4.0, -2.0
    pictures = weight_pictures(dense, 2)
    assert pictures.shape == (2, 28, 28)
    assert (pictures[1][2, 5], pictures[1][0, 0], pictures[1][9, 9]) == (255, 64, 128)
    conv = np.ones((3, 3, 1, 4), np.float32)
    pictures = weight_pictures(conv, 9)
    assert pictures.shape == (4, 28, 28)
    assert (pictures[0] == 255).sum() == 27 * 27
    with pytest.raises(ValueError, match="pixels"):
        weight_pictures(np.zeros((10, 4), np.float32), 3)
