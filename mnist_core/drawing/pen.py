"""Strokes of a pen, drawn again as thick as MNIST's digits are.

On a canvas the brush stays as it is whether the digit is small or large, so a small digit comes
out fat and a large one thin. The strokes know better: where the middle of the pen went is the same
for every brush, and the loops of a small 8 are still open.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.drawing import stray_dots

Stroke = NDArray[np.float64]
"""Where the middle of the pen went: `(n, 2)`, x and y, y growing downwards; one point is a dot."""

BOX = 240
"""The longer side of what is drawn: twelve pixels for each of MNIST's twenty."""

# Of MNIST's twenty pixels. Of 1.8 to 3.6, the one that gives training digits their ink back when
# their centre lines are drawn again, and at which networks read those best.
THICKNESS = 2.4
# The middle of the pen moves at least so many brushes across a digit; a tap stays a dot.
_SMALLEST = 1.5
_MARGIN = 2
# Points closer than this to the last one change nothing that can be seen.
_SPACING = 2.0


def redraw(
    strokes: Sequence[Stroke], brush: float, thickness: float = THICKNESS
) -> NDArray[np.uint8]:
    """Draw strokes again, with another pen.

    Args:
        strokes: what was drawn, in any unit.
        brush: how thick it was drawn, in the same unit.
        thickness: how thick to draw it, in twentieths of the longer side.

    Returns:
        uint8 `(244, 244)`, light ink on dark; the longer side of the ink is 240 pixels. Small dots
        far from the rest are left out.

    Raises:
        ValueError: no stroke, one without points, or numbers that are none.
    """
    checked = [_checked(stroke) for stroke in strokes]
    if not checked or not brush > 0:
        raise ValueError("There is nothing to draw again: no stroke, or a brush without width.")
    kept = without_dots(checked, brush)
    corner, extent = _extent(kept)
    pen = thickness / 20 * BOX
    scale = (BOX - pen) / max(extent.max(), _SMALLEST * brush)
    start = (BOX - scale * extent) / 2 + _MARGIN
    moved = [(stroke - corner) * scale + start for stroke in kept]
    return _drawn(moved, pen, BOX + 2 * _MARGIN)


def without_dots(strokes: Sequence[Stroke], brush: float) -> list[Stroke]:
    """The strokes that are not small dots far from the rest; see `stray_dots.find`."""
    drawn, places = sketch(strokes, brush, stray_dots.GRID)
    dots = stray_dots.find(drawn)
    return [stroke for stroke, (x, y) in zip(strokes, places, strict=True) if not dots[y, x]]


def sketch(
    strokes: Sequence[Stroke], brush: float, side: int = 160
) -> tuple[NDArray[np.bool_], list[tuple[int, int]]]:
    """Draw strokes small, as thick as they are, to see which of them touch.

    Args:
        strokes: at least one.
        brush: how thick they are, in the same unit.
        side: how many pixels the longer side of the ink becomes.

    Returns:
        Where there is ink, bool `(side, side)`; and for each stroke a pixel of it, column and row.
    """
    corner, extent = _extent(strokes)
    scale = (side - 1) / (extent.max() + brush)
    moved = [(stroke - corner + brush / 2) * scale for stroke in strokes]
    places = [(int(stroke[0, 0]), int(stroke[0, 1])) for stroke in moved]
    drawn = _drawn(moved, max(1.0, brush * scale), side) > 0
    for x, y in places:
        drawn[y, x] = True
    return drawn, places


def painted(strokes: Sequence[Stroke], brush: float, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where strokes leave ink on a canvas of this shape, bool `(H, W)`."""
    height, width = shape
    return _drawn(strokes, brush, max(shape))[:height, :width] > 0


def _checked(stroke: Stroke) -> Stroke:
    points = np.asarray(stroke, np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points) or not np.isfinite(points).all():
        raise ValueError("A stroke is a list of points, each with two finite numbers, x and y.")
    return points


def _extent(strokes: Sequence[Stroke]) -> tuple[Stroke, Stroke]:
    """The upper left corner of all points, and how far they reach from there: `(2,)` each."""
    points = np.concatenate(strokes)
    corner: Stroke = points.min(axis=0)
    return corner, points.max(axis=0) - corner


def _drawn(strokes: Sequence[Stroke], width: float, side: int) -> NDArray[np.uint8]:
    """Draw with a round pen, without soft edges: uint8 `(side, side)`, 0 or 255."""
    picture = Image.new("L", (side, side))
    pen = ImageDraw.Draw(picture)
    radius = width / 2
    for stroke in strokes:
        path = _thinned(stroke)
        if len(path) > 1:
            pen.line(path, fill=255, width=round(width))
        for x, y in path:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(picture)


def _thinned(stroke: Stroke) -> list[tuple[float, float]]:
    """The points of a stroke, less those that lie all but on the one before."""
    path = [(float(stroke[0, 0]), float(stroke[0, 1]))]
    for x, y in stroke[1:].tolist():
        if abs(x - path[-1][0]) + abs(y - path[-1][1]) >= _SPACING:
            path.append((x, y))
    path.append((float(stroke[-1, 0]), float(stroke[-1, 1])))
    return path
