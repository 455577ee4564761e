"""Ways of writing that are rare in MNIST, drawn onto its digits' centre lines.

Bars through 7s, flags and feet on 1s, short stems of 4s, open loops and hooked or straight tails of
9s, slashes through 0s, and small gaps: each with some probability and of random size.
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.centre_lines import SPACING
from mnist_core.data.dataset import SIDE

Random = np.random.Generator
Points = NDArray[np.float32]
Mask = NDArray[np.bool_]

# The most points of an added stroke.
_STROKE_POINTS = 24
_GAP_CHANCE = 0.06


def add(
    points: Points, real: Mask, labels: NDArray[np.uint8], random: Random
) -> tuple[Points, Mask]:
    """Draw styles onto some of the digits.

    Args:
        points: centre lines, float32 `(n, m, 2)`.
        real: bool `(n, m)`, which of them are points and not padding.
        labels: of the digits, uint8 `(n,)`.
        random: the source of randomness.

    Returns:
        Points and `real` of the changed digits, with another `m`.
    """
    real = _with_gaps(points, real, random)
    fours = np.flatnonzero((labels == 4) & _chance(0.3, labels, random))
    real[fours] = _with_short_stem(points[fours], real[fours], random)
    nines = np.flatnonzero((labels == 9) & _chance(0.08, labels, random))
    real[nines] = _with_open_loop(points[nines], real[nines], random)
    strokes, drawn = [points], [real]
    for digit, probability, style in _STYLES:
        where = (labels == digit) & _chance(probability, labels, random)
        stroke = style(points, real, random)
        strokes.append(np.nan_to_num(stroke))
        drawn.append(where[:, None] & _spaced(stroke))
    points, real = np.concatenate(strokes, 1), np.concatenate(drawn, 1)
    # The real points first, and no more padding than needed.
    order = np.argsort(~real, axis=1, kind="stable")[:, : real.sum(axis=1).max()]
    return np.take_along_axis(points, order[..., None], 1), np.take_along_axis(real, order, 1)


def bars(points: Points, real: Mask, random: Random) -> tuple[Points, Mask]:
    """The bar through the stem of each 7: its points `(n, m, 2)`, and which of them to draw."""
    stroke = _bar(points, real, random)
    return np.nan_to_num(stroke).astype(np.float32), _spaced(stroke)


def _chance(probability: float, labels: NDArray[np.uint8], random: Random) -> Mask:
    return random.random(len(labels)) < probability


def _with_gaps(points: Points, real: Mask, random: Random) -> Mask:
    """Leave a gap of a pixel or two somewhere along some of the lines."""
    count = len(points)
    middle = points[np.arange(count), random.integers(0, real.sum(axis=1))][:, None]
    size = random.uniform(0.5, 1.6, (count, 1)) * (random.random((count, 1)) < _GAP_CHANCE)
    return real & (_distance(points, middle) >= size)


def _with_open_loop(points: Points, real: Mask, random: Random) -> Mask:
    """Leave a gap in 9s at the upper right, where the loop should close."""
    corner = _end(points, real, (1, -1))[:, None]
    size = random.uniform(0.08, 0.17, (len(points), 1)) * _height(points, real)[:, None]
    return real & (_distance(points, corner) >= size)


def _with_short_stem(points: Points, real: Mask, random: Random) -> Mask:
    """Remove the upper part of the right-hand stroke of 4s, down to a little above the bar."""
    rows = np.rint(points[..., 1])[:, None] == np.arange(SIDE)[:, None]
    x = np.where(rows & real[:, None], points[:, None, :, 0], np.nan)
    left, right = np.fmin.reduce(x, axis=2), np.fmax.reduce(x, axis=2)
    height = _height(points, real)
    # The bar is the widest row of the lower three quarters.
    top = np.where(real, points[..., 1], np.inf).min(axis=1)
    low = np.arange(SIDE) > (top + 0.25 * height)[:, None]
    bar = np.where(low, np.nan_to_num(right - left, nan=-1.0), -1.0).argmax(axis=1)
    cut = bar - random.uniform(0.0, 0.3, len(points)) * height
    at = np.clip(np.rint(points[..., 1]), 0, SIDE - 1).astype(np.int64)
    middle, width = (
        np.take_along_axis(values, at, 1) for values in ((left + right) / 2, right - left)
    )
    stem = (points[..., 0] > middle) & (width > 3) & (points[..., 1] < cut[:, None])
    kept: Mask = real & ~stem
    return kept


def _end(points: Points, real: Mask, direction: tuple[float, float]) -> Points:
    """The point of each digit that is farthest in a direction: `(n, 2)`."""
    far = np.where(real, points @ np.array(direction, np.float32), -np.inf)
    end: Points = points[np.arange(len(points)), far.argmax(axis=1)]
    return end


def _height(points: Points, real: Mask) -> NDArray[np.float32]:
    y = points[..., 1]
    top, bottom = np.where(real, y, np.inf).min(axis=1), np.where(real, y, -np.inf).max(axis=1)
    height: NDArray[np.float32] = bottom - top
    return height


def _distance(points: Points, other: Points) -> NDArray[np.float32]:
    distance: NDArray[np.float32] = np.hypot(*(points - other).transpose(2, 0, 1))
    return distance


def _offset(x: NDArray[np.floating], y: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.stack([x, y], axis=1)


def _stroke(*corners: NDArray[np.floating]) -> Points:
    """Points along a curve: two corners give a line, three a quadratic Bézier curve."""
    t = np.linspace(0, 1, _STROKE_POINTS)[:, None]
    first, *between, last = (corner[:, None] for corner in corners)
    if not between:
        return (first + (last - first) * t).astype(np.float32)
    return ((1 - t) ** 2 * first + 2 * t * (1 - t) * between[0] + t**2 * last).astype(np.float32)


def _spaced(stroke: Points) -> Mask:
    """The points to keep so that they are about as far apart as a centre line's; none of NaNs."""
    steps = np.hypot(*np.diff(stroke, axis=1, prepend=stroke[:, :1]).transpose(2, 0, 1))
    marks = np.floor(steps.cumsum(axis=1) / SPACING)
    kept: Mask = np.diff(marks, axis=1, prepend=-1) > 0
    return kept


