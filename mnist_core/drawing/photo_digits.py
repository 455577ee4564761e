"""Find the digits on a photo and turn each into a drawing on a canvas, ready for `to_mnist`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from mnist_core.analysis.transforms import thicker
from mnist_core.drawing import photo_ink
from mnist_core.drawing.connected_components import Components, components

CANVAS = 280
MOST = 9
"""The most digits looked for."""

_DIGIT = 200
# A digit's longer side is at least this part of the photo's, and its height at most this many times
# its width, or its width this many times its height.
_SMALLEST = 0.025
_NARROWEST = 40.0
_WIDEST = 1.8
# A piece such as the bar of a 5 belongs to a digit if it is at most this far away, at least this
# large in area, and at most this long, all relative to the digit. A flat piece (this many times
# wider than high) may be longer, because no digit is flat.
_NEAR = 0.14
_CRUMB = 0.02
_PIECE = 0.62
_LYING_PIECE = 1.4
_LYING = 1.3
# The pen's full strength is this quantile of a digit's ink; lines on the paper are paler than this
# part of it.
_PEN = 0.8
_PALE = 0.45
# MNIST's strokes are 14% of the digit's height thick; a pen's are far thinner.
_STROKE = 0.13


class NoDigit(ValueError):
    """Nothing on the photo could be a digit; the message is for the visitor."""


@dataclass(frozen=True, eq=False)
class PhotoDigit:
    """One digit found on a photo.

    Attributes:
        box: its top, left, bottom and right in pixels of the photo, the latter two just outside.
        canvas: the digit alone, large and light on dark, uint8 `(280, 280)`.
    """

    box: tuple[int, int, int, int]
    canvas: NDArray[np.uint8]


def find(photo: NDArray[np.uint8]) -> tuple[PhotoDigit, ...]:
    """Find up to nine digits on a photo, uint8 `(H, W, 3)`, the largest and most central first.

    Raises:
        NoDigit: there is none.
    """
    missing = photo_ink.ink_strength(photo)
    mask = photo_ink.ink_mask(missing)
    parts = components(mask)
    if candidates := _candidates(parts, missing.shape):
        # What is much paler than the first digit was not written with the same pen.
        pen = float(np.quantile(missing[parts.numbers == candidates[0] + 1], _PEN))
        parts = components(mask & (missing > _PALE * pen))
        candidates = _candidates(parts, missing.shape)
    if not candidates:
        raise NoDigit(
            "No digit was found on this photo. It works best with one digit, large and dark, in "
            "the middle of a light sheet of paper."
        )
    taken: set[int] = set()
    found: list[PhotoDigit] = []
    for main in candidates:
        if main in taken or len(found) == MOST:
            continue
        own = [main, *(piece for piece in _pieces(parts, main) if piece not in taken)]
        taken.update(own)
        found.append(_cut_out(parts, own))
    return tuple(found)


def _candidates(parts: Components, shape: tuple[int, ...]) -> list[int]:
    """The numbers, from 0, of the parts that could be a digit; the best first."""
    if not len(parts.areas):
        return []
    top, left, bottom, right = parts.boxes.T
    high, wide = bottom - top, right - left
    longest = max(shape)
    fits = (
        (np.maximum(high, wide) >= _SMALLEST * longest)
        & (high <= _NARROWEST * wide)
        & (wide <= _WIDEST * high)
    )
    edge = (top <= 1) | (left <= 1) | (bottom >= shape[0] - 1) | (right >= shape[1] - 1)
    # The table beside the paper reaches the edge of the photo. A digit does so only if there is
    # nothing else.
    inside = fits & ~edge
    chosen = inside if inside.any() else fits
    away = np.hypot((top + bottom) / 2 - shape[0] / 2, (left + right) / 2 - shape[1] / 2)
    score = np.maximum(high, wide) * np.exp(-2 * (2 * away / longest) ** 2)
    return [int(number) for number in np.argsort(-score) if chosen[number]]


def _pieces(parts: Components, main: int) -> list[int]:
    """The numbers of the parts that belong to a digit besides its main one."""
    starts, ends = parts.boxes[:, :2], parts.boxes[:, 2:]
    size = (ends - starts)[main].max()
    apart = np.maximum(starts - ends[main], starts[main] - ends).max(axis=1)
    high, wide = (ends - starts).T
    largest = np.where(wide > _LYING * high, _LYING_PIECE, _PIECE) * size
    belongs = (
        (apart < _NEAR * size)
        & (parts.areas >= _CRUMB * parts.areas[main])
        & (np.maximum(high, wide) <= largest)
    )
    belongs[main] = False
    return [int(number) for number in np.flatnonzero(belongs)]


def _cut_out(parts: Components, own: list[int]) -> PhotoDigit:
    """These parts alone, as a drawing on a canvas."""
    boxes = parts.boxes[own]
    (top, left), (bottom, right) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    window = np.s_[top:bottom, left:right]
    mask = np.isin(parts.numbers[window], [number + 1 for number in own])
    scale = _DIGIT / max(mask.shape)
    size = max(1, round(mask.shape[1] * scale)), max(1, round(mask.shape[0] * scale))
    shape = Image.fromarray(mask.astype(np.float32)).resize(size, Image.Resampling.BICUBIC)
    canvas = np.zeros((CANVAS, CANVAS), np.float32)
    corner = (CANVAS - size[1]) // 2, (CANVAS - size[0]) // 2
    canvas[corner[0] : corner[0] + size[1], corner[1] : corner[1] + size[0]] = np.asarray(shape)
    smooth = Image.fromarray((canvas.clip(0, 1) * 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(scale / 2)
    )
    sharp = (np.asarray(smooth) > 127).astype(np.uint8)
    thick = _thickened(sharp, _STROKE * _DIGIT)
    soft = Image.fromarray(thick * np.uint8(255)).filter(ImageFilter.GaussianBlur(2))
    return PhotoDigit((int(top), int(left), int(bottom), int(right)), np.asarray(soft))


def _thickened(mask: NDArray[np.uint8], wanted: float) -> NDArray[np.uint8]:
    """Grow thin strokes of a mask of 0 and 1 until they are this many pixels wide."""
    area = int(mask.sum())
    outline = area - int(thicker(mask[np.newaxis], -2).sum())
    width = 2 * area / max(outline, 1)
    for step in range(max(0, round((wanted - width) / 2))):
        # One pixel more on every side; with the corners every second time it stays round.
        if step % 2:
            mask = np.asarray(Image.fromarray(mask).filter(ImageFilter.MaxFilter(3)))
        else:
            mask = thicker(mask[np.newaxis], 2)[0]
    return mask
