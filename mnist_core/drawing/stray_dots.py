"""The separate pieces of what was drawn, looked at from far enough that small gaps close.

The ink is laid on a grid of at most 48 x 48 squares; inked squares that touch, corners included,
are one piece. So a line that broke for a pixel or two is still one line, and a large picture costs
little more than a small one.
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import components

GRID = 48

# A piece this much shorter than the longest one, and this far from all that is larger, is a stray
# dot; both in parts of the longest piece. Of MNIST's training images that changes 1 in 185: mostly
# specks of the scanner.
_SMALL = 0.25
_FAR = 0.2


def coarse_grid(inked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which squares of the grid hold ink.

    Args:
        inked: bool `(H, W)`: where there is ink.

    Returns:
        bool `(h, w)`, the longer at most 48.
    """
    side = _side(inked.shape)
    height, width = (-(-extent // side) for extent in inked.shape)
    padded = np.zeros((height * side, width * side), bool)
    padded[: inked.shape[0], : inked.shape[1]] = inked
    return np.asarray(padded.reshape(height, side, width, side).any(axis=(1, 3)))


def to_pixels(grid: NDArray[np.bool_], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Which pixels of a picture `(H, W)` lie in these squares of its grid."""
    side = _side(shape)
    rows, columns = np.arange(shape[0]) // side, np.arange(shape[1]) // side
    return grid[rows][:, columns]


def find(grid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The squares of dots that do not belong to the digit: small, and far from what is not small.

    A pen that touched the paper by mistake; but not the bar of a 5 or a 7 that stands apart, nor
    the half of a broken line.
    """
    found = components(grid)
    lengths = (found.boxes[:, 2:] - found.boxes[:, :2]).max(axis=1)
    is_small = np.append(False, lengths < _SMALL * lengths.max(initial=0))
    large = np.argwhere(grid & ~is_small[found.numbers])
    dots = np.zeros_like(grid)
    for number in np.flatnonzero(is_small):
        piece = found.numbers == number
        # Empty squares between it and the nearest of the large pieces.
        apart = np.abs(np.argwhere(piece)[:, np.newaxis] - large).max(axis=2).min() - 1
        if apart > _FAR * lengths.max():
            dots |= piece
    return dots


def _side(shape: tuple[int, ...]) -> int:
    """How many pixels of a picture of this shape a square of the grid is wide."""
    return -(-max(shape) // GRID)
