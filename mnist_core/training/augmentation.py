"""Training images made anew for every epoch: the same digits, written by other hands.

MNIST holds thin and upright digits of a few hundred Americans. People who draw on a screen bar
their 7s, put a flag and a foot to their 1s, hook the tail of their 9s, and use a brush as wide as
they like. So three in four images are bent and slanted as they are, and one in four is drawn
again: from the digit's centre line, with such a style, as `drawing.to_mnist` would have prepared
them.

Everything works on many images at once. Points are `(x, y)` in pixels, y downwards, the middle of
the upper left pixel being (0, 0).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.transforms import sample_bilinear
from mnist_core.data.centre_lines import SPACING, CentreLines
from mnist_core.data.dataset import BOX, SIDE, Digits
from mnist_core.training import pen_styles

REDRAWN = 0.25
"""The share of images that are drawn again. With a half, held-out digits are read a little worse:
what is a 2 in MNIST may be somebody's barred 7."""
_MIDDLE = SIDE / 2

# Half a million points at a time.
_AT_ONCE = 2_000
# Pen widths in pixels of the box; MNIST's own are 2.1 to 4.4 (5 to 95%), about 2.7.
_USUAL_WIDTH = 2.7
_WIDTH_SPREAD = 0.28
# Any wider, and a 6 becomes a blob that passes for a 1.
_WIDTHS = (1.4, 4.6)
# How far the blur reaches by which distances to a line are found; see `render_ink`.
_REACH = 0.8
# Of an exponent. Beyond, numbers become so small that processors take long over them.
_FARTHEST = np.float32(-40)

Random = np.random.Generator
Points = NDArray[np.float32]


def distort_all(digits: Digits, random: Random) -> NDArray[np.uint8]:
    """Every image once more, bent a little at random: uint8 `(n, 28, 28)`, in the same order."""
    made = np.empty_like(digits.images)
    for some in _parts(np.arange(len(digits))):
        made[some] = distort(digits.images[some], random)
    return made


def distort_or_redraw(digits: Digits, lines: CentreLines, random: Random) -> NDArray[np.uint8]:
    """Every image once more: most of them bent, the others drawn again.

    Args:
        digits: training images, and what they really are: labels say which strokes are added.
        lines: their centre lines, in the same order; there may be more of them.
        random: the same state gives the same images.

    Returns:
        uint8 `(n, 28, 28)`, in the same order.
    """
    made = np.empty_like(digits.images)
    for some in _parts(random.permutation(len(digits))):
        drawn, others = np.split(some, [round(REDRAWN * len(some))])
        # A quarter of one or two images is none.
        if len(drawn):
            made[drawn] = redraw(lines, drawn, digits.labels[drawn], random)
        made[others] = distort(digits.images[others], random)
    return made


