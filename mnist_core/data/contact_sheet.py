"""Contact sheets: all images of a set in one picture, at six sizes, cut into tiles.

At each size (level) a digit takes a whole number of pixels. Tiles are 252 pixels wide, a whole
number of digits at every level.
"""

from dataclasses import dataclass
from io import BytesIO
from math import isqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from mnist_core.data.dataset import SIDE, Digits

LEVELS = (28, 14, 7, 4, 2, 1)
"""Pixels to a digit's side, from the finest to the coarsest."""

TILE = 252
"""Pixels to a tile's side."""

ORDERS = ("file", "label", "doubt")

# Averages of thin strokes are pale: the smaller the digits, the more contrast they need.
_CONTRAST = {28: 1.0, 14: 1.0, 7: 1.2, 4: 1.5, 2: 1.8, 1: 2.0}
_BATCH = 2000


@dataclass(frozen=True, eq=False)
class SheetLayout:
    """Which element lies where, row by row.

    Attributes:
        elements: int64 of shape `(n,)`: element numbers by position.
        columns: positions in a row; 245 for the training set, 100 for the test set.
    """

    elements: NDArray[np.int64]
    columns: int

    @property
    def rows(self) -> int:
        """The number of rows; the last may have some empty positions."""
        return -(-len(self.elements) // self.columns)

    def tiles(self, level: int) -> tuple[int, int]:
        """The number of tiles across and down at this level."""
        per_tile = TILE // level
        return -(-self.columns // per_tile), -(-self.rows // per_tile)


def arrange(digits: Digits, order: str, doubt: ArrayLike | None = None) -> SheetLayout:
    """Lay out a set as a square.

    Args:
        digits: the set.
        order: "file", "label" (then file order), or "doubt" (the most doubtful first).
        doubt: for "doubt", a number for each element; larger is more doubtful.

    Raises:
        ValueError: there is no such order, or there is not one doubt for each element.
    """
    if order == "file":
        elements = digits.indices()
    elif order == "label":
        elements = np.argsort(digits.labels, kind="stable").astype(np.int64)
    elif order == "doubt" and doubt is not None:
        elements = np.argsort(-np.asarray(doubt), kind="stable").astype(np.int64)
    else:
        raise ValueError(f"A sheet cannot be ordered by {order!r} here.")
    if len(elements) != len(digits):
        raise ValueError("Every element needs a number that says how doubtful it is.")
    return SheetLayout(elements, isqrt(max(len(digits) - 1, 0)) + 1)


def downscaled(images: NDArray[np.uint8], level: int) -> NDArray[np.uint8]:
    """Scale images of shape `(n, 28, 28)` to `(n, level, level)`: averages with more contrast.

    Raises:
        ValueError: there is no such level.
    """
    if level not in LEVELS:
        raise ValueError(f"A digit takes {', '.join(map(str, LEVELS))} pixels, not {level}.")
    if level == SIDE:
        return images
    by = SIDE // level
    scaled = np.empty((len(images), level, level), np.uint8)
    for start in range(0, len(images), _BATCH):
        part = images[start : start + _BATCH]
        down = np.add.reduce([part[:, i::by] for i in range(by)], axis=0, dtype=np.uint16)
        sums = np.add.reduce([down[..., i::by] for i in range(by)], axis=0, dtype=np.uint32)
        inked = np.minimum(np.rint(sums * (_CONTRAST[level] / by**2)), 255)
        scaled[start : start + _BATCH] = inked
    return scaled


def tile(
    layout: SheetLayout, images: NDArray[np.uint8], level: int, column: int, row: int
) -> NDArray[np.uint8]:
    """Draw one tile of the images in file order, which may be `downscaled` to its level before.

    Args:
        layout: which element lies where.
        images: of shape `(n, 28, 28)` or `(n, level, level)`.
        level: pixels to a digit's side.
        column: of the tile, from the left.
        row: of the tile, from the top.

    Returns:
        uint8 of shape `(252, 252)`, less at the right and lower edges; empty positions are 0.

    Raises:
        ValueError: there is no such tile.
    """
    positions = positions_in_tile(layout, level, column, row)
    is_filled = positions < len(layout.elements)
    elements = layout.elements[np.where(is_filled, positions, 0)]
    shown = images[elements.ravel()]
    if images.shape[1] != level:
        shown = downscaled(shown, level)
    shown = shown * is_filled.reshape(-1, 1, 1).astype(np.uint8)
    down, across = positions.shape
    rows = shown.reshape(down, across, level, level).swapaxes(1, 2)
    return rows.reshape(down * level, across * level)


def positions_in_tile(layout: SheetLayout, level: int, column: int, row: int) -> NDArray[np.int64]:
    """The positions in a tile, shape `(rows, columns)`; those beyond the last element are empty.

    Raises:
        ValueError: there is no such tile.
    """
    across, down = layout.tiles(level)
    if not (0 <= column < across and 0 <= row < down):
        raise ValueError(f"There is no tile {column}, {row} at this size.")
    per_tile = TILE // level
    columns = np.arange(column * per_tile, min((column + 1) * per_tile, layout.columns))
    rows = np.arange(row * per_tile, min((row + 1) * per_tile, layout.rows))
    positions: NDArray[np.int64] = rows[:, np.newaxis] * layout.columns + columns
    return positions


def full_png(layout: SheetLayout, images: NDArray[np.uint8]) -> bytes:
    """The whole sheet of images `(n, 28, 28)` in file order, black on white, as a PNG."""
    sheet = np.full((layout.rows, SIDE, layout.columns * SIDE), 255, np.uint8)
    for row, line in enumerate(sheet):
        elements = layout.elements[row * layout.columns : (row + 1) * layout.columns]
        ink = images[elements].swapaxes(0, 1).reshape(SIDE, -1)
        line[:, : ink.shape[1]] -= ink
    file = BytesIO()
    # Higher levels of compression take twice as long and save a tenth.
    Image.fromarray(sheet.reshape(-1, sheet.shape[2])).save(file, "PNG", compress_level=2)
    return file.getvalue()
