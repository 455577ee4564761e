"""Signs of a pen that belong to no digit: a minus, a decimal point, a tap.

`dots` finds small pieces far from the digit, by its ink. A minus sign or a point stands close
to it: those are told by their strokes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.pen import Stroke

# As parts of the tallest stroke's height: how large a point may be, how long and how high a minus.
# No digit has a level bar that stands apart, level with its middle: 5 and 7 have it further up or
# under way to the rest.
_POINT = 0.12
_LONGEST = 0.9
_SHORTEST = 0.15
_FLAT = 0.25
_MIDDLE = (0.25, 0.75)


def without(strokes: Sequence[Stroke], brush: float) -> list[Stroke]:
    """The strokes that are no such signs; all of them where there is nothing else.

    Args:
        strokes: at least one, each `(n, 2)`: x, and y downwards.
        brush: their width in the same unit.
    """
    low, high = (np.array([end(one, axis=0) for one in strokes]) for end in (np.min, np.max))
    extent = high - low
    tall = float(extent[:, 1].max())
    is_point = extent.max(axis=1) <= _POINT * tall
    is_minus = (extent[:, 1] <= _FLAT * extent[:, 0]) & (extent[:, 0] <= _LONGEST * tall)
    is_minus &= extent[:, 0] >= _SHORTEST * tall
    body = ~is_point & ~is_minus
    if not body.any():
        return list(strokes)
    top, bottom = low[body, 1].min(), high[body, 1].max()
    level = ((low[:, 1] + high[:, 1]) / 2 - top) / max(float(bottom - top), 1e-9)
    is_minus &= (level > _MIDDLE[0]) & (level < _MIDDLE[1])
    rest = [one for one, is_body in zip(strokes, body, strict=True) if is_body]
    points = np.concatenate(rest)
    kept = []
    for number, stroke in enumerate(strokes):
        beside = is_minus[number] and _is_beside(low[number], high[number], rest, brush)
        apart = is_point[number] and _distance(stroke, points) > brush
        if not (beside or apart):
            kept.append(stroke)
    return kept


def _is_beside(
    low: NDArray[np.float64], high: NDArray[np.float64], rest: Sequence[Stroke], brush: float
) -> bool:
    """Whether every other stroke is to the left or to the right, with paper in between."""
    return all(
        one[:, 0].min() > high[0] + brush or one[:, 0].max() < low[0] - brush for one in rest
    )


def _distance(stroke: Stroke, points: NDArray[np.float64]) -> float:
    return float(np.hypot(*(stroke[:, np.newaxis] - points).T).min())
