"""What networks get: every step against its definition, on all of MNIST."""

import numpy as np
import pytest

from mnist_core.data import dataset, preparation
from mnist_core.data.preparation import PixelStatistics


@pytest.fixture(scope="module")
def train():
    return dataset.load("train")


def test_mean_and_standard_deviation_of_the_training_set(train):
    found = preparation.pixel_statistics(train.images)
    assert (round(found.mean, 5), round(found.std, 5)) == (0.13066, 0.30811)
    some = train.images[:2500]
    few = preparation.pixel_statistics(some)
    assert few.mean == pytest.approx((some / 255).mean(), abs=1e-12)
    assert few.std == pytest.approx((some / 255).std(), abs=1e-12)


def test_dividing_by_255_gives_0_to_1():
    assert preparation.min_max_scaled([0, 51, 255]).tolist() == [0.0, 0.2, 1.0]


def test_zero_mean_scaling_gives_mean_0_and_standard_deviation_1(train):
    some = train.images[:3000]
    scaled = preparation.standardised(some, preparation.pixel_statistics(some))
    assert scaled.shape == some.shape
    assert scaled.mean() == pytest.approx(0, abs=1e-9)
    assert scaled.std() == pytest.approx(1, abs=1e-9)


def test_no_images_or_a_single_shade_are_an_error():
    with pytest.raises(ValueError, match="no image"):
        preparation.pixel_statistics(np.zeros((0, 28, 28), np.uint8))
    with pytest.raises(ValueError, match="alike"):
        preparation.standardised([1, 2], PixelStatistics(0.5, 0.0))


def test_flattened_is_row_after_row(train):
    flat = preparation.flattened(train.images[:3])
    assert flat.shape == (3, 784)
    assert all(
        flat[1, 28 * row + column] == train.images[1, row, column]
        for row in range(28)
        for column in range(28)
    )


def test_as_a_number_some_wrong_answers_seem_better_than_others():
    assert preparation.squared_errors_as_number(5).tolist() == [25, 16, 9, 4, 1, 0, 1, 4, 9, 16]
    assert preparation.squared_errors_as_one_hot(5).tolist() == [2, 2, 2, 2, 2, 0, 2, 2, 2, 2]
