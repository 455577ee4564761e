"""Ways of writing that MNIST hardly knows, drawn onto its digits' centre lines.

Bars through 7s, flags and feet on 1s, 4s whose stem is short, open loops, hooked and straight tails
on 9s, bars through 0s, and small gaps where the pen lost touch: each with some chance, in sizes at
random.
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.centre_lines import SPACING
from mnist_core.data.dataset import SIDE

Random = np.random.Generator
Points = NDArray[np.float32]
Mask = NDArray[np.bool_]

# A stroke has at most so many points.
_DOTS = 24
_GAP_CHANCE = 0.06


def add(
    points: Points, real: Mask, labels: NDArray[np.uint8], random: Random
) -> tuple[Points, Mask]:
    """Draw styles onto some of the digits.

    Args:
        points: centre lines, float32 `(n, m, 2)`.
        real: bool `(n, m)`, which of them are points.
        labels: of the digits, `(n,)`.
        random: where chances and sizes come from.

    Returns:
        The same with more points, and fewer where there is a gap now.
    """
    real = _with_gaps(points, real, random)
    fours = np.flatnonzero((labels == 4) & _chance(0.3, labels, random))
    real[fours] = _with_short_stem(points[fours], real[fours], random)
    nines = np.flatnonzero((labels == 9) & _chance(0.08, labels, random))
    real[nines] = _with_open_loop(points[nines], real[nines], random)
    added = [
        _flag(points, real, random, (labels == 1) & _chance(0.85, labels, random)),
        _foot(points, real, random, (labels == 1) & _chance(0.4, labels, random)),
        _bar(points, real, random, (labels == 7) & _chance(0.5, labels, random)),
        _serif(points, real, random, (labels == 7) & _chance(0.25, labels, random)),
        _tail(points, real, random, (labels == 9) & _chance(0.6, labels, random)),
        _hook(points, real, random, (labels == 1) & _chance(0.1, labels, random)),
        _slash(points, real, random, (labels == 0) & _chance(0.04, labels, random)),
    ]
    strokes, drawn = zip(*added, strict=True)
    return _closed_up(np.concatenate([points, *strokes], 1), np.concatenate([real, *drawn], 1))


def _closed_up(points: Points, real: Mask) -> tuple[Points, Mask]:
    """The real points first, and no more of the others than some digit needs."""
    order = np.argsort(~real, axis=1, kind="stable")[:, : real.sum(axis=1).max()]
    return np.take_along_axis(points, order[..., None], 1), np.take_along_axis(real, order, 1)


def _chance(share: float, labels: NDArray[np.uint8], random: Random) -> Mask:
    chosen: Mask = random.random(len(labels)) < share
    return chosen


def _with_gaps(points: Points, real: Mask, random: Random) -> Mask:
    """Lift the pen for a pixel or two somewhere along some of the lines."""
    count = len(points)
    middle = points[np.arange(count), random.integers(0, real.sum(axis=1))][:, None]
    size = random.uniform(0.5, 1.6, (count, 1)) * (random.random((count, 1)) < _GAP_CHANCE)
    return real & (_apart(points, middle) >= size)


def _with_open_loop(points: Points, real: Mask, random: Random) -> Mask:
    """Leave out a piece of 9s at the upper right, where the loop should close."""
    corner = _end(points, real, (1, -1))[:, None]
    size = random.uniform(0.08, 0.17, (len(points), 1)) * _height(points, real)[:, None]
    return real & (_apart(points, corner) >= size)


def _with_short_stem(points: Points, real: Mask, random: Random) -> Mask:
    """Take the upper part of the right-hand stroke from 4s, down to a little above the bar."""
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
    """The point of each digit that lies farthest in a direction: `(n, 2)`."""
    far = np.where(real, points @ np.array(direction, np.float32), -np.inf)
    end: Points = points[np.arange(len(points)), far.argmax(axis=1)]
    return end


def _height(points: Points, real: Mask) -> NDArray[np.float32]:
    y = points[..., 1]
    high: NDArray[np.float32] = np.where(real, y, -np.inf).max(axis=1)
    height: NDArray[np.float32] = high - np.where(real, y, np.inf).min(axis=1)
    return height


def _apart(points: Points, other: Points) -> NDArray[np.float32]:
    distance: NDArray[np.float32] = np.hypot(*(points - other).transpose(2, 0, 1))
    return distance


def _stroke(*corners: NDArray[np.floating]) -> Points:
    """Dots along a curve: two corners give a line, three an arch that leans to the middle one."""
    t = np.linspace(0, 1, _DOTS)[:, None]
    first, *between, last = (corner[:, None] for corner in corners)
    if not between:
        return (first + (last - first) * t).astype(np.float32)
    return ((1 - t) ** 2 * first + 2 * t * (1 - t) * between[0] + t**2 * last).astype(np.float32)


def _drawn(stroke: Points, where: Mask) -> tuple[Points, Mask]:
    """The strokes of some digits, their points about as far apart as a centre line's."""
    steps = np.hypot(*np.diff(stroke, axis=1, prepend=stroke[:, :1]).transpose(2, 0, 1))
    marks = np.floor(steps.cumsum(axis=1) / SPACING)
    return stroke, where[:, None] & (np.diff(marks, axis=1, prepend=-1) > 0)


