"""The audit of the test labels: the data, and what it means for accuracies."""

import numpy as np
import pytest

from mnist_core.analysis.label_audit import AUDITED, BY_INDEX, RATERS, accuracy
from mnist_core.data import dataset
from mnist_core.models import store


@pytest.fixture(scope="module")
def labels():
    return dataset.load("test").labels


def test_fifteen_images_with_five_votes_each_and_no_majority_for_the_label():
    assert len(AUDITED) == len(BY_INDEX) == 15
    assert [audit.index for audit in AUDITED] == sorted(BY_INDEX)
    for audit in AUDITED:
        assert audit.for_given + audit.for_other + audit.neither == RATERS
        assert audit.for_given < 3
        assert audit.given != audit.other


def test_the_given_labels_are_those_of_mnist(labels):
    assert all(labels[audit.index] == audit.given for audit in AUDITED)


def test_accuracy_with_and_without_the_disputed_labels(labels):
    perfect = accuracy(labels, labels)
    assert (perfect.all_images, perfect.undisputed, perfect.matches_label) == (1.0, 1.0, 15)
    assert perfect.matches_raters == 0
    answers = labels.copy()
    for audit in AUDITED:
        answers[audit.index] = audit.other
    raters = accuracy(answers, labels)
    assert raters.all_images == pytest.approx(0.9985)
    assert raters.undisputed == 1.0
    assert (raters.matches_label, raters.matches_raters) == (0, 15)


@pytest.mark.parametrize("card", store.list_models(), ids=lambda card: card.name)
def test_shipped_networks_are_counted_as_a_slow_loop_counts_them(card, labels):
    answers = store.test_probabilities(card.name).argmax(axis=1)
    kept = [number for number in range(10_000) if number not in BY_INDEX]
    found = accuracy(answers, labels)
    assert found.all_images == pytest.approx(card.test_accuracy)
    right = sum(int(answers[number]) == labels[number] for number in kept)
    assert found.undisputed == pytest.approx(right / 9_985, abs=1e-12)
    assert found.matches_label + found.matches_raters <= 15


@pytest.mark.parametrize("wrong", [np.zeros(10_000), np.zeros(9)])
def test_other_images_are_an_error(wrong):
    with pytest.raises(ValueError, match="test images"):
        accuracy(wrong, wrong)
