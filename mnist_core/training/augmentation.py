"""Training images made anew for every epoch: distorted, or redrawn in other pen styles.

MNIST holds thin and upright digits of a few hundred Americans. People who draw on a screen put a
bar through their 7s, a flag and a foot on their 1s, a hook on their 9s, and use a wide brush. So
three in four images are distorted, and one in four is redrawn from the digit's centre line, with
such a style, as `drawing.to_mnist` would have prepared it.

Points are `(x, y)` in pixels, y downwards; the middle of the upper left pixel is (0, 0).
"""

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis.transforms import sample_bilinear
from mnist_core.data.centre_lines import SPACING, CentreLines
from mnist_core.data.dataset import BOX, SIDE, Digits
from mnist_core.training import pen_styles

REDRAWN = 0.25
"""The share of images that are redrawn. With a half, the validation accuracy is a little worse: a 2
in MNIST may look like somebody's barred 7."""
_MIDDLE = SIDE / 2
# Images are shifted by at most this many pixels.
_MARGIN = 4

# Images at a time: half a million points.
_CHUNK = 2_000
# Pen widths in pixels of the box; MNIST's own are 2.1 to 4.4 (5 to 95%), about 2.7.
_USUAL_WIDTH = 2.7
_WIDTH_SPREAD = 0.28
# With a wider pen, a 6 becomes a blob that could be a 1.
_WIDTHS = (1.4, 4.6)
# The standard deviation of the bell curves in `render_ink`, in pixels.
_SPREAD = 0.8
# Exponents below this give denormal numbers, which processors are slow with.
_SMALLEST_EXPONENT = np.float32(-40)

Random = np.random.Generator
Points = NDArray[np.float32]


