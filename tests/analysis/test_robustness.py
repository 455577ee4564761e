"""Accuracy on changed images: measured once, kept, measured again when the file is damaged."""

import json
from pathlib import Path

import numpy as np
import pytest

from mnist_core.analysis.robustness import PERTURBATIONS, Measurements, evaluation_subset
from mnist_core.data import dataset
from mnist_core.models import store

MODEL = "a" * 64


@pytest.fixture(scope="module")
def digits():
    return evaluation_subset(dataset.load("test"))


def _knows(right):
    """A network that answers 0 with this probability, and counts the images it is given."""

    def predict(images):
        predict.images += len(images)
        return np.eye(10, dtype=np.float32)[np.zeros(len(images), int)] * right

    predict.images = 0
    return predict


def test_the_subset_is_two_thousand_images_of_both_halves(digits):
    assert len(digits) == 2000
    assert np.array_equal(digits.images[1], dataset.load("test").images[5])
    assert np.bincount(digits.labels).min() > 150


@pytest.mark.parametrize("change", PERTURBATIONS)
def test_the_neutral_level_gives_the_accuracy_of_the_subset(change, digits, tmp_path):
    measured = Measurements(change, MODEL, tmp_path)
    untouched = measured.perturbation.neutral
    assert measured.missing[0] == untouched
    network = store.open_model("cnn-larger")
    measured.measure(untouched, digits, network.predict)
    answers = store.test_probabilities("cnn-larger")[::5]
    assert measured.accuracies == {untouched: (answers.argmax(1) == digits.labels).mean()}
    hardest = measured.missing[-1]
    measured.measure(hardest, digits, network.predict)
    assert measured.accuracies[hardest] < measured.accuracies[untouched]


def test_ranges_are_those_that_were_asked_for():
    for name, ends in {"turn": (-45, 45), "shift": (-6, 6), "size": (0.6, 1.4)}.items():
        assert (PERTURBATIONS[name].levels[0], PERTURBATIONS[name].levels[-1]) == ends
    assert all(list(change.levels) == sorted(change.levels) for change in PERTURBATIONS.values())
    assert all(change.neutral in change.levels for change in PERTURBATIONS.values())


def test_what_was_measured_is_kept_level_by_level(digits, tmp_path):
    first = Measurements("blur", MODEL, tmp_path / "new")
    for level in first.missing[:2]:
        first.measure(level, digits, _knows(1))
    again = Measurements("blur", MODEL, tmp_path / "new")
    assert again.accuracies == first.accuracies
    assert len(again.missing) == len(again.perturbation.levels) - 2
    assert Measurements("blur", "b" * 64, tmp_path / "new").accuracies == {}
    assert [path.name for path in (tmp_path / "new").iterdir()] == [f"blur-{MODEL}.json"]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"version": 1}',
        b'{"version": 99, "accuracies": [[0, 0.5]]}',
        b'{"version": 1, "accuracies": [[0, 1.5]]}',
        b'{"version": 1, "accuracies": [[0, NaN]]}',
        b'{"version": 1, "accuracies": [[7, 0.5]]}',
        b'{"version": 1, "accuracies": [["0", 0.5]]}',
        b'{"version": 1, "accuracies": [[[], 0.5]]}',
        b'{"version": 1, "accuracies": 3}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_measured_again(damage, digits, tmp_path):
    path = tmp_path / f"blur-{MODEL}.json"
    path.write_bytes(damage)
    measured = Measurements("blur", MODEL, tmp_path)
    assert measured.accuracies == {}
    measured.measure(0, digits, _knows(1))
    assert json.loads(path.read_bytes())["accuracies"] == [[0, measured.accuracies[0]]]


def test_without_a_writable_folder_it_still_measures(digits, tmp_path):
    (tmp_path / "file").write_text("in the way")
    measured = Measurements("blur", MODEL, tmp_path / "file")
    measured.measure(0, digits, _knows(1))
    assert measured.accuracies[0] == (digits.labels == 0).mean()


def test_a_malformed_hash_never_becomes_a_path(digits, tmp_path):
    measured = Measurements("blur", "../../etc", tmp_path / "kept")
    measured.measure(0, digits, _knows(1))
    assert not Path(tmp_path / "kept").exists()
