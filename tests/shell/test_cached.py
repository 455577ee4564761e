"""The caches: nothing is opened twice, and what changed on disk is noticed."""

import shutil

import numpy as np
import pytest

from mnist_core.models import browser_weights, store
from mnist_core.models.browser_weights import NotForBrowsers
from ui.shell import cached


@pytest.fixture
def local_model(models_directory):
    """A model as people train them, under a name of its own."""
    shutil.copytree(store.SHIPPED / "mlp-784", models_directory / "mine")
    return models_directory / "mine"


@pytest.mark.parametrize("name", ["train", "test"])
def test_a_set_is_opened_once_and_cannot_be_written_to(name):
    digits = cached.digits(name)
    assert cached.digits(name) is digits
    assert not digits.images.flags.writeable
    assert not digits.labels.flags.writeable


def test_an_unchanged_model_is_opened_once(local_model):
    assert cached.predictor("mine") is cached.predictor("mine")
    assert cached.test_probabilities("mine") is cached.test_probabilities("mine")
    assert cached.test_report("mine") is cached.test_report("mine")
    assert cached.audited_accuracy("mine") is cached.audited_accuracy("mine")
    assert cached.test_report("mine").accuracy == cached.cards()[-1].test_accuracy


def test_a_model_trained_anew_is_noticed(local_model):
    before, audited = cached.test_report("mine"), cached.audited_accuracy("mine")
    shutil.rmtree(local_model)
    shutil.copytree(store.SHIPPED / "mlp-800-sgd", local_model)
    assert cached.test_report("mine").accuracy < before.accuracy
    assert cached.audited_accuracy("mine").undisputed < audited.undisputed


@pytest.mark.parametrize(
    ("file", "opened"),
    [
        (store.LITERT, cached.predictor),
        (store.PROBABILITIES, cached.test_probabilities),
        (store.PROBABILITIES, cached.test_report),
        (store.PROBABILITIES, cached.audited_accuracy),
        (store.CARD, cached.test_report),
    ],
)
def test_a_model_damaged_after_it_was_opened_is_noticed(local_model, file, opened):
    opened("mine")
    data = (local_model / file).read_bytes()
    (local_model / file).write_bytes(data[: len(data) // 2])
    with pytest.raises(store.BrokenModel, match="mine"):
        opened("mine")
    # A failure is not kept: the model is whole again, and opens.
    (local_model / file).write_bytes(data)
    assert opened("mine") is not None


@pytest.mark.parametrize(
    "opened",
    [cached.predictor, cached.test_probabilities, cached.test_report, cached.audited_accuracy],
)
def test_a_model_deleted_after_it_was_opened_is_noticed(local_model, opened):
    opened("mine")
    shutil.rmtree(local_model)
    with pytest.raises(ValueError, match="no model"):
        opened("mine")


@pytest.mark.parametrize(
    "name", ["", "..", "../local/mine", "mine/", "*", "local", "\0", "M" * 999]
)
def test_a_name_from_a_visitor_never_becomes_a_path(local_model, name):
    for opened in (cached.predictor, cached.test_probabilities, cached.test_report):
        with pytest.raises(ValueError, match="no model"):
            opened(name)


def test_clearing_the_caches_loses_nothing(local_model):
    before = cached.test_probabilities("mine")
    for kept in (cached.predictor, cached.test_probabilities, cached.test_report, cached.digits):
        kept.clear()
    assert np.array_equal(cached.test_probabilities("mine"), before)


def test_what_cannot_run_in_browsers_is_found_out_once(local_model, monkeypatch):
    asked = []

    def refuse(folder, card, keras):
        asked.append(card.name)
        raise NotForBrowsers("too large")

    monkeypatch.setattr(browser_weights, "packed", refuse)
    for _ in range(2):
        with pytest.raises(NotForBrowsers, match="too large"):
            cached.browser_weights("mine")
    assert asked == ["mine"]


def test_a_server_with_too_much_to_do_is_asked_again(local_model, monkeypatch):
    answers = [BlockingIOError("no more processes"), b"DLW1"]

    def pack(folder, card, keras):
        if isinstance(answer := answers.pop(0), OSError):
            raise answer
        return answer

    monkeypatch.setattr(browser_weights, "packed", pack)
    with pytest.raises(NotForBrowsers, match="too much to do"):
        cached.browser_weights("mine")
    assert cached.browser_weights("mine") == b"DLW1"
