from dataclasses import replace

import pytest

from mnist_core.models import store
from mnist_core.networks import recipes, training_time

CARDS = [card for card in store.list_models() if card.shipped and card.recipe.published]


def test_the_sums_of_tutorial_1():
    # 26 x 26 x 32 outputs of 9 products each, 24 x 24 x 32 of 288, then the dense layers.
    convolutions = 26 * 26 * 32 * 9 + 24 * 24 * 32 * 288
    assert (
        training_time.multiplications(recipes.get("cnn-32-32")) == convolutions + 4608 * 128 + 1280
    )


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_the_estimate_is_within_a_factor_of_four(card):
    guess = training_time.expected_seconds(card.recipe, card.settings)
    assert card.seconds / 4 < guess < card.seconds * 4


def test_three_members_take_three_times_as_long():
    recipe = recipes.get("cnn-simple")
    assert training_time.multiplications(
        replace(recipe, members=3)
    ) == 3 * training_time.multiplications(recipe)
