"""How large a training may be here. A server's operator sets the limits in its environment."""

import os
from functools import partial
from itertools import pairwise
from math import prod

from mnist_core.networks import layers
from mnist_core.networks.layers import Layer
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from mnist_core.system.text_format import whole

_MEGABYTE = 1_000_000
_BYTES = 4
# Weights, their gradients, and two numbers a weight that optimizers keep.
_COPIES_OF_WEIGHTS = 4
# The output of a layer is kept for the backward pass, and there is a gradient of each.
_COPIES_OF_VALUES = 2
_TEST_BATCH = 1_000


def from_environment(name: str, default: int, smallest: int | None = None) -> int:
    """The whole number that an environment variable holds, or the default.

    Raises:
        RuntimeError: it holds something else or is too small; the operator sees it on any page.
    """
    text = os.environ.get(name) or str(default)
    try:
        found = int(text)
    except ValueError as error:
        raise RuntimeError(f"{name} must be a whole number, not {text!r}.") from error
    if smallest is not None and found < smallest:
        raise RuntimeError(f"{name} must be at least {smallest}, not {found}.")
    return found


max_layers = partial(from_environment, "MNIST_MAX_LAYERS", 30)
max_parameters = partial(from_environment, "MNIST_MAX_PARAMETERS", 20_000_000)
"""All members of a network together."""
max_epochs = partial(from_environment, "MNIST_MAX_EPOCHS", 100)
"""At most what `settings.LIMITS` allows."""
max_minutes = partial(from_environment, "MNIST_MAX_MINUTES", 60)
"""A training that takes longer is stopped and saved."""
max_memory_mb = partial(from_environment, "MNIST_MAX_MEMORY_MB", 3_000)
"""For a training's numbers, in megabytes, without TensorFlow itself."""
trainings_at_once = partial(from_environment, "MNIST_TRAININGS_AT_ONCE", 1, smallest=1)
warm_worker_minutes = partial(from_environment, "MNIST_SPARE_MINUTES", 10)
"""How long a warm worker waits after somebody last looked at Train; 0 starts none."""
warm_worker_memory_mb = partial(from_environment, "MNIST_SPARE_MEMORY_MB", 2_000)
"""How much memory must be free for a warm worker, in megabytes."""
cluster_timeout_seconds = partial(from_environment, "MNIST_CLUSTER_PATIENCE", 60)
"""How long a server and a computer of its cluster wait for each other."""


def check(recipe: Recipe, settings: Settings) -> None:
    """Check before a training that it keeps within the limits.

    Raises:
        ValueError: it does not; the message is a sentence with the limit in it.
    """
    if len(recipe.layers) > max_layers():
        raise ValueError(f"A network may have at most {max_layers()} layers here.")
    if settings.epochs > max_epochs():
        raise ValueError(f"A training may have at most {max_epochs()} epochs here.")
    if recipe.parameters > max_parameters():
        raise ValueError(
            f"This network has {whole(recipe.parameters)} parameters; {whole(max_parameters())} "
            "is the limit here."
        )
    if (needed := memory_mb(recipe, settings.batch_size)) > max_memory_mb():
        raise ValueError(
            f"This training would take about {whole(needed)} MB of memory; "
            f"{whole(max_memory_mb())} MB is the limit here. Fewer filters or neurons, pooling "
            "earlier, or a smaller batch size would help."
        )


def memory_mb(recipe: Recipe, batch_size: int) -> int:
    """About how much memory the numbers of a training take, in megabytes."""
    values = [prod(recipe.input_shape)]
    values += [prod(line.output_shape) for line in layers.summarize(recipe.layers)]
    learning = _COPIES_OF_WEIGHTS * recipe.parameters
    learning += _COPIES_OF_VALUES * batch_size * sum(values) * recipe.members
    pairs = (before + after for before, after in pairwise(values))
    return _BYTES * max(learning, _TEST_BATCH * max(pairs)) // _MEGABYTE


def may_add_layer(stack: tuple[Layer, ...]) -> bool:
    """Whether these layers may get one more."""
    return len(stack) < max_layers()
