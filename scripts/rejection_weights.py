"""The weights of a gate in a LiteRT file, to train it further."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]

# What Keras adds to a variance before dividing by it.
_EPSILON = 1e-3


def take_over(model: Any, network: bytes, images: Weights) -> None:
    """Give a Keras model the weights of a LiteRT file of the same layers.

    The file holds each normalisation as a factor and a shift, the last one merged into its
    convolution; what a layer's output is on average, and how it varies, is measured on images
    `(n, 28, 28, 1)`.

    Raises:
        ValueError: the file is of other layers.
    """
    found = _tensors(network)
    x, layers = images, [layer for layer in model.layers if layer.weights]
    for layer, after in zip(layers, [*layers[1:], None], strict=True):
        if type(layer).__name__ == "Conv2D":
            height, width, before, filters = layer.kernel.shape
            kernel = _one(found, (filters, height, width, before))
            layer.set_weights([kernel.transpose(1, 2, 3, 0)])
            factor, shift = _normalisation(found, filters)
            x = _before(model, after, images)
            mean, variance = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))
            spread = np.sqrt(variance + _EPSILON)
            after.set_weights([factor * spread, shift + factor * mean, mean, variance])
        elif type(layer).__name__ == "Dense":
            kernel = _one(found, tuple(layer.kernel.shape[::-1]))
            layer.set_weights([kernel.T, _one(found, tuple(layer.bias.shape), "BiasAdd")])


def _before(model: Any, layer: Any, images: Weights) -> Weights:
    """What reaches a layer of the model."""
    import keras

    until: Weights = keras.Model(model.inputs, layer.input).predict(images, verbose=0)
    return until


def _normalisation(found: list[tuple[str, Weights]], filters: int) -> tuple[Weights, Weights]:
    """Factor and shift of the normalisation after a convolution with so many filters."""
    own = [(name, array) for name, array in found if array.shape == (filters,)]
    factors = [array for name, array in own if name.endswith("batchnorm/mul")]
    if factors:
        return factors[0], next(array for name, array in own if name.endswith("batchnorm/sub"))
    # Merged into the convolution, whose bias is the shift.
    shift = next(array for name, array in own if "activation" in name)
    return np.ones(filters, np.float32), shift


def _one(found: list[tuple[str, Weights]], shape: tuple[int, ...], name: str = "") -> Weights:
    those = [array for known, array in found if array.shape == shape and name in known]
    if len(those) != 1:
        raise ValueError(f"There are {len(those)} weights of the shape {shape}, not one.")
    return those[0]


def _tensors(network: bytes) -> list[tuple[str, Weights]]:
    """The constants of a LiteRT file."""
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    resolver = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    interpreter = Interpreter(model_content=network, experimental_op_resolver_type=resolver)
    interpreter.allocate_tensors()
    found = []
    for details in interpreter.get_tensor_details():
        try:
            found.append((details["name"], interpreter.get_tensor(details["index"])))
        except ValueError:  # of the calculation, not of the file
            continue
    return found
