"""Which training images are most like this one? By its pixels, and by what a network sees.

`scripts/make_features.py` noted what a shipped network has in the layer before its output for each
image: 32 bytes an image, in which images that mean the same to the network lie close.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import SETS

FILE = Path(__file__).parent / "features.npz"
NETWORK = "cnn-32-32"

# A few megabytes at a time, whatever the number of images.
_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The nearest images, the nearest first.

    Attributes:
        elements: int64 of shape `(k,)`.
        distances: float64 of shape `(k,)`: Euclidean, in the units of the rows compared.
    """

    elements: NDArray[np.int64]
    distances: NDArray[np.float64]


def features(path: Path = FILE) -> dict[str, NDArray[np.uint8]]:
    """What the network sees: "train" and "test", uint8 of shape `(n, 32)`, read-only."""
    with np.load(path, allow_pickle=False) as archive:
        found = {name: archive[name] for name in SETS}
    for array in found.values():
        array.setflags(write=False)
    return found


def nearest(
    point: ArrayLike, rows: NDArray[np.uint8], count: int, *, without: int | None = None
) -> Neighbours:
    """The rows nearest to a point.

    Args:
        point: uint8, of the shape of one row.
        rows: uint8 of shape `(n, ...)`: images, or features.
        count: how many to find.
        without: a row that does not count, because it is the point itself.

    Returns:
        At most `count` rows; equals in the order of their numbers.

    Raises:
        ValueError: the point has another shape than the rows, or another type.
    """
    wanted = np.asarray(point)
    if wanted.shape != rows.shape[1:] or wanted.dtype != np.uint8:
        raise ValueError(f"A point needs bytes of the shape {rows.shape[1:]}, not {wanted.shape}.")
    target = wanted.ravel().astype(np.float32)
    squares = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE].reshape(-1, len(target)).astype(np.float32)
        part -= target
        # Whole numbers: exact in single precision up to 2**24, and within 1e-6 beyond.
        squares[start : start + len(part)] = np.einsum("ij,ij->i", part, part)
    if without is not None:
        squares[without] = np.inf
    count = min(count, len(rows) - (without is not None))
    elements = _smallest(squares, min(2 * count, len(rows)))
    exact = _exact_squares(target, rows[elements])
    if without is not None:
        exact[elements == without] = np.inf
    order = np.lexsort((elements, exact))[:count]
    return Neighbours(elements[order], np.sqrt(exact[order]))


def _smallest(values: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    if count == 0:
        return np.empty(0, np.int64)
    return np.argpartition(values, count - 1)[:count].astype(np.int64)


def _exact_squares(target: NDArray[np.float32], rows: NDArray[np.uint8]) -> NDArray[np.float64]:
    difference = rows.reshape(-1, len(target)).astype(np.float64) - target
    squares: NDArray[np.float64] = (difference**2).sum(axis=1)
    return squares
