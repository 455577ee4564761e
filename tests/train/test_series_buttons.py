"""What a series consists of."""

from dataclasses import replace

import pytest

from mnist_core.networks import recipes
from mnist_core.networks.settings import LIMITS
from ui.train.series_buttons import five_seeds, three_rates

SETTINGS = recipes.get("cnn-larger").settings


@pytest.mark.parametrize(
    ("rate", "rates"),
    [
        (10.0, [10 / 3, 10.0]),
        (4.0, [4 / 3, 4.0, 10.0]),
        (0.3, [0.1, 0.3, 0.9]),
        (5e-324, [5e-324, 1.5e-323]),
    ],
)
def test_no_rate_is_trained_with_twice(rate, rates):
    ways = three_rates(replace(SETTINGS, learning_rate=rate))
    assert [way.learning_rate for way in ways] == pytest.approx(rates)


def test_five_seeds_are_this_one_and_the_next_and_begin_anew_after_the_largest():
    most = LIMITS["seed"][1]
    found = [one.seed for one in five_seeds(replace(SETTINGS, seed=most - 1))]
    assert found == [most - 1, most, 0, 1, 2]
    assert {replace(one, seed=0) for one in five_seeds(SETTINGS)} == {replace(SETTINGS, seed=0)}
