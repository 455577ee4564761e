"""Strokes of real hands and of models of writing, varied and drawn as MNIST's digits are.

What is varied is the path, not the picture: slant, turn, proportions and long bends; where a
stroke begins and ends; how round its corners are; whether the pen was lifted between two strokes.
Most are drawn with the pen that the page redraws strokes with, the others with any, because
photos and pictures have any.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.centre_lines import SPACING
from mnist_core.data.dataset import BOX, SIDE
from mnist_core.drawing import pen
from mnist_core.training import augmentation

Random = np.random.Generator
Stroke = NDArray[np.float64]

# What share is drawn with another pen, and how much its width varies.
_OTHER_PEN = 0.4
_WIDTH_SPREAD = 0.28
_WIDTHS = (1.3, 4.6)
_JOINED = 0.06
# A hasty hand and a careful one, in points on the curve of a stroke.
_HASTY, _CAREFUL = 14, 60
# A dot needs as many points as a short stroke, or it is too faint to see.
_FEWEST = 3
_CHUNK = 500


def draw_all(
    drawings: Sequence[Sequence[Stroke]], random: Random, strength: float = 1.0
) -> NDArray[np.uint8]:
    """Draw strokes in a way that the same hands might have drawn them another time.

    Args:
        drawings: the strokes of each, `(n, 2)`, of any size, y downwards.
        random: the source of randomness.
        strength: how far from the original; 1 as MNIST's digits are varied when redrawn; 0 not.

    Returns:
        uint8 `(len(drawings), 28, 28)`, laid out as in MNIST.
    """
    chunks = (drawings[start : start + _CHUNK] for start in range(0, len(drawings), _CHUNK))
    return np.concatenate([_draw_chunk(chunk, random, strength) for chunk in chunks])


def _draw_chunk(
    drawings: Sequence[Sequence[Stroke]], random: Random, strength: float
) -> NDArray[np.uint8]:
    lines = [_line(strokes, random, strength) for strokes in drawings]
    longest = max(map(len, lines))
    points = np.stack([np.resize(line, (longest, 2)) for line in lines]).astype(np.float32)
    real = np.arange(longest) < np.array([len(line) for line in lines])[:, None]
    if strength:
        points = augmentation.random_affine(points, random, strength)
        points = augmentation.random_warp(points, random, strength)
    width = augmentation.random_pen_widths(len(lines), random, _WIDTH_SPREAD, _WIDTHS)
    usual = random.random(len(lines)) >= _OTHER_PEN
    return augmentation.render(points, real, np.where(usual, np.float32(pen.THICKNESS), width))


def _line(strokes: Sequence[Stroke], random: Random, strength: float) -> Stroke:
    """The points of all strokes about `SPACING` apart, in a box as large as MNIST's."""
    points = np.concatenate(strokes)
    extent = np.ptp(points, axis=0)
    scale = BOX / max(extent.max(), 1e-6)
    shift = SIDE / 2 - (points.min(axis=0) + extent / 2) * scale
    paths = [stroke * scale + shift for stroke in strokes]
    if strength:
        paths = _joined([_ends(_hand(path, random), random) for path in paths], random)
        # Strokes land a little beside where they were aimed.
        paths = [path + random.normal(0, 0.25 * strength, 2) for path in paths]
    return np.concatenate([_even(path, SPACING) for path in paths])


def _even(path: Stroke, spacing: float, fewest: int = _FEWEST) -> Stroke:
    """Points on a path, about so far apart."""
    far = np.append(0.0, np.hypot(*np.diff(path, axis=0).T).cumsum())
    places = np.linspace(0, far[-1], max(fewest, round(far[-1] / spacing) + 1))
    return np.stack([np.interp(places, far, path[:, axis]) for axis in (0, 1)], axis=1)


def _hand(path: Stroke, random: Random) -> Stroke:
    """The stroke by a hastier or a more careful hand: fewer corners, or all of them."""
    if len(path) < 3:
        return path
    steps = int(random.integers(_HASTY, _CAREFUL))
    length = float(np.hypot(*np.diff(path, axis=0).T).sum())
    # The number of points for a stroke twice as long as the box.
    drawn = _even(path, 2 * BOX / steps, 4) if length > 2 else path
    for _ in range(int(random.integers(0, 3))):
        drawn = np.concatenate([drawn[:1], (drawn[1:] + drawn[:-1]) / 2, drawn[-1:]])
    return drawn


def _ends(path: Stroke, random: Random) -> Stroke:
    """A stroke that begins and ends a little earlier or later."""
    if len(path) < 6:
        return path
    length = np.hypot(*np.diff(path, axis=0).T).sum()
    for change in random.normal(0, 0.03, 2):
        path = path[::-1]
        if change < 0:
            path = path[: max(5, round(len(path) * (1 + change)))]
        else:
            ahead = path[-1] - path[-3]
            ahead = ahead / max(float(np.hypot(*ahead)), 1e-6)
            path = np.concatenate([path, path[-1:] + ahead * change * length])
    return path


def _joined(paths: list[Stroke], random: Random) -> list[Stroke]:
    """Strokes some of which the pen draws without being lifted, with a bow between them."""
    found = paths[:1]
    for path in paths[1:]:
        if random.random() >= _JOINED:
            found.append(path)
            continue
        start, end = found[-1][-1], path[0]
        bow = (start + end) / 2 + random.normal(0, 0.12, 2) * np.hypot(*(end - start))
        t = np.linspace(0, 1, 8)[:, None]
        between = (1 - t) ** 2 * start + 2 * t * (1 - t) * bow + t**2 * end
        found[-1] = np.concatenate([found[-1], between, path])
    return found
