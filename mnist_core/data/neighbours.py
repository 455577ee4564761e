"""The training images most like a given one, by pixels or by what a network sees in them.

`scripts/make_features.py` stored the layer before the output of a shipped network for each image:
32 bytes an image, in which images that mean the same to the network lie close together.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import SETS

FILE = Path(__file__).parent / "neighbours.npz"
NETWORK = "cnn-32-32"

# Keeps the memory needed to a few megabytes.
_BATCH = 500


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The nearest images, the nearest first, with their Euclidean distances; shape `(k,)`."""

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
    point: ArrayLike, rows: NDArray[np.uint8], count: int, *, exclude: int | None = None
) -> Neighbours:
    """Find the rows nearest to a point.

    Args:
        point: uint8, of the shape of one row.
        rows: uint8 of shape `(n, ...)`: images, or features.
        count: at most this many are found; ties in the order of their numbers.
        exclude: a row to leave out, because it is the point itself.

    Raises:
        ValueError: the point has another shape or type than the rows.
    """
    wanted = np.asarray(point)
    if wanted.shape != rows.shape[1:] or wanted.dtype != np.uint8:
        raise ValueError(f"A point needs bytes of the shape {rows.shape[1:]}, not {wanted.shape}.")
    target = wanted.ravel().astype(np.float32)
    squares = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH].reshape(-1, len(target)).astype(np.float32)
        part -= target
        # Whole numbers: exact in single precision up to 2**24, and within 1e-6 beyond.
        squares[start : start + len(part)] = np.einsum("ij,ij->i", part, part)
    if exclude is not None:
        squares[exclude] = np.inf
    count = min(count, len(rows) - (exclude is not None))
    # Twice as many candidates, because the exact distances may order them differently.
    elements = np.argpartition(squares, max(min(2 * count, len(rows)) - 1, 0))[: 2 * count]
    differences = rows[elements].reshape(-1, len(target)).astype(np.float64) - target
    exact = (differences**2).sum(axis=1)
    exact[elements == exclude] = np.inf
    order = np.lexsort((elements, exact))[:count]
    return Neighbours(elements[order], np.sqrt(exact[order]))
