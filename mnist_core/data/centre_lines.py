"""The centre lines of MNIST's training digits: where the middle of the pen went.

`scripts/make_centre_lines.py` thinned every digit to a line half a pixel wide; from the points of
that line a digit can be drawn again with another pen, slant or style (`training.augmentation`).
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import SIDE, TRAINING_IMAGES

FILE = Path(__file__).parent / "centre_lines.npz"
SUBDIVISION = 2
"""Points to a pixel's side in the grid on which the lines were found."""
SPACING = 0.57
"""The mean distance between neighbouring points, in pixels: half a pixel or its diagonal."""


@dataclass(frozen=True, eq=False)
class CentreLines:
    """The points of many digits' lines, one digit after the other.

    Attributes:
        points: float32 `(m, 2)`: x and y in pixels of the 28 x 28 image, y downwards; the middle
            of the upper left pixel is (0, 0).
        starts: int64 `(n + 1,)`: digit i has the points from `starts[i]` up to `starts[i + 1]`.
    """

    points: NDArray[np.float32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def longest(self) -> int:
        """The largest number of points in a digit."""
        return int(np.diff(self.starts).max())

    def padded(self, indices: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """The lines of `k` digits, padded to one length by repeating the last point.

        Returns:
            float32 `(k, longest, 2)`; and bool `(k, longest)`, False for padding.
        """
        first, last = self.starts[indices], self.starts[indices + 1] - 1
        positions = first[:, None] + np.arange(self.longest)
        return self.points[np.minimum(positions, last[:, None])], positions <= last[:, None]


def load(count: int = TRAINING_IMAGES, path: Path = FILE) -> CentreLines:
    """The lines of the first `count` training digits, in file order."""
    with np.load(path, allow_pickle=False) as file:
        packed: NDArray[np.uint8] = file["lines"][:count]
    side = SIDE * SUBDIVISION
    inked = np.unpackbits(packed, axis=1, count=side * side).reshape(-1, side, side)
    digits, rows, columns = np.nonzero(inked)
    # Point k of the finer grid has its middle at (k + 0.5) / SUBDIVISION - 0.5.
    finer = np.stack([columns, rows], axis=1).astype(np.float32)
    points = (finer + np.float32(0.5)) / np.float32(SUBDIVISION) - np.float32(0.5)
    starts = np.searchsorted(digits, np.arange(len(packed) + 1))
    return CentreLines(points, starts)
