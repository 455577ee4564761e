"""The part of a pen's way that can be seen: ink beyond the edge of the canvas is no ink.

A browser records where a mouse or a finger goes after it has left the canvas. Nobody sees that, so
no network may read it. `ui/widgets/live_reader/canvas_edge.js` does the same in the browser.
"""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# How far the way out may turn and still be straight, in radians.
_STRAIGHT = np.radians(30)

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


def without_run_out(strokes: Sequence[Stroke], brush: float, side: float) -> list[Stroke]:
    """Leave out the straight way on which the last stroke left the canvas.

    A hand that slips off the canvas leaves a line from the digit to the edge. Whether it is such a
    line, or the stem of a 7, only a look at both can tell.

    Args:
        strokes: as `cut` returns them.
        brush: as there.
        side: as there.

    Returns:
        The strokes, the last one shorter; [] if that does not end on the edge, or is all straight.
    """
    *others, last = strokes
    if not ((last[-1] <= 0) | (last[-1] >= side)).any():
        return []
    way = last[-1] - last
    # Its direction is that of the last half a brush; corners at the very end are none of it.
    far = np.flatnonzero(np.hypot(*way.T) >= brush / 2)
    if not far.size:
        return []
    steps = np.diff(last, axis=0)
    turns = _angles(steps) - _angles(way[far[-1]])
    is_straight = np.abs(np.angle(np.exp(1j * turns))) <= _STRAIGHT
    is_straight |= np.hypot(*steps.T) <= 1
    corners = np.flatnonzero(~is_straight)
    kept = int(corners[-1]) + 2 if corners.size else 0
    return [*others, last[:kept]] if 0 < kept < len(last) else []


def _angles(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.arctan2(steps[..., 1], steps[..., 0])


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