def distort_all(digits: Digits, random: Random) -> NDArray[np.uint8]:
    """Every image distorted at random: uint8 `(n, 28, 28)`, in the same order."""
    made = np.empty_like(digits.images)
    for start in range(0, len(digits), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        made[chunk] = distort(digits.images[chunk], random)
    return made


def distort_or_redraw(digits: Digits, lines: CentreLines, random: Random) -> NDArray[np.uint8]:
    """Most images distorted, the others redrawn in other pen styles.

    Args:
        digits: training images with their true labels, which say what strokes are added.
        lines: their centre lines, in the same order; there may be more of them.
        random: the same state gives the same images.

    Returns:
        uint8 `(n, 28, 28)`, in the same order.
    """
    made = np.empty_like(digits.images)
    order = random.permutation(len(digits))
    for chunk in np.split(order, range(_CHUNK, len(order), _CHUNK)):
        redrawn, others = np.split(chunk, [round(REDRAWN * len(chunk))])
        # A quarter of one or two images is none.
        if len(redrawn):
            made[redrawn] = redraw(lines, redrawn, digits.labels[redrawn], random)
        made[others] = distort(digits.images[others], random)
    return made


def distort(images: NDArray[np.uint8], random: Random) -> NDArray[np.uint8]:
    """Rotate, slant, stretch, shift and warp each image a little at random.

    Args:
        images: uint8 `(n, 28, 28)`.
        random: the source of randomness.

    Returns:
        uint8 `(n, 28, 28)`.
    """
    count = len(images)
    rows, columns = np.mgrid[:SIDE, :SIDE].reshape(2, -1).astype(np.float32)
    grid = np.broadcast_to(np.stack([columns, rows], axis=1), (count, SIDE * SIDE, 2))
    shift = random.uniform(-1.2, 1.2, (count, 1, 2)).astype(np.float32)
    # For each pixel of the new image, where in the old one it comes from.
    sources = random_warp(random_affine(grid, random, 0.6), random, 0.6) + shift
    return sample_bilinear(images, sources[..., 0], sources[..., 1])


def redraw(
    lines: CentreLines, indices: NDArray[np.int64], labels: NDArray[np.uint8], random: Random
) -> NDArray[np.uint8]:
    """Draw digits again along their centre lines, with another pen and in another style.

    Args:
        lines: of the training set.
        indices: of the digits, int64 `(n,)`; at least one.
        labels: of the same digits, uint8 `(n,)`.
        random: the source of randomness.

    Returns:
        uint8 `(n, 28, 28)`, laid out as in MNIST.
    """
    points, real = lines.padded(indices)
    points, real = pen_styles.add(points, real, labels, random)
    points = random_warp(random_affine(points, random, 1.0), random, 0.8)
    return render(points, real, random_pen_widths(len(indices), random, _WIDTH_SPREAD, _WIDTHS))


def random_pen_widths(
    count: int, random: Random, spread: float, limits: tuple[float, float]
) -> NDArray[np.float32]:
    """Pen widths in pixels of the finished image, float32 `(count,)`.

    Args:
        count: how many.
        random: the source of randomness.
        spread: standard deviation of their logarithm around MNIST's own width.
        limits: the smallest and the largest.
    """
    width = _USUAL_WIDTH * np.exp(random.normal(0, spread, count))
    return np.clip(width, *limits).astype(np.float32)


def random_affine(points: Points, random: Random, strength: float) -> Points:
    """Rotate, slant and stretch points `(n, m, 2)` about the middle of the image."""
    count = len(points)
    turn = np.radians(random.normal(0, 6 * strength, count))
    lean = random.normal(0, 0.18 * strength, count)
    wide = np.exp(random.normal(0, 0.14 * strength, count))
    high = np.exp(random.normal(0, 0.10 * strength, count))
    cos, sin = np.cos(turn), np.sin(turn)
    # Rows (x, y): stretch, then slant, then rotate.
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
    """Draw lines with a round pen, laid out as in MNIST.

    Args:
        points: float32 `(n, m, 2)`, of any size and position, about `SPACING` apart.
        real: bool `(n, m)`, which of them are points and not padding.
        width: of the pen, float32 `(n,)`, in pixels of the finished image.

    Returns:
        uint8 `(n, 28, 28)`.
    """
    inside = real[..., None]
    low = np.where(inside, points, np.inf).min(axis=1)
    high = np.where(inside, points, -np.inf).max(axis=1)
    # Line and pen together fill the box. A dot stays a dot.
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
    """The ink of a round pen along the points, float32 `(n, 28, 28)` in 0..1; see `render`.

    The points of digit i lie about `spacing[i]` pixels apart. The distance from a pixel to the
    nearest point is approximated: the logarithm of the sum of a bell curve on every point is nearly
    its square. A bell is the product of a column and a row, so the sum is a product of matrices, a
    hundred times faster than a distance for each pair of pixel and point.
    """
    at = np.arange(SIDE, dtype=np.float32)[:, None]
    across, down = (
        np.exp(
            np.maximum(-0.5 * ((at - points[:, None, :, axis]) / _SPREAD) ** 2, _SMALLEST_EXPONENT)
        )
        for axis in (0, 1)
    )
    sums = (down * real[:, None, :]) @ across.transpose(0, 2, 1)
    # The sum on a straight line of such points.
    ridge = _SPREAD * np.sqrt(2 * np.pi) / spacing[:, None, None]
    squared = -2 * _SPREAD**2 * np.log(np.maximum(sums / ridge, np.float32(1e-30)))
    distance = np.sqrt(np.maximum(squared, 0))
    drawn: NDArray[np.float32] = np.clip(width[:, None, None] / 2 + 0.5 - distance, 0, 1)
    return drawn


def _centred(strength: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Shift images by whole pixels until their rounded centre of mass lies on pixel 14."""
    axis_pixels = np.arange(SIDE, dtype=np.float32)
    # A style may leave no ink at all: then there is nothing to centre.
    total = np.maximum(strength.sum(axis=(1, 2)), np.float32(1e-6))
    down, right = (
        np.clip(
            np.rint(_MIDDLE - strength.sum(axis=axis) @ axis_pixels / total), -_MARGIN, _MARGIN
        ).astype(int)
        for axis in (2, 1)
    )
    padded = np.pad(strength, ((0, 0), (_MARGIN, _MARGIN), (_MARGIN, _MARGIN)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (SIDE, SIDE), (1, 2))
    moved = windows[np.arange(len(strength)), _MARGIN - down, _MARGIN - right]
    inked: NDArray[np.uint8] = np.rint(255 * moved).astype(np.uint8)
    return inked
