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
from mnist_core.paper import corner_marks

PROMPTS: Final = tuple(range(CLASSES)) * ROUNDS
"""The digit to be written into each box, by position."""

WIDTH, HEIGHT = 186.0, 254.0
"""Of the part that is read, from the outer edge of one mark to that of another."""

PAPERS: Final = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height of the paper."""

COLUMNS, ROWS = 5, SHEET_SIZE // 5
BOX_WIDTH, BOX_HEIGHT = 32.0, 41.0
LINE: Final = 0.5
"""How thick the boxes' frames are."""

LABEL_HEIGHT, LABEL_ABOVE = 4.0, 3.0
"""The digit printed above a box: its height, and how far it ends above the frame."""

_FIRST_TOP, _ROW_PITCH = 29.0, 53.5


def mark_corners(corner: int) -> NDArray[np.float64]:
    """The corners of a mark, clockwise from its top left: float64 `(4, 2)`, x and y."""
    left = WIDTH - corner_marks.SIDE if corner in (1, 2) else 0.0
    top = HEIGHT - corner_marks.SIDE if corner in (2, 3) else 0.0
    return rectangle(left, top, corner_marks.SIDE, corner_marks.SIDE)


def box_corners(position: int) -> NDArray[np.float64]:
    """The middle of a box's frame at its corners, clockwise from the top left: float64 `(4, 2)`."""
    row, column = divmod(position, COLUMNS)
    pitch = (WIDTH - BOX_WIDTH) / (COLUMNS - 1)
    return rectangle(column * pitch, _FIRST_TOP + row * _ROW_PITCH, BOX_WIDTH, BOX_HEIGHT)


def rectangle(left: float, top: float, width: float, height: float) -> NDArray[np.float64]:
    """The corners of an upright rectangle, clockwise from the top left: float64 `(4, 2)`."""
    unit = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float64)
    return unit * (width, height) + (left, top)
