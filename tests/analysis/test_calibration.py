"""How sure, how right: against scikit-learn, SciPy-free references and networks made up."""

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import log_loss

from mnist_core.analysis.calibration import (
    reliability,
    selective_accuracy,
    with_temperature,
)
from mnist_core.data import dataset
from mnist_core.models import store

EXACT = {"abs": 1e-9}


@pytest.fixture(scope="module")
def labels():
    return dataset.load("test").labels


@pytest.fixture(scope="module", params=["mlp-800-sgd", "mlp-784", "cnn-larger"])
def answers(request):
    return store.test_probabilities(request.param).astype(np.float64)


def test_bins_are_those_of_scikit_learn(answers, labels):
    found = reliability(answers, labels)
    right = answers.argmax(axis=1) == labels
    accuracy, confidence = calibration_curve(right, answers.max(axis=1), n_bins=15)
    filled = found.counts > 0
    assert found.accuracy[filled] == pytest.approx(accuracy, **EXACT)
    assert found.confidence[filled] == pytest.approx(confidence, **EXACT)
    weights = found.counts[filled] / len(labels)
    assert found.error == pytest.approx(float(weights @ np.abs(accuracy - confidence)), **EXACT)
    assert found.counts.sum() == len(labels)


def test_the_error_is_the_same_counted_image_by_image(answers, labels):
    surest, right = answers.max(axis=1), answers.argmax(axis=1) == labels
    error = 0.0
    for low, high in zip(np.arange(15) / 15, np.arange(1, 16) / 15, strict=True):
        inside = (surest > low) & (surest <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - surest[inside].mean())
    assert reliability(answers, labels).error == pytest.approx(error, **EXACT)


def test_a_bin_holds_its_upper_edge_and_empty_bins_are_nothing():
    sure = np.zeros((4, 10))
    sure[:, 0] = 1.0
    found = reliability(sure, [0, 0, 0, 1])
    assert found.counts.tolist() == [0] * 14 + [4]
    assert found.error == pytest.approx(0.25)
    assert np.isnan(found.accuracy[0])


def test_temperature_changes_how_sure_but_not_the_answer(answers):
    cooler, hotter = with_temperature(answers, 0.5), with_temperature(answers, 2.0)
    assert with_temperature(answers, 1.0) == pytest.approx(answers, abs=1e-6)
    assert np.array_equal(hotter.argmax(axis=1), answers.argmax(axis=1))
    assert (hotter.max(axis=1) <= answers.max(axis=1) + 1e-6).all()
    assert (cooler.max(axis=1) >= answers.max(axis=1) - 1e-6).all()
    with pytest.raises(ValueError, match="above 0"):
        with_temperature(answers, 0)


def test_accuracy_when_it_abstains_where_it_is_least_sure(answers, labels):
    left = selective_accuracy(answers, labels)
    right = answers.argmax(axis=1) == labels
    assert left[0] == pytest.approx(right.mean(), **EXACT)
    surest = np.sort(answers.max(axis=1))
    for silent in (1000, 5000):
        kept = answers.max(axis=1) > surest[silent - 1]
        if kept.sum() == len(labels) - silent:
            assert left[silent] == pytest.approx(right[kept].mean(), **EXACT)
    assert left[2000] > left[0]


def test_shipped_temperatures_hold_on_images_they_were_not_fitted_on(labels):
    fitted = [card for card in store.list_models() if card.temperature is not None]
    assert len(fitted) >= 6
    for card in fitted:
        answers = store.test_probabilities(card.name)
        cooled = with_temperature(answers, card.temperature)
        before = reliability(answers, labels).error
        # A network that was calibrated well to begin with (0.2%) has nothing to gain.
        assert reliability(cooled, labels).error < max(before, 0.003), card.name
        # The best networks' rests on some 20 mistakes among 5,000 images: it is a rough one.
        slack = 1.1 if card.settings.training_images == 55_000 else 1.03
        assert log_loss(labels, cooled) < slack * log_loss(labels, with_temperature(answers, 1.0))