def _flag(points: Points, real: Mask, random: Random, where: Mask) -> tuple[Points, Mask]:
    """The upstroke of a 1: from its top down to the left."""
    top, height = _end(points, real, (0, -1)), _height(points, real)
    down = random.uniform(0.12, 0.8, len(points)) * height
    # Any flatter, and it is the roof of a 7.
    left = random.uniform(0.2, 1.1, len(points)) * down
    return _drawn(_stroke(top, top + np.stack([-left, down], axis=1)), where)


def _foot(points: Points, real: Mask, random: Random, where: Mask) -> tuple[Points, Mask]:
    """The line a 1 stands on."""
    bottom, height = _end(points, real, (0, 1)), _height(points, real)
    left, right = random.uniform(0.02, 0.48, (2, len(points))) * height
    tilt = random.normal(0, 0.03, len(points)) * height
    return _drawn(
        _stroke(bottom - np.stack([left, tilt], axis=1), bottom + np.stack([right, tilt], axis=1)),
        where,
    )


def _bar(points: Points, real: Mask, random: Random, where: Mask) -> tuple[Points, Mask]:
    """The bar through the stem of a 7."""
    bottom, height = _end(points, real, (0, 1)), _height(points, real)
    level = bottom[:, 1] - random.uniform(0.3, 0.62, len(points)) * height
    # The stem is what is rightmost at that level.
    near = real & (np.abs(points[..., 1] - level[:, None]) < 1.0)
    x = np.where(near, points[..., 0], -np.inf).max(axis=1)
    where = where & np.isfinite(x)
    middle = np.stack([np.where(where, x, 0), level], axis=1)
    left, right = random.uniform(0.12, 0.55, (2, len(points))) * height
    tilt = random.normal(0.02, 0.06, len(points)) * height
    return _drawn(
        _stroke(middle + np.stack([-left, tilt], axis=1), middle + np.stack([right, -tilt], 1)),
        where,
    )


def _serif(points: Points, real: Mask, random: Random, where: Mask) -> tuple[Points, Mask]:
    """The little downstroke at the left end of a 7's roof."""
    left = _end(points, real, (-1, -1))
    size = random.uniform(0.08, 0.28, len(points)) * _height(points, real)
    lean = random.normal(-0.1, 0.25, len(points)) * size
    return _drawn(_stroke(left, left + np.stack([lean, size], axis=1)), where)


def _tail(points: Points, real: Mask, random: Random, where: Mask) -> tuple[Points, Mask]:
    """A longer tail for a 9: hooked to the left, or straight on with a foot to the right."""
    bottom, height = _end(points, real, (0, 1)), _height(points, real)
    across = random.uniform(0.2, 0.75, len(points)) * height
    to_the_right = random.random(len(points)) < 0.15
    across = np.where(to_the_right, 0.4 * across, -across)
    sag = random.uniform(0.0, 0.3, len(points)) * height
    rise = random.uniform(-0.25, 0.05, len(points)) * height
    corner = bottom + np.stack([0.2 * across, sag], axis=1)
    return _drawn(_stroke(bottom, corner, bottom + np.stack([across, sag + rise], axis=1)), where)


def _hook(points: Points, real: Mask, random: Random, where: Mask) -> tuple[Points, Mask]:
    """The turn to the left in which some end a 1."""
    bottom, height = _end(points, real, (0, 1)), _height(points, real)
    across = random.uniform(0.1, 0.4, len(points)) * height
    sag = random.uniform(0.0, 0.15, len(points)) * height
    corner = bottom + np.stack([0 * across, sag], axis=1)
    return _drawn(_stroke(bottom, corner, bottom + np.stack([-across, sag], axis=1)), where)


def _slash(points: Points, real: Mask, random: Random, where: Mask) -> tuple[Points, Mask]:
    """The bar through a 0 by which some tell it from the letter."""
    corners = _end(points, real, (-1, 1)), _end(points, real, (1, -1))
    beyond = random.uniform(0.0, 0.15, (len(points), 1)) * (corners[1] - corners[0])
    return _drawn(_stroke(corners[0] - beyond, corners[1] + beyond), where)
