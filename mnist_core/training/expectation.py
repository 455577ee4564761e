"""What to expect of a training before it begins: how long it takes here, what it reaches."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mnist_core.models.card import ModelCard
from mnist_core.networks import training_time
from mnist_core.networks.recipes import Recipe

# Not shipped, as one trains it while one waits: mean of three seeds, see benchmarks/quick.py.
_MEASURED = {"quick": 0.9919}


@dataclass(frozen=True)
class Expectation:
    """What a training with a recipe's own settings will probably come to.

    Attributes:
        seconds: about how long it takes on this computer.
        accuracy: what it reached on the test images, 0..1.
    """

    seconds: float
    accuracy: float


def expect(recipe: Recipe, cards: Sequence[ModelCard], *, is_warm: bool) -> Expectation:
    """What to expect of a recipe.

    Args:
        recipe: a shipped one, or `quick`.
        cards: of all models; those trained here say how fast this computer is.
        is_warm: a worker has imported TensorFlow already.
    """
    starting = training_time.WARM_STARTING_SECONDS if is_warm else training_time.STARTING_SECONDS
    here = [card.seconds for card in cards if _is_such_a_run(card, recipe)]
    seconds = training_time.expected_seconds(recipe, recipe.settings, starting=starting)
    if here:
        seconds = starting + statistics.median(here)
    shipped = {card.name: card.test_accuracy for card in cards if card.shipped}
    return Expectation(seconds, {**_MEASURED, **shipped}[recipe.name])


def _is_such_a_run(card: ModelCard, recipe: Recipe) -> bool:
    """Whether a model was trained here, from scratch and to the end, as the recipe says."""
    same = replace(card.settings, seed=recipe.settings.seed) == recipe.settings
    fresh = card.started_from is None and not card.stopped_early
    return not card.shipped and card.recipe.name == recipe.name and same and fresh
