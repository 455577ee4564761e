"""The temperature of a network: the one with the smallest loss."""

import numpy as np
import pytest
from sklearn.metrics import log_loss

from mnist_core.analysis.calibration import with_temperature
from mnist_core.data import dataset
from mnist_core.models import store
from scripts.fit_temperatures import best_temperature


@pytest.mark.parametrize("name", ["mlp-800-sgd", "mlp-784", "cnn-larger"])
def test_the_fitted_temperature_has_the_smallest_loss(name):
    answers = store.test_probabilities(name).astype(np.float64)
    labels = dataset.load("test").labels
    best = best_temperature(answers, labels)
    losses = [
        log_loss(labels, with_temperature(answers, best * factor)) for factor in (0.98, 1, 1.02)
    ]
    assert losses[1] == min(losses)
    assert losses[1] <= log_loss(labels, with_temperature(answers, 1.0))


def test_a_known_temperature_is_found_again():
    random = np.random.default_rng(0)
    honest = with_temperature(random.dirichlet(np.ones(10), 40_000), 1.0)
    labels = (honest.cumsum(axis=1) < random.random((len(honest), 1))).sum(axis=1)
    boastful = with_temperature(honest, 1 / 2.5)
    assert best_temperature(boastful, labels) == pytest.approx(2.5, rel=0.03)
