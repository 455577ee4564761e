"""Layers and shapes in words."""

from mnist_core.networks import layers


def layer_words(layer: layers.Layer) -> str:
    """A layer in a few words, such as "Conv 32, 3 × 3, relu"."""
    match layer:
        case layers.Dense(units=units, activation=activation):
            return f"Dense {units}, {activation}"
        case layers.Conv(filters=filters, size=size, activation=activation):
            return f"Conv {filters}, {size} × {size}, {activation}"
        case layers.MaxPool(size=size):
            return f"MaxPool {size} × {size}"
        case layers.AveragePool(size=size):
            return f"AveragePool {size} × {size}"
        case layers.BatchNorm(activation=activation):
            return f"BatchNorm, {activation}"
        case layers.Dropout(rate=rate):
            return f"Dropout {rate * 100:g}%"
        case layers.Flatten():
            return "Flatten"


def shape_words(shape: layers.Shape) -> str:
    """A shape as people read it: (26, 26, 32) -> "26 × 26 × 32"."""
    return " × ".join(f"{extent:,}" for extent in shape)
