"""A sentence for each layer of every network, and of networks that visitors may design."""

import pytest

from mnist_core.networks.layer_sentences import layer_sentences
from mnist_core.networks.layers import (
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    MaxPool,
)
from mnist_core.networks.recipes import RECIPES, get


def said(*layers) -> list[str]:
    return [one.sentence for one in layer_sentences(layers)]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_every_recipe_has_a_plain_sentence_for_each_layer(recipe):
    found = layer_sentences(recipe.layers)
    assert found[-1].title == "Answer"
    assert found[-1].shape == (10,)
    unseen = [one for one in recipe.layers if isinstance(one, Dropout | Flatten | BatchNorm)]
    assert len(found) == len(recipe.layers) - len(unseen) + 1
    for one in found:
        # They stand under a column that is as narrow as 64 pixels.
        assert 10 < len(one.sentence) <= 40
        assert max(map(len, one.sentence.split())) <= 10
        assert one.sentence[0].islower()
        assert not one.sentence.endswith(".")


def test_a_convolution_says_more_the_later_it_comes():
    found = [(one.title, one.sentence) for one in layer_sentences(get("cnn-larger").layers)]
    assert found == [
        ("Layer 1", "looks for short strokes that lean"),
        ("Pooling", "keeps the strongest of four"),
        ("Layer 2", "puts strokes together"),
        ("Pooling", "keeps the strongest of four, again"),
        ("Layer 3", "weighs the evidence"),
        ("Layer 4", "combines the evidence"),
        ("Answer", "adds up the votes for each digit"),
    ]


def test_four_convolutions_end_in_parts_of_digits():
    found = said(Conv(4, 3), Conv(4, 3), Conv(4, 3), Conv(4, 3), Conv(4, 3), Flatten())
    assert found[0] == "looks for edges and dots"
    assert found[3] == found[4] == "finds whole parts of digits"


def test_neurons_on_the_image_compare_it_with_patterns():
    assert said(Dense(5), Dense(5), Dense(5))[:3] == [
        "compares the whole image with patterns",
        "combines the evidence",
        "narrows it down",
    ]


def test_without_any_layer_the_pixels_vote():
    (only,) = layer_sentences((Flatten(),))
    assert only.sentence == "lets every pixel vote"
    assert said() == [only.sentence]


def test_what_pooling_keeps_is_counted():
    assert said(AveragePool(3), MaxPool(1), MaxPool(5), Flatten())[:3] == [
        "averages every nine",
        "passes everything on",
        "keeps the strongest of 25, again",
    ]


def test_a_normalisation_belongs_to_the_layer_before_it():
    found = layer_sentences((Conv(3, 5), BatchNorm("relu"), MaxPool(2), BatchNorm(), Flatten()))
    assert [one.title for one in found] == ["Layer 1", "Pooling", "Answer"]
    alone = layer_sentences((BatchNorm(), Conv(3, 5), Flatten(), BatchNorm(), Dense(4)))
    assert [one.title for one in alone] == ["Scaling", "Layer 1", "Scaling", "Layer 2", "Answer"]


def test_layers_that_do_not_fit_have_none():
    with pytest.raises(ValueError, match="flatten the picture first"):
        layer_sentences((Conv(3, 5), Dense(4)))
