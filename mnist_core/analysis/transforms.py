"""Images of digits changed: rotated, shifted, scaled, noisy, blurred, thicker."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import SIDE

_CENTRE = (SIDE - 1) / 2
# Beyond this many standard deviations a Gaussian adds nothing to a byte.
_BLUR_REACH = 3.0


def affine(
    images: NDArray[np.uint8],
    *,
    turn: float = 0.0,
    right: float = 0.0,
    down: float = 0.0,
    size: float = 1.0,
) -> NDArray[np.uint8]:
    """Rotate and scale images about their centre, then shift them.

    Args:
        images: uint8 of shape `(n, 28, 28)`.
        turn: degrees clockwise.
        right: pixels; negative is to the left.
        down: pixels; negative is up.
        size: the scale, above 0; 1 changes nothing.

    Returns:
        The same shape and type, with bilinear interpolation.

    Raises:
        ValueError: the size is not above 0.
    """
    if not size > 0:
        raise ValueError("The size must be above 0.")
    rows, columns = np.indices((SIDE, SIDE)).reshape(2, -1)
    y, x = rows - _CENTRE - down, columns - _CENTRE - right
    cosine, sine = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    # The source position of each new pixel.
    from_y = (cosine * y - sine * x) / size + _CENTRE
    from_x = (cosine * x + sine * y) / size + _CENTRE
    return sample_bilinear(images, from_x.round(9), from_y.round(9))


def noisy(images: NDArray[np.uint8], spread: float, *, seed: int = 0) -> NDArray[np.uint8]:
    """Add Gaussian noise to images `(n, 28, 28)`; `spread` is a share of a pixel's range."""
    noise = np.random.default_rng(seed).standard_normal(images.shape, np.float32)
    return _as_bytes(images + noise * np.float32(255 * spread))


def blurred(images: NDArray[np.uint8], radius: float) -> NDArray[np.uint8]:
    """Blur images `(n, 28, 28)` with a Gaussian of this standard deviation, in pixels."""
    if radius <= 0:
        return images
    reach = int(np.ceil(_BLUR_REACH * radius))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / radius) ** 2)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    smooth = images.astype(np.float32)
    for axis in (1, 2):
        padded = np.pad(
            smooth, [(0, 0)] + [(reach, reach) if axis == a else (0, 0) for a in (1, 2)]
        )
        parts = [
            weight * padded.take(range(start, start + SIDE), axis)
            for start, weight in enumerate(kernel)
        ]
        smooth = np.sum(parts, axis=0, dtype=np.float32)
    return _as_bytes(smooth)


def thicker(images: NDArray[np.uint8], pixels: int) -> NDArray[np.uint8]:
    """Make strokes wider (or thinner, if negative), by dilation or erosion.

    For every two pixels, each pixel takes the largest (smallest) value among itself and its four
    neighbours; an odd number gives the mean of the two even ones beside it.

    Args:
        images: uint8 of shape `(n, height, width)`.
        pixels: how much wider a stroke becomes, both sides together.
    """
    if pixels % 2:
        inner, outer = thicker(images, pixels - 1), thicker(images, pixels + 1)
        return _as_bytes((inner.astype(np.float32) + outer) / 2)
    pick = np.maximum if pixels > 0 else np.minimum
    for _ in range(abs(pixels) // 2):
        padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
        vertical = pick(pick(padded[:, :-2], padded[:, 1:-1]), padded[:, 2:])[:, :, 1:-1]
        images = pick(pick(vertical, padded[:, 1:-1, :-2]), padded[:, 1:-1, 2:])
    return images


def sample_bilinear(
    images: NDArray[np.uint8], x: NDArray[np.floating], y: NDArray[np.floating]
) -> NDArray[np.uint8]:
    """Sample images between their pixels, with bilinear interpolation and paper all around.

    Args:
        images: uint8 of shape `(n, 28, 28)`.
        x: the source column of each new pixel: shape `(784,)`, or `(n, 784)` to differ by image.
        y: the source row, likewise.

    Returns:
        uint8 of shape `(n, 28, 28)`.
    """
    # A margin of paper; positions far outside are moved onto it.
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
    return np.asarray(np.rint(np.clip(values, 0, 255)), np.uint8)
