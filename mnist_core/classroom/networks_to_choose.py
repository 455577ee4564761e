"""The networks that a class chooses from, and the small ones that people build."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mnist_core.language.translation import to_translate
from mnist_core.networks import recipes
from mnist_core.networks.design import Design
from mnist_core.networks.layers import Conv, Dense, Flatten, Layer, MaxPool
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings

OWN = "own"
"""The kind of a network that somebody built."""

TITLES: dict[str, str] = {
    "mlp-784": to_translate("One hidden layer"),
    "mlp-512-512": to_translate("Two hidden layers"),
    "cnn-simple": to_translate("A simple convolution"),
    "quick": to_translate("The quick one"),
    "cnn-32-32": to_translate("Two large convolutions"),
    OWN: to_translate("My own"),
}
"""Name -> title in English, in the order in which they are offered."""

SENTENCES: dict[str, str] = {
    "mlp-784": to_translate("784 neurons, each of which sees all pixels. It knows no shapes."),
    "mlp-512-512": to_translate("Two rows of 512 neurons: the second sees what the first says."),
    "cnn-simple": to_translate("Looks for 32 small patterns everywhere in the picture."),
    "quick": to_translate("Small patterns in two rows, and big steps that shrink in time."),
    "cnn-32-32": to_translate(
        "The most arithmetic for each digit, so it sees fewer digits in the same time."
    ),
    OWN: to_translate("How many rows of patterns, how many of neurons? You decide."),
}
"""Name -> what is special about it, in English."""

CONVOLUTIONS = (0, 1, 2, 3)
HIDDEN_LAYERS = (0, 1, 2, 3)
NEURONS = (16, 64, 128, 512)
_FIRST_FILTERS, _FILTERS = 16, 32
_SETTINGS = Settings(
    epochs=1, batch_size=200, optimizer="adam", learning_rate=0.001, precision="bfloat16"
)


@dataclass(frozen=True)
class Own:
    """A network that somebody builds.

    Attributes:
        convolutions: one of `CONVOLUTIONS`.
        hidden_layers: one of `HIDDEN_LAYERS`.
        neurons: in each hidden layer, one of `NEURONS`.

    Raises:
        ValueError: a value is none of these.
    """

    convolutions: int = 1
    hidden_layers: int = 1
    neurons: int = 64

    def __post_init__(self) -> None:
        if (
            self.convolutions not in CONVOLUTIONS
            or self.hidden_layers not in HIDDEN_LAYERS
            or self.neurons not in NEURONS
        ):
            raise ValueError("There is no such network to build.")

    @property
    def layers(self) -> tuple[Layer, ...]:
        """All but the output layer: they always fit together."""
        # 28 pixels become 12 with 5 × 5 patterns and pooling, then 5, then 3.
        rows: tuple[tuple[Layer, ...], ...] = (
            (Conv(_FIRST_FILTERS, 5, "relu"), MaxPool(2)),
            (Conv(_FILTERS, 3, "relu"), MaxPool(2)),
            (Conv(_FILTERS, 3, "relu"),),
        )
        patterns = [layer for row in rows[: self.convolutions] for layer in row]
        flatten = [Flatten()] if patterns else []
        return (*patterns, *flatten, *[Dense(self.neurons, "relu")] * self.hidden_layers)


def recipe_of(kind: str, own: Sequence[int] = ()) -> Recipe:
    """The recipe of a network.

    Args:
        kind: one of `TITLES`.
        own: convolutions, hidden layers and neurons, for `OWN`.

    Raises:
        ValueError: there is no such network.
    """
    if kind not in TITLES:
        raise ValueError(f"There is no network {kind!r} to choose.")
    if kind != OWN:
        return recipes.get(kind)
    recipe = Design(Own(*own).layers, _SETTINGS).recipe
    return replace(recipe, summary="Built in a class.")
