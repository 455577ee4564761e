"""All images of a set in one picture, and any part of it at any size.

The picture is an image pyramid: at each level a digit takes a whole number of pixels that divides
28, and every level is cut into tiles of 252 pixels, which is a whole number of digits at all of
them.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import SIDE, Digits

LEVELS = (28, 14, 7, 4, 2, 1)
"""Pixels to a digit's side, from the finest to the coarsest."""

TILE = 252
"""Pixels to a tile's side."""

ORDERS = ("file", "label", "doubt")

# Grey averages of thin strokes are pale: the smaller the digits, the more ink they need.
_INK = {28: 1.0, 14: 1.0, 7: 1.2, 4: 1.5, 2: 1.8, 1: 2.0}
_AT_ONCE = 2000


@dataclass(frozen=True, eq=False)
class Sheet:
    """Which element lies where, row by row.

    Attributes:
        elements: int64 array of shape `(n,)`: element numbers in the order of their places.
        columns: places in a row; 245 for the training set, 100 for the test set.
    """

    elements: NDArray[np.int64]
    columns: int

    @property
    def rows(self) -> int:
        """Rows of places; the last may have some empty ones."""
        return -(-len(self.elements) // self.columns)

    def tiles(self, level: int) -> tuple[int, int]:
        """How many tiles there are across and down at this level."""
        per_tile = TILE // level
        return -(-self.columns // per_tile), -(-self.rows // per_tile)


def arrange(digits: Digits, by: str, doubt: ArrayLike | None = None) -> Sheet:
    """Lay out a set as a square.

    Args:
        digits: the set.
        by: "file", "label" (then file order), or "doubt" (the most doubtful first).
        doubt: for that, a number for each element: larger is more doubtful.

    Raises:
        ValueError: there is no such order, or the doubt is missing.
    """
    if by == "file":
        elements = digits.indices()
    elif by == "label":
        elements = np.argsort(digits.labels, kind="stable").astype(np.int64)
    elif by == "doubt" and doubt is not None:
        elements = np.argsort(-np.asarray(doubt), kind="stable").astype(np.int64)
    else:
        raise ValueError(f"A sheet cannot be ordered by {by!r} here.")
    if len(elements) != len(digits):
        raise ValueError("Every element needs a number that says how doubtful it is.")
    return Sheet(elements, isqrt(max(len(digits) - 1, 0)) + 1)


def shrunk(images: NDArray[np.uint8], level: int) -> NDArray[np.uint8]:
    """Images of shape `(n, 28, 28)` as `(n, level, level)`: averages of squares, inked.

    Raises:
        ValueError: there is no such level.
    """
    if level not in LEVELS:
        raise ValueError(f"A digit takes {', '.join(map(str, LEVELS))} pixels, not {level}.")
    if level == SIDE:
        return images
    by = SIDE // level
    found = np.empty((len(images), level, level), np.uint8)
    for start in range(0, len(images), _AT_ONCE):
        part = images[start : start + _AT_ONCE]
        down = np.add.reduce([part[:, i::by] for i in range(by)], axis=0, dtype=np.uint16)
        sums = np.add.reduce([down[..., i::by] for i in range(by)], axis=0, dtype=np.uint32)
        inked = np.minimum(np.rint(sums * (_INK[level] / by**2)), 255)
        found[start : start + _AT_ONCE] = inked
    return found


def tile(sheet: Sheet, small: NDArray[np.uint8], column: int, row: int) -> NDArray[np.uint8]:
    """One tile of a level.

    Args:
        sheet: the layout.
        small: the images in file order, from `shrunk`: shape `(n, level, level)`.
        column: of the tile, from 0.
        row: of the tile, from 0.

    Returns:
        uint8 of shape `(252, 252)`, less at the right and lower edges; empty places are 0.

    Raises:
        ValueError: there is no such tile.
    """
    level = small.shape[1]
    places = places_of(sheet, level, column, row)
    there = places < len(sheet.elements)
    elements = sheet.elements[np.where(there, places, 0)]
    found = small[elements] * there[..., np.newaxis, np.newaxis].astype(np.uint8)
    down, across = places.shape
    return found.swapaxes(1, 2).reshape(down * level, across * level)


def places_of(sheet: Sheet, level: int, column: int, row: int) -> NDArray[np.int64]:
    """The places in a tile, shape `(rows, columns)`; those beyond the last element are empty.

    Raises:
        ValueError: there is no such tile.
    """
    across, down = sheet.tiles(level)
    if not (0 <= column < across and 0 <= row < down):
        raise ValueError(f"There is no tile {column}, {row} at this size.")
    per_tile = TILE // level
    columns = np.arange(column * per_tile, min((column + 1) * per_tile, sheet.columns))
    rows = np.arange(row * per_tile, min((row + 1) * per_tile, sheet.rows))
    places: NDArray[np.int64] = rows[:, np.newaxis] * sheet.columns + columns
    return places


def whole_png(sheet: Sheet, images: NDArray[np.uint8]) -> bytes:
    """The whole sheet at 28 pixels to a digit, black ink on white paper, as a PNG.

    Written a row of digits at a time: 60,000 images at once would take 47 MB several times over.

    Args:
        sheet: the layout.
        images: uint8 of shape `(n, 28, 28)`, in file order.
    """
    width, height = sheet.columns * SIDE, sheet.rows * SIDE
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(2)
    packed = b"".join([*(packer.compress(band) for band in _bands(sheet, images)), packer.flush()])
    parts = [(b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _bands(sheet: Sheet, images: NDArray[np.uint8]) -> Iterator[bytes]:
    """Each row of digits as lines of a PNG: a 0 for "no filter", then the pixels."""
    for row in range(sheet.rows):
        elements = sheet.elements[row * sheet.columns : (row + 1) * sheet.columns]
        lines = np.full((SIDE, 1 + sheet.columns * SIDE), 255, np.uint8)
        lines[:, 0] = 0
        ink = images[elements].swapaxes(0, 1).reshape(SIDE, -1)
        lines[:, 1 : 1 + ink.shape[1]] = 255 - ink
        yield lines.tobytes()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
