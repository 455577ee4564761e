"""Looking into a network while it learns."""

import numpy as np
import pytest

from mnist_core.charts.weight_pictures import takes_pixels, weight_pictures
from mnist_core.data import dataset
from mnist_core.jobs.reports import Event
from mnist_core.models import store
from mnist_core.networks import recipes
from mnist_core.training import snapshots
from mnist_core.training.snapshots import Snapshot
from tests.pages.test_train import make_job, progress
from tests.visiting import MORE_OF_TRAINING, has, sent, text, visit
from ui.training_run import look_inside
from ui.training_run.look_inside import CONFIDENCE_IMAGES


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


def opened(job):
    """The page of a job, with "More" open."""
    return visit("train", MORE_OF_TRAINING, job=job.id)


def look(job, what):
    app = opened(job)
    app.button_group(key=f"inside-{job.id}").set_value(what).run()
    assert not app.exception
    return app


def test_the_confidence_is_the_correct_digits_probability(watched):
    app = opened(watched)
    shown = sent(app, f"inside-confidence-{watched.id}")
    share = store.test_probabilities("cnn-larger")[CONFIDENCE_IMAGES[5], 5]
    assert shown["captions"][5] == f"5: {share * 100:.0f}%"
    assert [caption[0] for caption in shown["captions"]] == 2 * list("0123456789")


def test_every_digit_is_watched_once_easy_and_once_hard_to_read():
    labels = dataset.load("test").labels[list(CONFIDENCE_IMAGES)]
    assert labels.tolist() == 2 * list(range(10))
    answers = [
        store.test_probabilities(card.name)[list(CONFIDENCE_IMAGES)].argmax(axis=1)
        for card in store.list_models()
        if card.shipped
    ]
    share = (np.array(answers) == labels).mean(axis=0)
    assert (share[:10] == 1).all()
    assert ((share[10:] > 0.2) & (share[10:] < 0.8)).all()


def test_the_surest_mistakes(watched):
    shown = sent(look(watched, "Surest mistakes"), f"inside-mistakes-{watched.id}")
    assert len(shown["captions"]) == 20
    assert all(a != b for a, b in (caption.split(" ✗ ") for caption in shown["captions"]))


def test_the_confusions(watched):
    app = look(watched, "Confusions")
    counts = np.reshape(sent(app, f"inside-matrix-{watched.id}")["counts"], (10, 10))
    assert counts.sum() == 10_000
    card = store.read_card(store.SHIPPED / "cnn-larger")
    # A snapshot keeps half the digits: a tie may fall the other way.
    assert abs(10_000 - counts.trace() - card.mistakes) <= 1


def test_the_first_layer(watched):
    shown = sent(look(watched, "First layer"), f"inside-weights-{watched.id}")
    assert shown["captions"] == [str(number) for number in range(1, 31)]


@pytest.mark.parametrize("weights", [None, np.ones((14 * 14, 30), np.float32)])
def test_a_first_layer_behind_a_pooling_does_not_look_at_the_pixels(watched, weights):
    answers = store.test_probabilities("cnn-larger")
    snapshots.write(watched.snapshot, Snapshot(1, answers, weights))
    app = look(watched, "First layer")
    assert "Its first trainable layer does not look at the pixels" in text(app)
    assert not has(app, f"inside-weights-{watched.id}")


def test_a_mistake_of_ours_in_a_look_inside_is_not_hidden(watched, monkeypatch):
    def fail(*_what):
        raise ValueError("A mistake of ours.")

    monkeypatch.setattr(look_inside, "weight_pictures", fail)
    app = opened(watched)
    app.button_group(key=f"inside-{watched.id}").set_value("First layer").run()
    assert len(app.exception) == 1


def test_no_look_without_a_snapshot(models_directory):
    job = make_job(models_directory, recipes.get("mlp-784").settings, Event("training", progress()))
    app = opened(job)
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
    assert takes_pixels(dense)
    assert takes_pixels(conv)
    assert not takes_pixels(np.zeros((3, 3, 4, 4), np.float32))
    with pytest.raises(ValueError, match="pixels"):
        weight_pictures(np.zeros((10, 4), np.float32), 3)