def _flag(points: Points, real: Mask, random: Random) -> Points:
    """The upstroke of a 1: from its top down to the left."""
    top, height = _end(points, real, (0, -1)), _height(points, real)
    down = random.uniform(0.12, 0.8, len(points)) * height
    # A flatter one would be the top of a 7.
    left = random.uniform(0.2, 1.1, len(points)) * down
    return _stroke(top, top + _offset(-left, down))


def _foot(points: Points, real: Mask, random: Random) -> Points:
    """The line under a 1."""
    bottom, height = _end(points, real, (0, 1)), _height(points, real)
    left, right = random.uniform(0.02, 0.48, (2, len(points))) * height
    tilt = random.normal(0, 0.03, len(points)) * height
    return _stroke(bottom - _offset(left, tilt), bottom + _offset(right, tilt))


def _bar(points: Points, real: Mask, random: Random) -> Points:
    """The bar through the stem of a 7; NaN where there is no stem."""
    bottom, height = _end(points, real, (0, 1)), _height(points, real)
    level = bottom[:, 1] - random.uniform(0.3, 0.62, len(points)) * height
    # The stem is the rightmost point at that level.
    near = real & (np.abs(points[..., 1] - level[:, None]) < 1.0)
    x = np.where(near, points[..., 0], -np.inf).max(axis=1)
    middle = _offset(np.where(np.isfinite(x), x, np.nan), level)
    left, right = random.uniform(0.12, 0.55, (2, len(points))) * height
    tilt = random.normal(0.02, 0.06, len(points)) * height
    return _stroke(middle + _offset(-left, tilt), middle + _offset(right, -tilt))


def _serif(points: Points, real: Mask, random: Random) -> Points:
    """The little downstroke at the left end of a 7's top."""
    left = _end(points, real, (-1, -1))
    size = random.uniform(0.08, 0.28, len(points)) * _height(points, real)
    lean = random.normal(-0.1, 0.25, len(points)) * size
    return _stroke(left, left + _offset(lean, size))


def _tail(points: Points, real: Mask, random: Random) -> Points:
    """A longer tail for a 9: hooked to the left, or straight on with a foot to the right."""
    bottom, height = _end(points, real, (0, 1)), _height(points, real)
    across = random.uniform(0.2, 0.75, len(points)) * height
    to_the_right = random.random(len(points)) < 0.15
    across = np.where(to_the_right, 0.4 * across, -across)
    sag = random.uniform(0.0, 0.3, len(points)) * height
    rise = random.uniform(-0.25, 0.05, len(points)) * height
    corner = bottom + _offset(0.2 * across, sag)
    return _stroke(bottom, corner, bottom + _offset(across, sag + rise))


def _hook(points: Points, real: Mask, random: Random) -> Points:
    """A turn to the left at the foot of a 1."""
    bottom, height = _end(points, real, (0, 1)), _height(points, real)
    across = random.uniform(0.1, 0.4, len(points)) * height
    sag = random.uniform(0.0, 0.15, len(points)) * height
    return _stroke(bottom, bottom + _offset(0 * across, sag), bottom + _offset(-across, sag))


def _slash(points: Points, real: Mask, random: Random) -> Points:
    """The slash through a 0 that tells it from the letter."""
    corners = _end(points, real, (-1, 1)), _end(points, real, (1, -1))
    beyond = random.uniform(0.0, 0.15, (len(points), 1)) * (corners[1] - corners[0])
    return _stroke(corners[0] - beyond, corners[1] + beyond)


_STYLES = (
    (1, 0.85, _flag),
    (1, 0.4, _foot),
    (7, 0.5, _bar),
    (7, 0.25, _serif),
    (9, 0.6, _tail),
    (1, 0.1, _hook),
    (0, 0.04, _slash),
)
"""Digit, probability and function of each added stroke."""
