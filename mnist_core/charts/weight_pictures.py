"""The first layer's weights as pictures of 28 x 28 pixels: what each neuron looks for."""

import math

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import SIDE

_GROWS, _STRONGEST = 2.5, 0.98


def takes_pixels(weights: NDArray[np.float32]) -> bool:
    """Whether a layer with these weights takes the pixels of an image, not what pooling left."""
    shape: tuple[int, ...] = weights.shape
    return shape[0] == SIDE * SIDE if len(shape) == 2 else len(shape) == 4 and shape[2] == 1


def weight_pictures(
    weights: NDArray[np.float32], most: int, *, scale: float | None = None
) -> NDArray[np.uint8]:
    """The weights of each of the first `most` neurons or filters as a picture.

    Args:
        weights: `(784, units)` of a dense layer on the pixels, or `(size, size, 1, filters)` of a
            convolution; finite.
        most: the number of pictures at most.
        scale: the absolute weight at the end of the range; by default each picture's largest.

    Returns:
        uint8 of shape `(n, 28, 28)`; in each, a weight of 0 is in the middle of the range.

    Raises:
        ValueError: the weights have another shape.
    """
    if not takes_pixels(weights):
        raise ValueError("These weights do not look at the pixels of an image.")
    if weights.ndim == 2:
        stack = weights[:, :most].T.reshape(-1, SIDE, SIDE)
    else:
        stack = weights[:, :, 0, :most].transpose(2, 0, 1)
    largest = np.maximum(np.abs(stack).max(axis=(1, 2), keepdims=True), 1e-12)
    shares = stack / largest if scale is None else np.clip(stack / scale, -1, 1)
    shades = np.rint(127.5 + 127.5 * shares).astype(np.uint8)
    return np.stack([_enlarged(picture) for picture in shades])


def learning_scale(weights: NDArray[np.float32]) -> float:
    """A scale for `weight_pictures` that stays the same while a network learns.

    Start values are small: their pictures are pale, and get stronger as it learns.
    """
    *receptive, into, out = weights.shape
    area = math.prod(receptive)
    # Of Keras's usual start values (Glorot uniform), the largest.
    start = math.sqrt(6 / (area * into + area * out))
    return max(_GROWS * start, float(np.quantile(np.abs(weights), _STRONGEST)))


def _enlarged(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture enlarged by a whole number, in the middle of 28 x 28."""
    times = max(1, SIDE // max(picture.shape))
    large = picture.repeat(times, axis=0).repeat(times, axis=1)
    rows, columns = (SIDE - extent for extent in large.shape)
    return np.pad(large, ((rows // 2, -(-rows // 2)), (columns // 2, -(-columns // 2))))
