"""How far a hand is from MNIST."""

import numpy as np
import pytest

from mnist_core.classroom import hand_distance
from mnist_core.data import dataset
from mnist_core.data.dataset import CLASSES


def test_the_nearest_training_digit_of_the_label_is_found() -> None:
    train, test = dataset.load("train"), dataset.load("test")
    images, labels = test.images[:4], test.labels[:4]
    distances, elements = hand_distance.nearest(images, labels, train.images, train.labels)
    assert (train.labels[elements] == labels).all()
    one = train.images[train.labels == labels[2]].astype(float) / 255 - images[2] / 255
    assert distances[2] == pytest.approx(np.sqrt((one**2).sum(axis=(1, 2))).min())


def test_mnists_own_test_digits_are_as_far_as_the_figures_that_came_with_the_app_say() -> None:
    train, test = dataset.load("train"), dataset.load("test")
    reference = hand_distance.load()
    some = slice(0, 400)
    distances, _ = hand_distance.nearest(
        test.images[some], test.labels[some], train.images, train.labels
    )
    ratios = hand_distance.ratios_of(distances, test.labels[some], reference)
    assert ratios.mean() == pytest.approx(1, abs=0.05)
    assert reference.low < 1 < reference.high
    assert (train.labels[list(reference.typical)] == np.arange(CLASSES)).all()


def test_the_furthest_hand_comes_first_and_too_few_digits_are_not_compared() -> None:
    reference = hand_distance.load()
    labels = np.r_[np.arange(10), np.arange(10), 0, 1]
    people = np.r_[np.full(10, 4), np.full(10, 2), 9, 9]
    distances = np.array(reference.means)[labels] * np.where(people == 2, 1.5, 1.0)
    first, second = hand_distance.hands(distances, labels, people, reference)
    assert (first.person, round(first.ratio, 3)) == (2, 1.5)
    assert (second.person, round(second.ratio, 3)) == (4, 1.0)
    assert first.positions == tuple(range(10, 20))
