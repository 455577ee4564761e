"""Where everything is on a sheet, in millimetres from the outer corner of its first mark.

The part that is read is the same on A4 and on Letter, so a reader need not know the paper: four
square marks at its corners, and between them four rows of five boxes. Positions count row by row,
the first ten being round 1 of Score my handwriting and the others round 2.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES
from mnist_core.handwriting.score import ROUNDS, SHEET_SIZE
from mnist_core.language.translation import to_translate

FORMAT: Final = 1
"""Marks with other patterns would be another format, which a reader of this one does not see."""

PROMPTS: Final = tuple(range(CLASSES)) * ROUNDS
"""The digit to be written into each box, by position."""

WIDTH, HEIGHT = 186.0, 254.0
"""Of the part that is read, from the outer edge of one mark to that of another."""

PAPERS: Final = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height of the paper."""

MARK: Final = 18.0
"""The side of a mark: six modules, of which the outermost are black."""

MODULES: Final = 6
CORNERS: Final = (
    to_translate("top left"),
    to_translate("top right"),
    to_translate("bottom right"),
    to_translate("bottom left"),
)

# Black is 1. However two of them, or one and itself, are turned or mirrored, they differ in at
# least six of sixteen modules (all 65,536 patterns were tried).
_PATTERNS = (
    ("0100", "1011", "1001", "1011"),
    ("1000", "0000", "0111", "1110"),
    ("0111", "0110", "0011", "0110"),
    ("1100", "1010", "1110", "1010"),
)

COLUMNS, ROWS = 5, SHEET_SIZE // 5
BOX_WIDTH, BOX_HEIGHT = 32.0, 41.0
LINE: Final = 0.5
"""How thick the boxes' frames are."""

LABEL_HEIGHT, LABEL_ABOVE = 4.0, 3.0
"""The digit printed above a box: its height, and how far it ends above the frame."""

_FIRST_TOP, _ROW_PITCH = 29.0, 53.5


def mark_modules(corner: int) -> NDArray[np.float32]:
    """The modules of a corner's mark, row by row: float32 `(6, 6)`, 1 where it is black."""
    modules = np.ones((MODULES, MODULES), np.float32)
    modules[1:-1, 1:-1] = [[float(bit) for bit in row] for row in _PATTERNS[corner]]
    return modules


def mark_corners(corner: int) -> NDArray[np.float64]:
    """The corners of a mark, clockwise from its top left: float64 `(4, 2)`, x and y."""
    left = WIDTH - MARK if corner in (1, 2) else 0.0
    top = HEIGHT - MARK if corner in (2, 3) else 0.0
    return rectangle(left, top, MARK, MARK)


def box_corners(position: int) -> NDArray[np.float64]:
    """The middle of a box's frame at its corners, clockwise from the top left: float64 `(4, 2)`."""
    row, column = divmod(position, COLUMNS)
    pitch = (WIDTH - BOX_WIDTH) / (COLUMNS - 1)
    return rectangle(column * pitch, _FIRST_TOP + row * _ROW_PITCH, BOX_WIDTH, BOX_HEIGHT)


def rectangle(left: float, top: float, width: float, height: float) -> NDArray[np.float64]:
    """The corners of an upright rectangle, clockwise from the top left: float64 `(4, 2)`."""
    unit = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float64)
    return unit * (width, height) + (left, top)
