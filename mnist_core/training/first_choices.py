"""The three networks that a visitor is offered first: how long each takes here, what it reaches."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mnist_core.models.card import ModelCard
from mnist_core.networks import recipes, training_time
from mnist_core.networks.recipes import Recipe

FIRST = {
    "quick": "Learns in big steps: the fastest way to good reading.",
    "mlp-784": "The plainest network there is: one neuron for each pixel.",
    "cnn-32-32": "The most arithmetic of all tutorials: worth the wait?",
}
"""Recipes in the order of what they promise for one's time, with a sentence on each."""

# Not shipped, as one trains it while one waits: mean of three seeds, see benchmarks/quick.py.
_MEASURED = {"quick": 0.9919}


@dataclass(frozen=True)
class Choice:
    """A network to train, and what to expect of it.

    Attributes:
        recipe: the network with its own settings.
        words: what is special about it, in a short sentence.
        seconds: about how long it takes on this computer.
        accuracy: what it reached on the test images, 0..1.
    """

    recipe: Recipe
    words: str
    seconds: float
    accuracy: float


def first_choices(cards: Sequence[ModelCard], *, is_warm: bool) -> list[Choice]:
    """What to expect of the first three.

    Args:
        cards: of all models; those trained here say how fast this computer is.
        is_warm: a worker has imported TensorFlow already.
    """
    starting = training_time.WARM_STARTING_SECONDS if is_warm else training_time.STARTING_SECONDS
    chosen = []
    for name, words in FIRST.items():
        recipe = recipes.get(name)
        here = [card.seconds for card in cards if _is_such_a_run(card, recipe)]
        seconds = training_time.expected_seconds(recipe, recipe.settings, starting=starting)
        if here:
            seconds = starting + statistics.median(here)
        shipped = {card.name: card.test_accuracy for card in cards if card.shipped}
        accuracy = shipped[name] if name in shipped else _MEASURED[name]
        chosen.append(Choice(recipe, words, seconds, accuracy))
    return chosen


def _is_such_a_run(card: ModelCard, recipe: Recipe) -> bool:
    """Whether a model was trained here, from scratch and to the end, as the recipe says."""
    same = replace(card.settings, seed=recipe.settings.seed) == recipe.settings
    fresh = card.started_from is None and not card.stopped_early
    return not card.shipped and card.recipe.name == recipe.name and same and fresh
