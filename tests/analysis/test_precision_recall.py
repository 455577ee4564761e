"""Precision, recall and F1 against scikit-learn; the tutorial's way to judge a network."""

import numpy as np
import pytest
from sklearn import metrics

from mnist_core.analysis import evaluation
from mnist_core.analysis.precision_recall import first_predictions, scores
from mnist_core.data import dataset
from mnist_core.models import store

CLOSE = {"rtol": 0, "atol": 1e-9}


@pytest.fixture(scope="module")
def labels():
    return dataset.load("test").labels


@pytest.mark.parametrize("card", store.list_models(), ids=lambda card: card.name)
def test_precision_recall_and_f1_are_those_of_scikit_learn(card, labels):
    chances = store.test_probabilities(card.name)
    found = scores(evaluation.evaluate(chances, labels).confusion)
    expected = metrics.precision_recall_fscore_support(labels, chances.argmax(axis=1))
    for mine, theirs in zip(
        (found.precision, found.recall, found.f1, found.images), expected, strict=True
    ):
        np.testing.assert_allclose(mine, theirs, **CLOSE)


@pytest.mark.parametrize("seed", range(5))
def test_scores_of_digits_that_never_occur_are_those_of_scikit_learn(seed):
    random = np.random.default_rng(seed)
    truth, answers = random.integers(0, 7, 40), random.integers(3, 10, 40)
    found = scores(np.asarray(metrics.confusion_matrix(truth, answers, labels=range(10))))
    expected = metrics.precision_recall_fscore_support(
        truth, answers, labels=range(10), zero_division=0
    )
    np.testing.assert_allclose(found.precision, expected[0], **CLOSE)
    np.testing.assert_allclose(found.recall, expected[1], **CLOSE)
    np.testing.assert_allclose(found.f1, expected[2], **CLOSE)


@pytest.mark.parametrize(("of", "normalize"), [("row", "true"), ("column", "pred")])
def test_the_confusion_matrix_and_its_shares_are_those_of_scikit_learn(labels, of, normalize):
    chances = store.test_probabilities("mlp-784")
    confusion = evaluation.evaluate(chances, labels).confusion
    answers = chances.argmax(axis=1)
    np.testing.assert_array_equal(confusion, metrics.confusion_matrix(labels, answers))
    np.testing.assert_allclose(
        evaluation.normalised(confusion, by=of),
        metrics.confusion_matrix(labels, answers, normalize=normalize),
        **CLOSE,
    )


def test_another_shape_is_an_error():
    with pytest.raises(ValueError, match=r"\(10, 10\)"):
        scores(np.zeros((3, 3)))


def test_the_tutorials_argmin_finds_the_first_mistake():
    truth = np.array([7, 2, 1, 0, 4])
    found = first_predictions(np.eye(10)[[7, 2, 6, 0, 9]], truth, 5)
    assert found.agrees.tolist() == [True, True, False, True, False]
    assert found.share == pytest.approx(0.6)
    assert found.argmin == 2


def test_without_a_mistake_argmin_is_zero():
    found = first_predictions(np.eye(10)[[7, 2]], np.array([7, 2]), 2)
    assert (found.share, found.argmin, found.agrees[0]) == (1.0, 0, np.True_)


@pytest.mark.parametrize("card", store.list_models(), ids=lambda card: card.name)
def test_a_shipped_network_on_the_first_hundred(card, labels):
    chances = store.test_probabilities(card.name)
    found = first_predictions(chances, labels, 100)
    wrong = [number for number in range(100) if chances[number].argmax() != labels[number]]
    assert found.share == pytest.approx(1 - len(wrong) / 100, abs=1e-12)
    assert found.argmin == min(wrong, default=0)


@pytest.mark.parametrize("count", [0, 3])
def test_more_than_there_are_is_an_error(count):
    with pytest.raises(ValueError, match="There are not"):
        first_predictions(np.eye(10)[[1, 2]], np.array([1, 2]), count)
