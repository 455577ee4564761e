"""Estimates how long a training takes, from the arithmetic of its network."""

from mnist_core.networks import layers
from mnist_core.networks.layers import Conv, Dense, LayerSummary, Shape
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings

STARTING_SECONDS = 10.0
"""For importing TensorFlow, building the network, testing and saving it."""

WARM_STARTING_SECONDS = 4.0
"""The same where TensorFlow has been imported already."""

# Multiplications and additions a second: the shipped models' trainings reached 47 to 124 billion
# on two cores of an AMD EPYC.
_PER_SECOND = 80e9
_STEP_SECONDS = 0.0005
# Forward once, and backward for the values and for the weights.
_PASSES = 3


def expected_seconds(
    recipe: Recipe, settings: Settings, *, starting: float = STARTING_SECONDS
) -> float:
    """About how long a training takes here, from start to saved model; within a factor of four."""
    images = settings.epochs * settings.images_per_epoch
    sums = 2 * _PASSES * multiplications(recipe) * images
    steps = settings.epochs * settings.steps_per_epoch
    return starting + sums / _PER_SECOND + steps * _STEP_SECONDS


def multiplications(recipe: Recipe) -> int:
    """How many multiplications it takes to read one image."""
    shape, count = recipe.input_shape, 0
    for line in layers.summarize(recipe.layers):
        count += _layer_multiplications(line, shape)
        shape = line.output_shape
    return recipe.members * count


def _layer_multiplications(line: LayerSummary, shape: Shape) -> int:
    match line.layer:
        case Dense(units=units):
            return shape[-1] * units
        case Conv(size=size):
            height, width, filters = line.output_shape
            return height * width * filters * size * size * shape[-1]
        case _:
            return 0
