"""The shape of the data: how many of each digit, how they look on average, thick, slanting, wide.

Each measure is a number that anybody can check with a ruler:

- thickness, in pixels: twice the amount of ink divided by the length of its edge. A stroke of
  length L and width w has w L of ink and an edge of 2 L.
- slant, in degrees from upright, to the right above zero: how far the ink moves sideways for
  each row upwards, from the second moments of the ink (what "deskewing" takes away).
- width, in pixels: of the narrowest box around everything that is not paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES, SIDE, Digits

_AT_ONCE = 2000


@dataclass(frozen=True, eq=False)
class Shape:
    """What a set of `n` digits looks like.

    Attributes:
        labels: of shape `(n,)`.
        counts: int64 of shape `(10,)`: images of each digit.
        means: float64 of shape `(10, 28, 28)`: the average image of each digit, 0..255.
        typical: int64 of shape `(10,)`: the element nearest to that, pixel by pixel.
        measures: float32 of shape `(n,)` for each of "thickness", "slant" and "width".
    """

    labels: NDArray[np.uint8]
    counts: NDArray[np.int64]
    means: NDArray[np.float64]
    typical: NDArray[np.int64]
    measures: dict[str, NDArray[np.float32]]

    def quantiles(self, measure: str, shares: tuple[float, ...]) -> NDArray[np.float64]:
        """Where these shares of each digit's images lie below: shape `(10, len(shares))`."""
        values = self.measures[measure]
        return np.array(
            [np.quantile(values[self.labels == digit], shares) for digit in range(CLASSES)]
        )


def measure(digits: Digits) -> Shape:
    """Look at a whole set; all ten digits must be in it.

    Raises:
        ValueError: a digit is missing.
    """
    counts = np.bincount(digits.labels, minlength=CLASSES).astype(np.int64)
    if not counts.all():
        raise ValueError("The shape of a digit that is not there cannot be measured.")
    sums = np.zeros((CLASSES, SIDE * SIDE))
    for start, pixels in _parts(digits.images):
        labels = digits.labels[start : start + len(pixels)]
        sums += (np.arange(CLASSES)[:, np.newaxis] == labels).astype(np.float32) @ pixels
    means = sums / counts[:, np.newaxis]
    return Shape(
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
    for start, pixels in _parts(images):
        ink = pixels.reshape(-1, SIDE, SIDE)
        right = np.diff(ink, axis=2)[:, :-1]
        down = np.diff(ink, axis=1)[:, :, :-1]
        # The total variation of a picture with soft edges is the length of its edges.
        edge = np.sqrt(right * right + down * down).sum(axis=(1, 2))
        amount = pixels.sum(axis=1)
        found[start : start + len(ink)] = 2 * amount / np.maximum(edge, 1)
    return found


def slant(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Slant of images `(n, 28, 28)`, in degrees; 0 without ink or for a flat line."""
    rows, columns = (axis.ravel().astype(np.float32) for axis in np.indices((SIDE, SIDE)))
    moments = np.stack([np.ones_like(rows), rows, columns, rows * rows, rows * columns], axis=1)
    found = np.zeros(len(images), np.float32)
    for start, pixels in _parts(images):
        ink, row, column, row_row, row_column = (pixels @ moments).astype(np.float64).T
        ink = np.maximum(ink, 1)
        along = row_row / ink - (row / ink) ** 2
        shear = row_column / ink - row * column / ink**2
        # Rows count downwards: to the right while going up is to the left while going down.
        leaning = -np.divide(shear, along, out=np.zeros_like(shear), where=along > 1e-3)
        found[start : start + len(pixels)] = np.degrees(np.arctan(leaning))
    return found


def width(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Width of the ink of images `(n, 28, 28)`, in pixels; 0 without ink."""
    inked = images.max(axis=1) > 0
    first, last = inked.argmax(axis=1), SIDE - inked[:, ::-1].argmax(axis=1)
    return np.where(inked.any(axis=1), last - first, 0).astype(np.float32)


def _nearest(digits: Digits, means: NDArray[np.float64]) -> NDArray[np.int64]:
    """The element of each class that differs least from its mean."""
    distances = np.empty(len(digits))
    for start, pixels in _parts(digits.images):
        labels = digits.labels[start : start + len(pixels)]
        differences = pixels - means.astype(np.float32)[labels]
        distances[start : start + len(pixels)] = (differences**2).sum(axis=1)
    found = [
        elements[distances[elements].argmin()] for elements in map(digits.indices, range(CLASSES))
    ]
    return np.array(found, np.int64)


def _parts(images: NDArray[np.uint8]) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """A few images at a time as `(m, 784)`, with where they begin: floats take four times room."""
    for start in range(0, len(images), _AT_ONCE):
        part = images[start : start + _AT_ONCE]
        yield start, part.reshape(len(part), SIDE * SIDE).astype(np.float32)
