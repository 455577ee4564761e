"""How large a training may be here. The operator of a server sets it, by environment."""

import os
from itertools import pairwise

from mnist_core.networks import layers
from mnist_core.networks.layers import Layer
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings

_MEGABYTE = 1_000_000
_BYTES = 4
# Weights, their gradient, and two numbers a weight that optimizers remember.
_COPIES_OF_WEIGHTS = 4
# What a layer gave is kept for the way back, and there once more as a gradient.
_COPIES_OF_VALUES = 2
_JUDGED_AT_ONCE = 1_000


def max_layers() -> int:
    """How many layers a network may have."""
    return from_environment("MNIST_MAX_LAYERS", 30)


def max_parameters() -> int:
    """How many numbers a network may learn, all its members together."""
    return from_environment("MNIST_MAX_PARAMETERS", 20_000_000)


def max_epochs() -> int:
    """How many epochs a training may have; `settings.LIMITS` knows what is possible at all."""
    return from_environment("MNIST_MAX_EPOCHS", 100)


def max_minutes() -> int:
    """How long a training may take; it is stopped and kept then."""
    return from_environment("MNIST_MAX_MINUTES", 60)


def max_memory_mb() -> int:
    """How much memory a training's numbers may take, in megabytes, TensorFlow itself apart."""
    return from_environment("MNIST_MAX_MEMORY_MB", 3_000)


def warm_worker_minutes() -> int:
    """How long a process waits for a training after somebody last looked at Train; 0: none does."""
    return from_environment("MNIST_SPARE_MINUTES", 10)


def warm_worker_memory_mb() -> int:
    """How much memory must be free, in megabytes, for a process to wait for a training."""
    return from_environment("MNIST_SPARE_MEMORY_MB", 2_000)


def cluster_timeout_seconds() -> int:
    """So many seconds a server waits for a computer of its cluster, and one of these for it."""
    return from_environment("MNIST_CLUSTER_PATIENCE", 60)


def from_environment(name: str, default: int) -> int:
    """The whole number an environment variable holds, or else the default.

    Raises:
        RuntimeError: it holds something else; for the operator, who meets it at the first page.
    """
    text = os.environ.get(name) or str(default)
    try:
        return int(text)
    except ValueError as error:
        raise RuntimeError(f"{name} must be a whole number, not {text!r}.") from error


def trainings_at_once() -> int:
    """How many trainings may run at the same time (`MNIST_TRAININGS_AT_ONCE`, 1).

    Raises:
        RuntimeError: it is none, or no number.
    """
    found = from_environment("MNIST_TRAININGS_AT_ONCE", 1)
    if found < 1:
        raise RuntimeError(f"MNIST_TRAININGS_AT_ONCE must be at least 1, not {found}.")
    return found


def check(recipe: Recipe, settings: Settings) -> None:
    """See before a training that this computer may and can do it.

    Raises:
        ValueError: it may not, as a sentence with the limit in it.
    """
    if len(recipe.layers) > max_layers():
        raise ValueError(f"A network may have {max_layers()} layers here, not more.")
    if settings.epochs > max_epochs():
        raise ValueError(f"A training may have {max_epochs()} epochs here, not more.")
    if recipe.parameters > max_parameters():
        raise ValueError(
            f"This network has {recipe.parameters:,} parameters; {max_parameters():,} is the "
            "limit here."
        )
    if (needed := memory_mb(recipe, settings.batch_size)) > max_memory_mb():
        raise ValueError(
            f"This training would take about {needed:,} MB of memory; {max_memory_mb():,} MB is "
            "the limit here. Fewer filters or neurons, pooling earlier, or a smaller batch size "
            "would help."
        )


def memory_mb(recipe: Recipe, batch_size: int) -> int:
    """About how much memory the numbers of a training take, in megabytes."""
    values = [_size(recipe.input_shape)]
    values += [_size(line.output_shape) for line in layers.summarize(recipe.layers)]
    learning = _COPIES_OF_WEIGHTS * recipe.parameters
    learning += _COPIES_OF_VALUES * batch_size * sum(values) * recipe.members
    pairs = (before + after for before, after in pairwise(values))
    return _BYTES * max(learning, _JUDGED_AT_ONCE * max(pairs)) // _MEGABYTE


def may_add_layer(stack: tuple[Layer, ...]) -> bool:
    """Whether these layers may get one more."""
    return len(stack) < max_layers()


def _size(shape: layers.Shape) -> int:
    count = 1
    for extent in shape:
        count *= extent
    return count
