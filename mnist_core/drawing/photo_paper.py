"""The bare paper of a photo, under the ink, and how rough it is.

Its brightness is estimated everywhere: what is narrower than a broad stroke is filled from around
it, so that strokes vanish and the edge of a shadow stays.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Strength = NDArray[np.float32]
"""How much each pixel differs from bare paper, `(H, W)` in 0..1."""

# It changes slowly, and is estimated on a picture of about this size.
_COARSE = 250
# No stroke is wider than this part of the longer side; most shadows are.
_BROADEST = 0.24
# Ink differs from the paper by at least this part and by this many times the camera's noise.
_FAINTEST = 0.06
_NOISE = 5.0
# Light ink is compared with how much lighter paper could be, but at least with this.
_LEAST_ROOM = 64
# Noise that needs blurring, in grey levels.
_NOISY = 1.0
# The photo is this many squares long where noise is measured.
_SQUARES = 10


def without_noise(picture: Image.Image) -> Image.Image:
    """The picture a little blurred where it is noisy; one-pixel lines of a clean one stay."""
    is_noisy = _high_frequencies(picture) >= _NOISY
    return picture.filter(ImageFilter.GaussianBlur(0.8)) if is_noisy else picture


def _high_frequencies(picture: Image.Image) -> float:
    """How much a pixel usually differs from its neighbours, in grey levels."""
    grey = np.asarray(picture.convert("L"), np.int16)
    return float(np.median(np.abs(np.diff(grey, 2, axis=1))))


def darker(grey: NDArray[np.uint8]) -> Strength:
    """How much of the paper's light is missing, given a brightness, uint8 `(H, W)`."""
    paper = np.maximum(_paper(grey), 16)
    missing: Strength = np.clip(1 - grey.astype(np.float32) / paper, 0, 1)
    return missing


def lighter(grey: NDArray[np.uint8]) -> Strength:
    """How much lighter than the paper it is, of how much lighter it could be."""
    inverted = np.asarray(255 - grey)
    paper = _paper(inverted)
    room = np.maximum(paper, _LEAST_ROOM)
    return np.clip((paper - inverted.astype(np.float32)) / room, 0, 1).astype(np.float32)


def _paper(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The brightness of the paper under dark ink, float32 `(H, W)`."""
    reduced = Image.fromarray(grey).reduce(max(1, round(max(grey.shape) / _COARSE)))
    coarse = np.asarray(reduced.filter(ImageFilter.MedianFilter(3)))
    half = round(_BROADEST * max(coarse.shape)) // 2
    # What lies beyond the photo is not known: it neither lightens nor darkens.
    wide = _extreme(np.pad(coarse, half, constant_values=0), 2 * half + 1, np.maximum)
    closed = _extreme(np.pad(wide, half, constant_values=255), 2 * half + 1, np.minimum)
    size = grey.shape[1], grey.shape[0]
    full = Image.fromarray(closed.astype(np.float32)).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(full)


def _extreme(values: NDArray[np.uint8], window: int, pick: np.ufunc) -> NDArray[np.uint8]:
    """The largest or smallest value in every square window that fits in."""
    for axis in (0, 1):
        width = 1
        while width < window:
            step = min(width, window - width)
            front = np.take(values, np.arange(values.shape[axis] - step), axis)
            back = np.take(values, np.arange(step, values.shape[axis]), axis)
            values, width = pick(front, back), width + step
    return values


def _noise(strength: Strength) -> float:
    """How strong the camera's noise is all over the photo."""
    middle = float(np.median(strength))
    return middle / _NOISE + 1.48 * float(np.median(np.abs(strength - middle)))


def floor(strength: Strength) -> Strength:
    """What counts as ink at least, `(H, W)`: more where the camera's noise or the ground is rough.

    Measured in squares: beside a rough table, a sheet is as smooth as without one.
    """
    side = -(-max(strength.shape) // _SQUARES)
    rows, columns = (-(-extent // side) for extent in strength.shape)
    padded = np.pad(
        strength, [(0, n * side - m) for n, m in zip((rows, columns), strength.shape, strict=True)],
        mode="edge",
    )  # fmt: skip
    squares = padded.reshape(rows, side, columns, side).swapaxes(1, 2).reshape(rows, columns, -1)
    # Every fourth pixel says as much as all.
    values = squares[..., ::4]
    middle = np.median(values, axis=2, keepdims=True)
    noise = middle[..., 0] / _NOISE + 1.48 * np.median(np.abs(values - middle), axis=2)
    # A square full of ink says nothing about the noise.
    noise = np.minimum(noise, _noise(strength))
    coarse = Image.fromarray(np.maximum(_FAINTEST, _NOISE * noise).astype(np.float32))
    size = columns * side, rows * side
    full = np.asarray(coarse.resize(size, Image.Resampling.BILINEAR))
    return full[: strength.shape[0], : strength.shape[1]]
