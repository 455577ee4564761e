"""About how long a training takes, from the arithmetic of its network; for people who wait."""

from mnist_core.networks import layers
from mnist_core.networks.layers import Conv, Dense, LayerSummary, Shape
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings

STARTING_SECONDS = 10.0
"""Importing TensorFlow, building the network, judging and saving it."""

# Multiplications and additions a second that such trainings reached on two cores of an AMD EPYC,
# between 47 and 124 thousand million; see the cards of the models that came with the app.
_PER_SECOND = 80e9
_STEP_SECONDS = 0.0005
# A step goes forward once, and back for the values and for the weights.
_PASSES = 3


def expected_seconds(recipe: Recipe, settings: Settings) -> float:
    """About how long a training takes here, from start to model; it may be a few times off."""
    images = settings.epochs * settings.images_per_epoch
    sums = 2 * _PASSES * multiplications(recipe) * images
    steps = settings.epochs * settings.steps_per_epoch
    return STARTING_SECONDS + sums / _PER_SECOND + steps * _STEP_SECONDS


def multiplications(recipe: Recipe) -> int:
    """How many it takes to read one image."""
    before, count = recipe.input_shape, 0
    for line in layers.summarize(recipe.layers):
        count += _of(line, before)
        before = line.output_shape
    return recipe.members * count


def _of(line: LayerSummary, before: Shape) -> int:
    match line.layer:
        case Dense(units=units):
            return before[-1] * units
        case Conv(size=size):
            height, width, filters = line.output_shape
            return height * width * filters * size * size * before[-1]
        case _:
            return 0
