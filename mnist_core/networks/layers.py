"""The layers a network is built from, as plain data, and the arithmetic of their shapes."""

import math
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from mnist_core.data.dataset import CLASSES, SIDE

Activation = Literal["gelu", "linear", "relu", "sigmoid", "softmax", "tanh"]
Shape = tuple[int, ...]
Count = Annotated[int, msgspec.Meta(ge=1, le=10**12)]

SQUARE_INPUT: Shape = (SIDE, SIDE, 1)
FLAT_INPUT: Shape = (SIDE * SIDE,)


# The layers are msgspec structs, not dataclasses: the tag is what tells them apart in a card.
class Dense(msgspec.Struct, frozen=True, tag="Dense"):
    """`units` weighted sums of all inputs."""

    units: Count
    activation: Activation = "linear"


class Conv(msgspec.Struct, frozen=True, tag="Conv"):
    """`filters` patterns of `size` x `size` pixels, looked for everywhere; no padding."""

    filters: Count
    size: Count
    activation: Activation = "linear"


class MaxPool(msgspec.Struct, frozen=True, tag="MaxPool"):
    """Keeps the largest value of each `size` x `size` block."""

    size: Count = 2


class AveragePool(msgspec.Struct, frozen=True, tag="AveragePool"):
    """Keeps the mean of each `size` x `size` block."""

    size: Count = 2


class BatchNorm(msgspec.Struct, frozen=True, tag="BatchNorm"):
    """Normalises each pattern or neuron over a batch, scales and shifts it by learned numbers, and
    applies its activation.
    """

    activation: Activation = "linear"


class Dropout(msgspec.Struct, frozen=True, tag="Dropout"):
    """While training, sets this share of the values to 0 at random; from 0 up to, but not, 1."""

    rate: Annotated[float, msgspec.Meta(ge=0, lt=1)]


class Flatten(msgspec.Struct, frozen=True, tag="Flatten"):
    """Turns a stack of pictures into one long row of numbers."""


Layer = Dense | Conv | MaxPool | AveragePool | BatchNorm | Dropout | Flatten

OUTPUT = Dense(CLASSES, "softmax")
"""The last layer of every network here: one probability for each digit."""


@dataclass(frozen=True)
class LayerSummary:
    """A line of a network's summary: a layer, the shape of its output, its number of parameters."""

    layer: Layer
    output_shape: Shape
    parameters: int


def input_shape(layers: tuple[Layer, ...]) -> Shape:
    """The shape of an image for these layers: `(784,)` or `(28, 28, 1)`."""
    return FLAT_INPUT if not layers or isinstance(layers[0], Dense) else SQUARE_INPUT


@dataclass(frozen=True)
class Explanation:
    """The layers of a network up to the first that is impossible.

    Attributes:
        lines: a summary for each layer that works, the output layer included.
        broken: the index of the impossible layer (the number of layers for the output layer); None
            for a network that can be trained.
        problem: why it is impossible, as a sentence; None likewise.
    """

    lines: tuple[LayerSummary, ...]
    broken: int | None = None
    problem: str | None = None

    @property
    def parameters(self) -> int:
        """The number of parameters of the layers that work."""
        return sum(line.parameters for line in self.lines)


def explain(layers: tuple[Layer, ...]) -> Explanation:
    """Follow one image through the layers and the output layer, as far as they work.

    Example:
        `explain((MaxPool(14), Conv(1, 3)))` has one line, is broken at 1, and says "3×3
        convolution needs at least 3 pixels; only 2 are left."
    """
    shape, lines = input_shape(layers), list[LayerSummary]()
    for index, layer in enumerate((*layers, OUTPUT)):
        try:
            _refuse_impossible(layer)
            parameters = _parameters(layer, shape)
            shape = _shape_after(layer, shape)
        except ValueError as error:
            return Explanation(tuple(lines), index, str(error))
        lines.append(LayerSummary(layer, shape, parameters))
    return Explanation(tuple(lines))


def summarize(layers: tuple[Layer, ...]) -> tuple[LayerSummary, ...]:
    """The summary of a network that can be trained, the output layer included.

    Raises:
        ValueError: a layer cannot take what the one before it gives; the message says which.
    """
    explained = explain(layers)
    if explained.problem is not None:
        raise ValueError(explained.problem)
    return explained.lines


def _refuse_impossible(layer: Layer) -> None:
    """Check a layer's fields, which msgspec does only when it reads them from JSON."""
    try:
        msgspec.convert(msgspec.to_builtins(layer), type(layer))
    except msgspec.ValidationError as error:
        raise ValueError(f"A layer has an impossible value: {error}.") from error


def _shape_after(layer: Layer, shape: Shape) -> Shape:
    match layer:
        case Dense(units=units):
            if len(shape) != 1:
                which = "The output layer" if layer is OUTPUT else "A dense layer"
                raise ValueError(f"{which} needs a row of numbers: flatten the picture first.")
            return (units,)
        case Conv(filters=filters, size=size):
            height, width = _picture(layer, shape, size)
            return (height - size + 1, width - size + 1, filters)
        case MaxPool(size=size) | AveragePool(size=size):
            height, width = _picture(layer, shape, size)
            return (height // size, width // size, shape[2])
        case Flatten():
            return (math.prod(shape),)
        case Dropout() | BatchNorm():
            return shape


def _picture(layer: Conv | MaxPool | AveragePool, shape: Shape, size: int) -> tuple[int, int]:
    name = "convolution" if isinstance(layer, Conv) else "pooling"
    if len(shape) != 3:
        raise ValueError(f"A {name} needs a picture, but the layer before it gives a row.")
    if min(shape[:2]) < size:
        left = f"{min(shape[:2])} {'is' if min(shape[:2]) == 1 else 'are'} left"
        raise ValueError(f"{size}×{size} {name} needs at least {size} pixels; only {left}.")
    return shape[0], shape[1]


def _parameters(layer: Layer, shape: Shape) -> int:
    match layer:
        case Dense(units=units):
            return (shape[-1] + 1) * units
        case Conv(filters=filters, size=size):
            return (size * size * shape[-1] + 1) * filters
        case BatchNorm():
            # Scale and shift are learned, mean and variance are averaged over batches.
            return 4 * shape[-1]
        case _:
            return 0
