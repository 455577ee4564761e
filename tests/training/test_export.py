"""Models that start from others, trained in this very process."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from mnist_core.data import dataset
from mnist_core.models import disk_quota, notes, store, trash
from mnist_core.networks import keras_model
from mnist_core.networks.settings import EpochFigures
from mnist_core.training import export
from mnist_core.training.export import CannotStart, make_model, open_for_training
from mnist_core.training.loop import Callbacks
from tests.samples import QUICK, TINY


def test_from_a_checkpoint_it_goes_on_without_the_model_it_once_started_from(models_directory):
    parent = make_model(TINY, QUICK, root=models_directory)
    kept = []

    def keep(checkpoint):
        kept.append(checkpoint)
        return True

    def train(**how):
        twice = replace(QUICK, epochs=2)
        return make_model(TINY, twice, root=models_directory, started_from=parent.name, **how)

    child = train(callbacks=Callbacks(on_checkpoint=keep))
    assert child.started_from == parent.name
    notes.rename(parent.name, "renamed")
    again = train(resume_from=kept[0])
    # The name that the first one had is not free.
    assert again.name == "tiny-run-3"
    assert again.started_from == "renamed"
    assert again.test_loss == child.test_loss
    assert open_for_training(parent.name)[0].name == "renamed"
    trash.delete("renamed")
    assert train(resume_from=kept[0]).test_loss == child.test_loss
    with pytest.raises(CannotStart, match="no longer exists"):
        train()


def test_a_model_within_the_quota_evicts_no_other(models_directory, monkeypatch):
    make_model(TINY, QUICK, root=models_directory)
    # Beside the first, a model and a half: room for one more, counted once.
    size = disk_quota.disk_use(models_directory)
    monkeypatch.setenv("MNIST_DISK_MB", "4")
    (models_directory / "other").write_bytes(bytes(4_000_000 - size - size * 3 // 2))
    make_model(TINY, QUICK, root=models_directory)
    kept = [card.name for card in store.list_models() if not card.shipped]
    assert kept == ["tiny-run-1", "tiny-run-2"]


def test_a_committee_continues_with_the_weights_of_each_member():
    card, opened = open_for_training("committee")
    learner = keras_model.build(card.recipe, for_training=True)
    learner.set_weights(opened.get_weights())
    images = dataset.load("test").images[:50]
    shown = images.reshape(-1, *card.recipe.input_shape).astype(np.float32) / 255
    logits = keras_model.member_outputs(learner, shown, training=False)
    right = dataset.load("test").labels[:50]
    for one in logits:
        assert (np.asarray(one).argmax(axis=1) == right).mean() > 0.95
    answers = keras_model.member_outputs(opened, shown, training=False)
    for one, said in zip(logits, answers, strict=True):
        exponents = np.exp(np.asarray(one))
        softmax = exponents / exponents.sum(axis=1, keepdims=True)
        assert np.allclose(softmax, np.asarray(said), atol=1e-5)
    assert card == store.read_card(store.SHIPPED / "committee")


def test_the_last_epoch_has_the_accuracy_of_the_saved_network_unless_that_is_another():
    history = tuple(EpochFigures(epoch, 0.4, 0.9, 0.3, 0.9822) for epoch in (1, 2))
    trained = SimpleNamespace(history=history, stopped_early=False)
    corrected = export._history(trained, TINY, 0.9823)
    assert [figures.test_accuracy for figures in corrected] == [0.9822, 0.9823]
    assert export._history(trained, replace(TINY, looks=3), 0.9823) == history
    trained.stopped_early = True
    assert export._history(trained, TINY, 0.9823) == history


def answers_off(*differences):
    """Keras's answers to 10,000 images, and a converted network's that are off on the first."""
    own = np.full((10_000, 10), 0.1, np.float32)
    answers = own.copy()
    answers[: len(differences), 3] += np.array(differences, np.float32)
    return answers, own


def test_a_few_rounding_differences_are_accepted():
    assert export._difference(*answers_off()) == 0
    largest = export._difference(*answers_off(*[0.0003] * 10))
    assert largest == pytest.approx(0.0003, rel=1e-3)


@pytest.mark.parametrize("off", [[0.0003] * 11, [0.02], [float("nan")], [0.1] * 10_000])
def test_another_network_is_refused(off):
    with pytest.raises(store.BrokenModel, match="answers differently"):
        export._difference(*answers_off(*off))
