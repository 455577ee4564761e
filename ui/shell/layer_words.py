"""Layers and shapes in words."""

from mnist_core.networks.layers import (
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool,
    Shape,
)


def layer_words(layer: Layer) -> str:
    """A layer in a few words, such as "Conv 32, 3 × 3, relu"."""
    match layer:
        case Dense(units=units, activation=activation):
            return f"Dense {units}, {activation}"
        case Conv(filters=filters, size=size, activation=activation):
            return f"Conv {filters}, {size} × {size}, {activation}"
        case MaxPool(size=size):
            return f"MaxPool {size} × {size}"
        case AveragePool(size=size):
            return f"AveragePool {size} × {size}"
        case BatchNorm(activation=activation):
            return f"BatchNorm, {activation}"
        case Dropout(rate=rate):
            return f"Dropout {rate * 100:g}%"
        case Flatten():
            return "Flatten"


def shape_words(shape: Shape) -> str:
    """A shape as people read it: (26, 26, 32) -> "26 × 26 × 32"."""
    return " × ".join(f"{extent:,}" for extent in shape)
