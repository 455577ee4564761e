"""How many images there are of each digit, how they look on average, how thick, slanted and wide.

- thickness, in pixels: twice the amount of ink divided by the length of its edge. A stroke of
  length L and width w has w L of ink and an edge of 2 L.
- slant, in degrees from upright, positive to the right: how far the ink moves sideways for
  each row upwards, from the second moments of the ink (what "deskewing" takes away).
- width, in pixels: of the narrowest box around all ink.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES, SIDE, Digits

_BATCH = 2000


@dataclass(frozen=True, eq=False)
class ShapeStatistics:
    """What a set of `n` digits looks like.

    Attributes:
        labels: of shape `(n,)`.
        counts: int64 of shape `(10,)`: images of each digit.
        means: float64 of shape `(10, 28, 28)`: the average image of each digit, 0..255.
        typical: int64 of shape `(10,)`: the element nearest to that average.
        measures: float32 of shape `(n,)` for each of "thickness", "slant" and "width".
    """

    labels: NDArray[np.uint8]
    counts: NDArray[np.int64]
    means: NDArray[np.float64]
    typical: NDArray[np.int64]
    measures: dict[str, NDArray[np.float32]]

    def quantiles(self, measure: str, shares: tuple[float, ...]) -> NDArray[np.float64]:
        """The quantiles of a measure for each digit, of shape `(10, len(shares))`."""
        values = self.measures[measure]
        return np.array([np.quantile(values[self.labels == d], shares) for d in range(CLASSES)])


def measure(digits: Digits) -> ShapeStatistics:
    """Measure a whole set.

    Raises:
        ValueError: a digit is missing.
    """
    counts = np.bincount(digits.labels, minlength=CLASSES).astype(np.int64)
    if not counts.all():
        raise ValueError("All ten digits are needed, and one is not there.")
    sums = np.zeros((CLASSES, SIDE * SIDE))
    for part, pixels in _batches(digits.images):
        is_digit = np.arange(CLASSES)[:, np.newaxis] == digits.labels[part]
        sums += is_digit.astype(np.float32) @ pixels
    means = sums / counts[:, np.newaxis]
    return ShapeStatistics(
        digits.labels,
        counts,
        means.reshape(CLASSES, SIDE, SIDE),
        _nearest(digits, means),
        {
            "thickness": thickness(digits.images),
            "slant": slant(digits.images),
            "width": width(digits.images),
        },
    )


def thickness(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Mean width of the stroke of images `(n, 28, 28)`, in pixels; 0 without ink."""
    found = np.zeros(len(images), np.float32)
    for part, pixels in _batches(images):
        ink = pixels.reshape(-1, SIDE, SIDE)
        right = np.diff(ink, axis=2)[:, :-1]
        down = np.diff(ink, axis=1)[:, :, :-1]
        # The total variation of a picture with soft edges is the length of its edges.
        edge = np.sqrt(right * right + down * down).sum(axis=(1, 2))
        found[part] = 2 * pixels.sum(axis=1) / np.maximum(edge, 1)
    return found


def slant(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Slant of images `(n, 28, 28)`, in degrees; 0 without ink or for a flat line."""
    rows, columns = (axis.ravel().astype(np.float32) for axis in np.indices((SIDE, SIDE)))
    moments = np.stack([np.ones_like(rows), rows, columns, rows * rows, rows * columns], axis=1)
    found = np.zeros(len(images), np.float32)
    for part, pixels in _batches(images):
        ink, row, column, row_row, row_column = (pixels @ moments).astype(np.float64).T
        ink = np.maximum(ink, 1)
        along = row_row / ink - (row / ink) ** 2
        shear = row_column / ink - row * column / ink**2
        # Rows count downwards, so the sign changes.
        leaning = -np.divide(shear, along, out=np.zeros_like(shear), where=along > 1e-3)
        found[part] = np.degrees(np.arctan(leaning))
    return found


def width(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Width of the ink of images `(n, 28, 28)`, in pixels; 0 without ink."""
    inked = images.max(axis=1) > 0
    first, last = inked.argmax(axis=1), SIDE - inked[:, ::-1].argmax(axis=1)
    return np.where(inked.any(axis=1), last - first, 0).astype(np.float32)


def _nearest(digits: Digits, means: NDArray[np.float64]) -> NDArray[np.int64]:
    """The element of each class that differs least from its mean."""
    distances = np.empty(len(digits))
    for part, pixels in _batches(digits.images):
        differences = pixels - means.astype(np.float32)[digits.labels[part]]
        distances[part] = (differences**2).sum(axis=1)
    by_class = map(digits.indices, range(CLASSES))
    return np.array([elements[distances[elements].argmin()] for elements in by_class], np.int64)


def _batches(images: NDArray[np.uint8]) -> Iterator[tuple[slice, NDArray[np.float32]]]:
    """Batches of images as float32 `(m, 784)`, each with its slice; all at once take 190 MB."""
    for start in range(0, len(images), _BATCH):
        part = slice(start, start + _BATCH)
        yield part, images[part].reshape(-1, SIDE * SIDE).astype(np.float32)
