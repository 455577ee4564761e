"""What is done to an image and its label before a network gets them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES, SIDE

BRIGHTEST = 255
# As many images at a time as keep the sums small in memory.
_AT_ONCE = 1000


@dataclass(frozen=True)
class Spread:
    """Where the pixels of a set of images lie, each divided by 255.

    Attributes:
        mean: their average.
        std: their standard deviation.
    """

    mean: float
    std: float


def spread(images: NDArray[np.uint8]) -> Spread:
    """Mean and standard deviation over all pixels of all images.

    Args:
        images: uint8 of shape `(n, 28, 28)`, at least one.

    Raises:
        ValueError: there is no image.
    """
    if not images.size:
        raise ValueError("The mean of no image at all is not a number.")
    counts = np.zeros(BRIGHTEST + 1, np.int64)
    for start in range(0, len(images), _AT_ONCE):
        counts += np.bincount(images[start : start + _AT_ONCE].ravel(), minlength=len(counts))
    values = divided(np.arange(len(counts)))
    mean = float(values @ counts / counts.sum())
    variance = float((values - mean) ** 2 @ counts / counts.sum())
    return Spread(mean, variance**0.5)


def divided(pixels: ArrayLike) -> NDArray[np.float64]:
    """Pixels 0..255 as 0..1, of any shape; also called min-max scaling."""
    return np.asarray(pixels, np.float64) / BRIGHTEST


def zero_mean(pixels: ArrayLike, over: Spread) -> NDArray[np.float64]:
    """Pixels 0..255 as `(W - mean) / std`: how far from average, in standard deviations.

    Args:
        pixels: of any shape.
        over: of the images that the network learns from, never of the image itself.

    Raises:
        ValueError: all pixels of those images are alike.
    """
    if not over.std > 0:
        raise ValueError("Where all pixels are alike, none lies above or below the average.")
    return (divided(pixels) - over.mean) / over.std


def flattened(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Images of shape `(n, 28, 28)` as `(n, 784)`: row after row."""
    return images.reshape(len(images), SIDE * SIDE)


def one_hot(labels: ArrayLike) -> NDArray[np.float64]:
    """Labels of shape `(n,)` as `(n, 10)`: a 1 at the label's place, 0 elsewhere.

    Raises:
        ValueError: a label is not a whole number from 0 to 9.
    """
    digits = np.asarray(labels)
    whole = np.issubdtype(digits.dtype, np.integer)
    if not whole or ((digits < 0) | (digits >= CLASSES)).any():
        raise ValueError(f"Labels must be whole numbers from 0 to {CLASSES - 1}.")
    places: NDArray[np.float64] = np.eye(CLASSES)[digits]
    return places


def penalties_as_number(label: int) -> NDArray[np.int64]:
    """The squared error of each answer 0 to 9 when the label is a plain number; shape `(10,)`."""
    penalties: NDArray[np.int64] = (np.arange(CLASSES) - label) ** 2
    return penalties


def penalties_as_one_hot(label: int) -> NDArray[np.int64]:
    """The squared error of each answer 0 to 9 when label and answer are one-hot; shape `(10,)`."""
    answers, truth = one_hot(np.arange(CLASSES)), one_hot([label])
    penalties: NDArray[np.int64] = ((answers - truth) ** 2).sum(axis=1).astype(np.int64)
    return penalties
