"""Strokes of a pen, redrawn as thick as MNIST's digits.

On a canvas the brush stays the same whether the digit is small or large, so a small digit comes out
fat and a large one thin. The path of the pen is the same for every brush, and keeps the loops of a
small 8 open.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.drawing import dots

Stroke = NDArray[np.float64]
"""The path of the middle of the pen: `(n, 2)`, x, and y downwards; one point is a dot."""

BOX = 240
"""The longer side of a redrawn digit: twelve pixels for each of MNIST's twenty."""

# In pixels of MNIST. Of 1.8 to 3.6, the one that gives training digits their ink back when their
# centre lines are redrawn, and at which networks read those best.
THICKNESS = 2.4
# A digit is at least this many brushes large, so a tap stays a dot.
_SMALLEST = 1.5
_MARGIN = 2
# Points closer than this to the one before change nothing that can be seen.
_SPACING = 2.0
# Drawn this much larger, then reduced: soft edges, as on a browser's canvas.
_FINER = 2


def redraw(
    strokes: Sequence[Stroke], brush: float, thickness: float = THICKNESS
) -> NDArray[np.uint8]:
    """Redraw strokes with another pen, without stray dots.

    Args:
        strokes: what was drawn, in any unit.
        brush: the width of the pen, in the same unit.
        thickness: the width to redraw it with, in twentieths of the longer side.

    Returns:
        uint8 `(244, 244)`, light ink on dark; the longer side of the ink is 240 pixels.

    Raises:
        ValueError: there is no stroke, one is empty or not finite, or the brush has no width.
    """
    checked = [_checked(stroke) for stroke in strokes]
    if not checked or not brush > 0:
        raise ValueError("There is nothing to redraw: no stroke, or a brush without width.")
    kept = without_dots(checked, brush)
    corner, extent = _extent(kept)
    pen = thickness / 20 * BOX
    scale = (BOX - pen) / max(extent.max(), _SMALLEST * brush)
    start = (BOX - scale * extent) / 2 + _MARGIN
    moved = [(stroke - corner) * scale + start for stroke in kept]
    return _drawn(moved, pen, BOX + 2 * _MARGIN)


def without_dots(strokes: Sequence[Stroke], brush: float) -> list[Stroke]:
    """The strokes that are not stray dots; see `dots.find`."""
    drawn, starts = sketch(strokes, brush, dots.GRID)
    stray = dots.find(drawn)
    return [stroke for stroke, (x, y) in zip(strokes, starts, strict=True) if not stray[y, x]]


def sketch(
    strokes: Sequence[Stroke], brush: float, side: int = 160
) -> tuple[NDArray[np.bool_], list[tuple[int, int]]]:
    """Draw strokes with their width in `side` pixels, to see which of them touch.

    Returns:
        The inked pixels, bool `(side, side)`; and the first pixel of each stroke, column and row.
    """
    corner, extent = _extent(strokes)
    scale = (side - 1) / (extent.max() + brush)
    moved = [(stroke - corner + brush / 2) * scale for stroke in strokes]
    starts = [(int(stroke[0, 0]), int(stroke[0, 1])) for stroke in moved]
    drawn = _drawn(moved, max(1.0, brush * scale), side) > 0
    for x, y in starts:
        drawn[y, x] = True
    return drawn, starts


def painted(strokes: Sequence[Stroke], brush: float, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """The pixels of a canvas of this shape that strokes ink, bool `(H, W)`."""
    height, width = shape
    return _drawn(strokes, brush, max(shape))[:height, :width] > 0


def ink(strokes: Sequence[Stroke], brush: float, side: int) -> NDArray[np.uint8]:
    """What a canvas looks like after these strokes: uint8 `(side, side)`, light ink on dark."""
    finer = [stroke * _FINER for stroke in strokes]
    picture = Image.fromarray(_drawn(finer, brush * _FINER, side * _FINER))
    return np.asarray(picture.reduce(_FINER))


def _checked(stroke: Stroke) -> Stroke:
    points = np.asarray(stroke, np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points) or not np.isfinite(points).all():
        raise ValueError("A stroke is a list of points, each with two finite numbers, x and y.")
    return points


def _extent(strokes: Sequence[Stroke]) -> tuple[Stroke, Stroke]:
    """The upper left corner and the size of the box around all points: `(2,)` each."""
    points = np.concatenate(strokes)
    corner: Stroke = points.min(axis=0)
    return corner, points.max(axis=0) - corner


def _drawn(strokes: Sequence[Stroke], width: float, side: int) -> NDArray[np.uint8]:
    """Draw with a round pen and hard edges: uint8 `(side, side)`, 0 or 255."""
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
    """The points of a stroke without those that lie almost on the one before."""
    (first, *others) = points = list(map(tuple, stroke.tolist()))
    path = [first]
    for x, y in others:
        if abs(x - path[-1][0]) + abs(y - path[-1][1]) >= _SPACING:
            path.append((x, y))
    return [*path, points[-1]]
