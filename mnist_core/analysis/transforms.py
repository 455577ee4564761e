"""Changing images of digits: turned, shifted, scaled, noisy, blurred, thicker. On NumPy alone."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import SIDE

_CENTRE = (SIDE - 1) / 2
# Further out a bell curve has nothing left to add to a byte.
_BLUR_REACH = 3.0


def affine(
    images: NDArray[np.uint8],
    *,
    turn: float = 0.0,
    right: float = 0.0,
    down: float = 0.0,
    size: float = 1.0,
) -> NDArray[np.uint8]:
    """Turn and scale images about their centre, then shift them; what leaves the edge is lost.

    Args:
        images: uint8 of shape `(n, 28, 28)`.
        turn: in degrees, clockwise.
        right: in pixels; negative is to the left.
        down: in pixels; negative is up.
        size: 1 changes nothing, 2 is twice as large; above 0.

    Returns:
        The same shape and type, bilinear between pixels.

    Raises:
        ValueError: the size is not above 0.
    """
    if not size > 0:
        raise ValueError("The size must be above 0.")
    rows, columns = np.indices((SIDE, SIDE)).reshape(2, -1)
    y, x = rows - _CENTRE - down, columns - _CENTRE - right
    cosine, sine = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    # Where in the old image each pixel of the new one comes from.
    from_y = (cosine * y - sine * x) / size + _CENTRE
    from_x = (cosine * x + sine * y) / size + _CENTRE
    return sample_bilinear(images, from_x.round(9), from_y.round(9))


def noisy(images: NDArray[np.uint8], spread: float, *, seed: int = 0) -> NDArray[np.uint8]:
    """Add a random number to every pixel.

    Args:
        images: uint8 of shape `(n, 28, 28)`.
        spread: standard deviation of the numbers, as a share of the range of a pixel.
        seed: the same seed gives the same noise.
    """
    noise = np.random.default_rng(seed).standard_normal(images.shape, np.float32)
    return _as_bytes(images + noise * np.float32(255 * spread))


def blurred(images: NDArray[np.uint8], radius: float) -> NDArray[np.uint8]:
    """Smear each pixel over its neighbours, as a bell curve.

    Args:
        images: uint8 of shape `(n, 28, 28)`.
        radius: standard deviation of the bell curve, in pixels; 0 changes nothing.
    """
    if radius <= 0:
        return images
    reach = int(np.ceil(_BLUR_REACH * radius))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / radius) ** 2)
    bell = (bell / bell.sum()).astype(np.float32)
    smeared = images.astype(np.float32)
    for axis in (1, 2):
        margin = [(0, 0), (0, 0), (0, 0)]
        margin[axis] = (reach, reach)
        padded = np.pad(smeared, margin)
        parts = (
            weight * padded.take(range(start, start + SIDE), axis)
            for start, weight in enumerate(bell)
        )
        smeared = np.sum(list(parts), axis=0, dtype=np.float32)
    return _as_bytes(smeared)


def thicker(images: NDArray[np.uint8], pixels: int) -> NDArray[np.uint8]:
    """Make the strokes wider (or thinner, if negative).

    Every two pixels, each pixel takes the darkest (lightest) value among itself and its four
    neighbours; an odd pixel is the mean of the steps before and after it.

    Args:
        images: uint8 of shape `(n, 28, 28)`.
        pixels: how much wider a stroke becomes, both of its sides together.
    """
    if pixels % 2:
        inner, outer = thicker(images, pixels - 1), thicker(images, pixels + 1)
        return _as_bytes((inner.astype(np.float32) + outer) / 2)
    pick = np.maximum if pixels > 0 else np.minimum
    for _ in range(abs(pixels) // 2):
        padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
        images = padded[:, 1:-1, 1:-1]
        for neighbour in (
            padded[:, :-2, 1:-1],
            padded[:, 2:, 1:-1],
            padded[:, 1:-1, :-2],
            padded[:, 1:-1, 2:],
        ):
            images = pick(images, neighbour)
    return images


def sample_bilinear(
    images: NDArray[np.uint8], x: NDArray[np.floating], y: NDArray[np.floating]
) -> NDArray[np.uint8]:
    """Images read at places between their pixels, bilinear, paper all around.

    Args:
        images: uint8 of shape `(n, 28, 28)`.
        x: for each pixel of the new images, where in the old one it comes from: shape `(784,)`,
            or `(n, 784)` where each image has places of its own.
        y: likewise, downwards.

    Returns:
        uint8 of shape `(n, 28, 28)`.
    """
    # Paper at every edge, and places far outside are moved onto it.
    padded = np.pad(images, ((0, 0), (1, 2), (1, 2))).astype(np.float32)
    flat, width = padded.reshape(len(images), -1), padded.shape[2]
    x, y = np.clip(x + 1, 0, SIDE + 1), np.clip(y + 1, 0, SIDE + 1)
    left, top = x.astype(np.int64), y.astype(np.int64)
    further, lower = x - left, y - top
    corner = np.broadcast_to(top * width + left, (len(images), SIDE * SIDE))
    above, below = (
        np.take_along_axis(flat, corner + step, 1) * (1 - further)
        + np.take_along_axis(flat, corner + step + 1, 1) * further
        for step in (0, width)
    )
    return _as_bytes(above * (1 - lower) + below * lower).reshape(images.shape)


def _as_bytes(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    whole: NDArray[np.uint8] = np.rint(np.clip(values, 0, 255)).astype(np.uint8)
    return whole
