"""Dots: drawings that are nothing else, and stray ones beside a digit.

A stray dot is a small piece of ink far from the digit, where the pen touched by mistake.

The ink is looked at on a grid of at most 48 x 48 squares, so that a line that broke for a pixel or
two is still one line, and a large picture costs little more than a small one.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import components
from mnist_core.language.translation import _

GRID = 48
_DOT = 0.5
"""A stroke that goes no further than this part of the pen's width is a dot."""

# A piece this much shorter than the longest one, and this far from all larger ones, is a stray dot;
# both as parts of the longest piece. Of MNIST's training images that changes 1 in 185: mostly
# specks of the scanner.
_SMALL = 0.25
_FAR = 0.2


class OnlyDots(ValueError):
    """There is ink, but nothing that could be a digit; the message is for the visitor."""


def refuse_only_dots(strokes: Sequence[NDArray[np.float64]], brush: float) -> None:
    """Refuse a drawing in which the pen has hardly moved.

    Args:
        strokes: at least one, each `(n, 2)`.
        brush: the width of the pen, in the same unit.

    Raises:
        OnlyDots: there is nothing else.
    """
    if all(np.ptp(stroke, axis=0).max() < _DOT * brush for stroke in strokes):
        raise OnlyDots(_("There are only dots. Keep the pen down and draw a digit."))


def coarse_grid(inked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which squares of the grid hold ink, given the inked pixels `(H, W)`.

    Returns:
        bool `(h, w)`, the longer at most 48.
    """
    side = _square_side(inked.shape)
    height, width = (-(-extent // side) for extent in inked.shape)
    padded = np.zeros((height * side, width * side), bool)
    padded[: inked.shape[0], : inked.shape[1]] = inked
    return np.asarray(padded.reshape(height, side, width, side).any(axis=(1, 3)))


def to_pixels(grid: NDArray[np.bool_], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Which pixels of a picture `(H, W)` lie in these squares of its grid."""
    side = _square_side(shape)
    rows, columns = np.arange(shape[0]) // side, np.arange(shape[1]) // side
    return grid[rows][:, columns]


def find(grid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which squares hold stray dots: pieces that are small and far from all that are not.

    The bar of a 5 or a 7 that stands apart is not a stray dot, nor is half of a broken line.
    """
    found = components(grid)
    lengths = (found.boxes[:, 2:] - found.boxes[:, :2]).max(axis=1)
    is_small = np.append(False, lengths < _SMALL * lengths.max(initial=0))
    large = np.argwhere(grid & ~is_small[found.numbers])
    dots = np.zeros_like(grid)
    for number in np.flatnonzero(is_small):
        piece = found.numbers == number
        # Empty squares between it and the nearest large piece.
        apart = np.abs(np.argwhere(piece)[:, np.newaxis] - large).max(axis=2).min() - 1
        if apart > _FAR * lengths.max():
            dots |= piece
    return dots


def _square_side(shape: tuple[int, ...]) -> int:
    """The side of a square of the grid, in pixels of a picture of this shape."""
    return -(-max(shape) // GRID)
