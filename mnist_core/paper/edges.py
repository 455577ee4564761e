"""Where exactly the sides of a dark square run, and how sharp they are."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.paper import perspective
from mnist_core.paper.perspective import Points

# Places along a side that are looked at, and steps across it, as parts of its length.
_PLACES = np.linspace(0.1, 0.9, 17)
_REACH = np.linspace(-0.11, 0.11, 45)
# A side is not moved by fewer places than this.
_FEWEST = 6


def fitted_corners(grey: NDArray[np.float32], corners: Points) -> tuple[Points, float]:
    """Fit a line to each side of a dark quadrilateral.

    Args:
        grey: float32 `(H, W)`.
        corners: float64 `(4, 2)`, clockwise, to within a tenth of a side.

    Returns:
        The corners where the lines cross, and how many pixels an edge takes from black to white.
    """
    lines, widths = [], []
    for one, other in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        line, width = _side(grey, one, other)
        lines.append(line)
        widths.append(width)
    crossed = np.stack([_crossing(lines[i - 1], lines[i]) for i in range(4)])
    sides = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
    is_near = np.hypot(*(crossed - corners).T) < 0.2 * sides.mean()
    return np.where(is_near[:, None], crossed, corners), float(np.median(widths))


def _side(
    grey: NDArray[np.float32], one: Points, other: Points
) -> tuple[tuple[Points, Points], float]:
    """A point and a direction of the line that fits one side, and its edge's width in pixels."""
    along = other - one
    length = float(np.hypot(*along))
    # Clockwise as y grows downwards, outside is on the left.
    outwards = np.array([along[1], -along[0]])
    at = one + _PLACES[:, None, None] * along + _REACH[:, None] * outwards
    rising = np.diff(perspective.sampled(grey, at), axis=1)
    smooth = rising[:, :-2] + rising[:, 1:-1] + rising[:, 2:]
    steps = (_REACH[1:] + _REACH[:-1])[1:-1] / 2
    best = smooth.argmax(axis=1)
    # The centre of the edge, from the slope around its steepest place.
    near = np.exp(-(((steps[None] - steps[best][:, None]) / 0.03) ** 2)) * smooth.clip(0)
    places = (near * steps).sum(axis=1) / np.maximum(near.sum(axis=1), 1e-6)
    step = float(_REACH[1] - _REACH[0]) * length
    contrast = np.ptp(perspective.sampled(grey, at), axis=1)
    width = float(np.median(3 * step * contrast / np.maximum(smooth.max(axis=1), 1e-3)))
    slope, start = _robust_line(_PLACES, places)
    return (one + start * outwards, along + slope * outwards), width


def _robust_line(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and start of the line through most points; what lies far from it does not count."""
    kept = np.ones(len(x), bool)
    slope, start = 0.0, float(np.median(y))
    for _ in range(4):
        away = np.abs(y - slope * x - start)
        kept = away <= max(2.5 * float(np.median(away)), 0.006)
        if kept.sum() < _FEWEST:
            break
        slope, start = (float(one) for one in np.polyfit(x[kept], y[kept], 1))
    return slope, start


def _crossing(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points:
    (p, u), (q, v) = one, other
    across = u[0] * v[1] - u[1] * v[0]
    if abs(across) < 1e-9:
        return q
    step = ((q - p)[0] * v[1] - (q - p)[1] * v[0]) / across
    crossing: Points = p + step * u
    return crossing
