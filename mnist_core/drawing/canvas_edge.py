"""The part of a pen's way that can be seen: ink beyond the edge of the canvas is no ink.

A browser records where a mouse or a finger goes after it has left the canvas. Nobody sees that, so
no network may read it. `ui/widgets/live_reader/canvas_edge.js` does the same in the browser.
"""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float64]
"""The path of the middle of the pen: `(n, 2)`, x, and y downwards."""


def cut(strokes: Sequence[Stroke], brush: float, side: float) -> list[Stroke]:
    """Cut strokes at the edge of the canvas.

    Args:
        strokes: each `(n, 2)` with at least one point, in pixels of the canvas.
        brush: the width of the pen. While its middle is less than half of that beyond the edge,
            some of its ink is seen: there it counts as on the edge.
        side: of the square canvas.

    Returns:
        What is left, in the same order, every point in 0..`side`: several strokes of one that
        comes back, none of one that is never seen.
    """
    reach = brush / 2
    found: list[Stroke] = []
    for stroke in strokes:
        if stroke.min() >= -reach and stroke.max() <= side + reach:
            found.append(stroke)
        else:
            found += _pieces(stroke, -reach, side + reach)
    return [stroke.clip(0, side) for stroke in found]


def _pieces(stroke: Stroke, low: float, high: float) -> list[Stroke]:
    """The parts of a stroke within a square from `low` to `high` on both axes."""
    pieces: list[list[NDArray[np.float64]]] = []
    end = None
    for start, stop in itertools.pairwise(stroke):
        part = _within(start, stop, low, high)
        if part is None:
            end = None
            continue
        first, last = part
        if end is None or not np.array_equal(end, first):
            pieces.append([first])
        pieces[-1].append(last)
        end = last
    return [np.array(piece) for piece in pieces]


def _within(
    start: NDArray[np.float64], stop: NDArray[np.float64], low: float, high: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The part of a straight line within the square (Liang and Barsky, 1984), or None."""
    way = stop - start
    begin, end = 0.0, 1.0
    for position, step in zip(start.tolist(), way.tolist(), strict=True):
        if step == 0:
            if not low <= position <= high:
                return None
            continue
        near, far = sorted(((low - position) / step, (high - position) / step))
        begin, end = max(begin, near), min(end, far)
    if begin > end:
        return None
    first = start if begin == 0 else start + begin * way
    last = stop if end == 1 else start + end * way
    return first, last
