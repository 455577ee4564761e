"""The networks a class chooses from, and those that people build."""

import itertools

import pytest

from mnist_core.classroom import networks_to_choose as networks
from mnist_core.classroom.networks_to_choose import OWN, Own, recipe_of
from mnist_core.models import store
from mnist_core.networks import layers, size_limits


def test_whatever_is_built_can_be_trained():
    for own in itertools.product(networks.CONVOLUTIONS, networks.HIDDEN_LAYERS, networks.NEURONS):
        recipe = recipe_of(OWN, own)
        size_limits.check(recipe, recipe.settings)
        lines = layers.summarize(recipe.layers)
        assert lines[-1].output_shape == (10,)
        assert store.is_name(f"{recipe.name}-run-1")


@pytest.mark.parametrize("own", [(4, 1, 64), (-1, 1, 64), (1, 9, 64), (1, 1, 10**9)])
def test_nothing_else_can_be_built(own):
    with pytest.raises(ValueError, match="no such network"):
        Own(*own)


def test_each_network_has_a_sentence_and_no_other_can_be_chosen():
    assert networks.SENTENCES.keys() == networks.TITLES.keys()
    with pytest.raises(ValueError, match="committee"):
        recipe_of("committee")
