"""What is done to an image and its label before a network gets them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES, SIDE

BRIGHTEST = 255
_BATCH = 1000


@dataclass(frozen=True)
class PixelStatistics:
    """Mean and standard deviation of the pixels of a set, scaled to 0..1."""

    mean: float
    std: float


def pixel_statistics(images: NDArray[np.uint8]) -> PixelStatistics:
    """Mean and standard deviation over all pixels of images `(n, 28, 28)`.

    Raises:
        ValueError: there is no image.
    """
    if not images.size:
        raise ValueError("The mean of no image at all is not a number.")
    counts = np.zeros(BRIGHTEST + 1, np.int64)
    for start in range(0, len(images), _BATCH):
        counts += np.bincount(images[start : start + _BATCH].ravel(), minlength=len(counts))
    values = min_max_scaled(np.arange(len(counts)))
    mean = float(values @ counts / counts.sum())
    variance = float((values - mean) ** 2 @ counts / counts.sum())
    return PixelStatistics(mean, variance**0.5)


def min_max_scaled(pixels: ArrayLike) -> NDArray[np.float64]:
    """Scale pixels 0..255, of any shape, to 0..1."""
    return np.asarray(pixels, np.float64) / BRIGHTEST


def standardised(pixels: ArrayLike, statistics: PixelStatistics) -> NDArray[np.float64]:
    """Scale pixels 0..255, of any shape, to `(W - mean) / std` of the training images.

    Raises:
        ValueError: the standard deviation is 0.
    """
    if not statistics.std > 0:
        raise ValueError("Where all pixels are alike, none lies above or below the mean.")
    return (min_max_scaled(pixels) - statistics.mean) / statistics.std


def flattened(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Images of shape `(n, 28, 28)` as `(n, 784)`: row after row."""
    return images.reshape(len(images), SIDE * SIDE)


def squared_errors_as_number(label: int) -> NDArray[np.int64]:
    """The squared error of each answer 0 to 9 if the label is a plain number; shape `(10,)`."""
    errors: NDArray[np.int64] = (np.arange(CLASSES) - label) ** 2
    return errors


def squared_errors_as_one_hot(label: int) -> NDArray[np.int64]:
    """The squared error of each answer 0 to 9 if label and answer are one-hot; shape `(10,)`."""
    return np.where(np.arange(CLASSES) == label, 0, 2)
