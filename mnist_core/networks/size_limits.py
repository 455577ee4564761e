"""How large a training may be here. The limits are settings of the server."""

from itertools import pairwise
from math import prod

from mnist_core.networks import layers
from mnist_core.networks.layers import Layer
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from mnist_core.system import server_settings
from mnist_core.system.setting_types import Setting
from mnist_core.system.text_format import whole

_MEGABYTE = 1_000_000
_BYTES = 4
# Weights, their gradients, and two numbers a weight that optimizers keep.
_COPIES_OF_WEIGHTS = 4
# The output of a layer is kept for the backward pass, and there is a gradient of each.
_COPIES_OF_VALUES = 2
_TEST_BATCH = 1_000
# The lines that digits are redrawn from.
_REDRAWING_MB = 140


class LimitExceeded(ValueError):
    """A training would be too large for this server; the message is a sentence with the limit.

    Attributes:
        setting: the name of the setting that holds the limit.
    """

    def __init__(self, setting: Setting, sentence: str) -> None:
        super().__init__(sentence)
        self.setting = setting.name


def check(recipe: Recipe, settings: Settings) -> None:
    """Check before a training that it keeps within the limits.

    Raises:
        LimitExceeded: it does not.
    """
    if len(recipe.layers) > server_settings.max_layers():
        sentence = f"A network may have at most {server_settings.max_layers()} layers here."
        raise LimitExceeded(server_settings.max_layers, sentence)
    if settings.epochs > server_settings.max_epochs():
        sentence = f"A training may have at most {server_settings.max_epochs()} epochs here."
        raise LimitExceeded(server_settings.max_epochs, sentence)
    if recipe.parameters > server_settings.max_parameters():
        most = whole(server_settings.max_parameters())
        raise LimitExceeded(
            server_settings.max_parameters,
            f"This network has {whole(recipe.parameters)} parameters; {most} is the limit here.",
        )
    if (needed := memory_mb(recipe, settings)) > server_settings.max_memory_mb():
        raise LimitExceeded(
            server_settings.max_memory_mb,
            f"This training would take about {whole(needed)} MB of memory; "
            f"{whole(server_settings.max_memory_mb())} MB is the limit here. Fewer filters or "
            "neurons, pooling earlier, or a smaller batch size would help.",
        )


def is_within(recipe: Recipe) -> bool:
    """Whether a recipe may be trained here with its own settings."""
    try:
        check(recipe, recipe.settings)
    except ValueError:
        return False
    return True


def memory_mb(recipe: Recipe, settings: Settings) -> int:
    """About how much memory the numbers of a training take, in megabytes.

    `benchmarks/small_machine.py` compares it with what trainings really take.
    """
    values = [prod(recipe.input_shape)]
    values += [prod(line.output_shape) for line in layers.summarize(recipe.layers)]
    learning = _COPIES_OF_WEIGHTS * recipe.parameters
    learning += _COPIES_OF_VALUES * settings.batch_size * sum(values) * recipe.members
    pairs = (before + after for before, after in pairwise(values))
    testing = _TEST_BATCH * max(pairs) * recipe.looks
    redrawing = _REDRAWING_MB if settings.augmentation == "hands" else 0
    return _BYTES * max(learning, testing) // _MEGABYTE + redrawing


def may_add_layer(stack: tuple[Layer, ...]) -> bool:
    """Whether these layers may get one more."""
    return len(stack) < server_settings.max_layers()