def _parts(order: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    for start in range(0, len(order), _AT_ONCE):
        yield order[start : start + _AT_ONCE]


def distort(images: NDArray[np.uint8], random: Random) -> NDArray[np.uint8]:
    """Turn, slant, stretch, shift and warp images a little, each in its own way.

    Args:
        images: uint8 `(n, 28, 28)`.
        random: where the changes come from.

    Returns:
        uint8 `(n, 28, 28)`.
    """
    count = len(images)
    rows, columns = np.mgrid[:SIDE, :SIDE].reshape(2, -1).astype(np.float32)
    grid = np.broadcast_to(np.stack([columns, rows], axis=1), (count, SIDE * SIDE, 2))
    shift = random.uniform(-1.2, 1.2, (count, 1, 2)).astype(np.float32)
    # Where each pixel's ink comes from: the way back, which is as random as the way there.
    places = random_warp(random_affine(grid, random, 0.6), random, 0.6) + shift
    return sample_bilinear(images, places[..., 0], places[..., 1])


def redraw(
    lines: CentreLines, indices: NDArray[np.int64], labels: NDArray[np.uint8], random: Random
) -> NDArray[np.uint8]:
    """Draw digits again along their centre lines, with another pen and another style.

    Args:
        lines: of the training set.
        indices: which digits, `(n,)`; at least one.
        labels: theirs, `(n,)`.
        random: where the changes come from.

    Returns:
        uint8 `(n, 28, 28)`, 20 pixels the longer side, their centre of mass in the middle.
    """
    points, real = lines.padded(indices)
    points, real = pen_styles.add(points, real, labels, random)
    points = random_warp(random_affine(points, random, 1.0), random, 0.8)
    return render(points, real, random_pen_widths(len(indices), random, _WIDTH_SPREAD, _WIDTHS))


def random_pen_widths(
    count: int, random: Random, spread: float, limits: tuple[float, float]
) -> NDArray[np.float32]:
    """Widths of pens in pixels of the finished image, float32 `(count,)`.

    Args:
        count: how many.
        random: where they come from.
        spread: standard deviation of their logarithm around MNIST's own width.
        limits: the thinnest and the thickest.
    """
    width = _USUAL_WIDTH * np.exp(random.normal(0, spread, count))
    return np.clip(width, *limits).astype(np.float32)


def random_affine(points: Points, random: Random, strength: float) -> Points:
    """Turn, slant and stretch points `(n, m, 2)` about the middle of the image."""
    count = len(points)
    turn = np.radians(random.normal(0, 6 * strength, count))
    lean = random.normal(0, 0.18 * strength, count)
    wide = np.exp(random.normal(0, 0.14 * strength, count))
    high = np.exp(random.normal(0, 0.10 * strength, count))
    cos, sin = np.cos(turn), np.sin(turn)
    # Rows (x, y): stretch, then slant, then turn.
    matrix = np.stack([wide * cos, wide * sin, lean * cos - high * sin, lean * sin + high * cos])
    matrix = matrix.reshape(2, 2, count).transpose(2, 0, 1).astype(np.float32)
    moved: Points = (points - _MIDDLE) @ matrix + np.float32(_MIDDLE)
    return moved


def random_warp(points: Points, random: Random, strength: float) -> Points:
    """Bend points `(n, m, 2)` by three random waves of 14 to 50 pixels each, up to about 2 px."""
    moved = points.copy()
    for _ in range(3):
        angle, phase = random.random((2, len(points), 1), np.float32) * np.float32(2 * np.pi)
        length = random.uniform(14, 50, (len(points), 1)).astype(np.float32)
        # Long waves may swing wider than short ones without breaking a stroke.
        swing = random.standard_normal((len(points), 1, 2), np.float32) * length[..., None]
        along = points[..., 0] * np.cos(angle) + points[..., 1] * np.sin(angle)
        wave = np.sin(along * (np.float32(2 * np.pi) / length) + phase)[..., None]
        moved += wave * swing * np.float32(0.022 * strength)
    return moved


def render(
    points: Points, real: NDArray[np.bool_], width: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """Draw lines with a round pen and lay them out as MNIST does.

    Args:
        points: float32 `(n, m, 2)`, of any size and place, about `SPACING` apart.
        real: bool `(n, m)`, which of them are points.
        width: of the pen, float32 `(n,)`, in pixels of the finished image.

    Returns:
        uint8 `(n, 28, 28)`.
    """
    inside = real[..., None]
    low = np.where(inside, points, np.inf).min(axis=1)
    high = np.where(inside, points, -np.inf).max(axis=1)
    # Pen and line together fill the box. A dot stays a dot.
    extent = np.maximum((high - low).max(axis=1), 2.0)
    scale = ((BOX - width) / extent)[:, None, None]
    middle = ((low + high) / 2)[:, None]
    laid = (points - middle) * scale + np.float32(_MIDDLE - 0.5)
    return _centred(render_ink(laid.astype(np.float32), real, width, scale[:, 0, 0] * SPACING))


def render_ink(
    points: Points,
    real: NDArray[np.bool_],
    width: NDArray[np.float32],
    spacing: NDArray[np.float32],
) -> NDArray[np.float32]:
    """The ink of a round pen of this width along the points, float32 `(n, 28, 28)` in 0..1.

    The points of digit i lie about `spacing[i]` pixels apart.

    How far a pixel is from the nearest point is found softly: the sum of a bell curve on every
    point, of which the logarithm is nearly the square of that distance. A bell is a product of a
    column and a row, so the sum is a product of matrices, a hundred times quicker than looking
    at each pair of pixel and point.
    """
    at = np.arange(SIDE, dtype=np.float32)[:, None]
    across, down = (
        np.exp(np.maximum(-0.5 * ((at - points[:, None, :, axis]) / _REACH) ** 2, _FARTHEST))
        for axis in (0, 1)
    )
    sums = (down * real[:, None, :]) @ across.transpose(0, 2, 1)
    # What a straight line of such points sums up to on itself.
    ridge = _REACH * np.sqrt(2 * np.pi) / spacing[:, None, None]
    squared = -2 * _REACH**2 * np.log(np.maximum(sums / ridge, np.float32(1e-30)))
    distance = np.sqrt(np.maximum(squared, 0))
    drawn: NDArray[np.float32] = np.clip(width[:, None, None] / 2 + 0.5 - distance, 0, 1)
    return drawn


def _centred(strength: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Shift images by whole pixels until their rounded centre of mass lies on pixel 14."""
    places = np.arange(SIDE, dtype=np.float32)
    # Where a style left no ink at all there is nothing to centre.
    total = np.maximum(strength.sum(axis=(1, 2)), np.float32(1e-6))
    shifts = [
        np.clip(np.rint(_MIDDLE - strength.sum(axis=axis) @ places / total), -4, 4).astype(int)
        for axis in (2, 1)
    ]
    rows, columns = (np.arange(SIDE) - shift[:, None] for shift in shifts)
    outside = ((rows < 0) | (rows >= SIDE))[:, :, None] | ((columns < 0) | (columns >= SIDE))[
        :, None, :
    ]
    rows, columns = rows.clip(0, SIDE - 1), columns.clip(0, SIDE - 1)
    every = np.arange(len(strength))[:, None, None]
    moved = np.where(outside, 0, strength[every, rows[:, :, None], columns[:, None, :]])
    inked: NDArray[np.uint8] = np.rint(255 * moved).astype(np.uint8)
    return inked
