"""The digits on a photo: found, cut out, and drawn as on the canvas, ready for `to_mnist`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from mnist_core.drawing import photo_ink
from mnist_core.drawing.connected_components import Components, components

CANVAS = 280
MOST = 9
"""More digits than this are not looked for."""

_DIGIT = 200
# A digit is at least this part of the photo's longer side high, and never this much longer than
# it is wide.
_SMALLEST = 0.025
_NARROWEST = 40.0
_WIDEST = 1.8
# A piece belongs to a digit, such as the bar of a 5, when it is this near, this large at least,
# and this large at most, all measured against the digit. A lying piece may be larger: no digit
# lies beside another.
_NEAR = 0.14
_CRUMB = 0.02
_PIECE = 0.62
_LYING_PIECE = 1.4
_LYING = 1.3
# A stroke's inside has the pen's full strength; its soft edges, and lines on the paper, have less.
_PEN = 0.8
_PALE = 0.45
# MNIST's strokes are 14% of the digit's height thick; a pen's are thinner by far.
_STROKE = 0.13


class NoDigit(ValueError):
    """There is nothing on the photo that could be a digit; the message is for the visitor."""


@dataclass(frozen=True, eq=False)
class PhotoDigit:
    """One digit found on a photo.

    Attributes:
        box: its top, left, bottom and right in the photo, in pixels, the latter two just outside.
        canvas: the same digit light on dark, alone and large, uint8 `(280, 280)`.
    """

    box: tuple[int, int, int, int]
    canvas: NDArray[np.uint8]


def find(photo: NDArray[np.uint8]) -> tuple[PhotoDigit, ...]:
    """Look for digits on a photo.

    Args:
        photo: uint8 `(H, W, 3)`, as `photo.read` gives it.

    Returns:
        Up to nine, the largest and nearest to the middle first.

    Raises:
        NoDigit: there is none.
    """
    missing = photo_ink.ink_strength(photo)
    mask = photo_ink.ink_mask(missing)
    parts = components(mask)
    if heads := _heads(parts, missing.shape):
        # Now that the pen is known: what is much paler was not written with it.
        pen = float(np.quantile(missing[parts.numbers == heads[0] + 1], _PEN))
        parts = components(mask & (missing > _PALE * pen))
        heads = _heads(parts, missing.shape)
    if not heads:
        raise NoDigit(
            "No digit was found on this photo. Best is one digit, large and dark, in the middle of "
            "a light sheet of paper."
        )
    taken: set[int] = set()
    found: list[PhotoDigit] = []
    for head in heads:
        if head in taken:
            continue
        own = [head, *(piece for piece in _pieces(parts, head) if piece not in taken)]
        taken.update(own)
        found.append(_cut_out(parts, own))
        if len(found) == MOST:
            break
    return tuple(found)


def _heads(parts: Components, shape: tuple[int, ...]) -> list[int]:
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
    # The table beside the paper ends at the edge of the photo. A digit does so only on a picture
    # that holds nothing else.
    inside = fits & ~edge
    chosen = inside if inside.any() else fits
    away = np.hypot((top + bottom) / 2 - shape[0] / 2, (left + right) / 2 - shape[1] / 2)
    score = np.maximum(high, wide) * np.exp(-2 * (2 * away / longest) ** 2)
    return [int(number) for number in np.argsort(-score) if chosen[number]]


def _pieces(parts: Components, head: int) -> list[int]:
    """The numbers of the parts that belong to a digit besides its largest one."""
    top, left, bottom, right = parts.boxes.T
    size = max(bottom[head] - top[head], right[head] - left[head])
    apart = np.maximum(
        np.maximum(top - bottom[head], top[head] - bottom),
        np.maximum(left - right[head], left[head] - right),
    )
    high, wide = bottom - top, right - left
    largest = np.where(wide > _LYING * high, _LYING_PIECE, _PIECE) * size
    belongs = (
        (apart < _NEAR * size)
        & (parts.areas >= _CRUMB * parts.areas[head])
        & (np.maximum(high, wide) <= largest)
    )
    belongs[head] = False
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
    sharp = np.asarray(smooth) > 127
    thick = _thickened(sharp, _STROKE * _DIGIT)
    soft = Image.fromarray(thick.astype(np.uint8) * 255).filter(ImageFilter.GaussianBlur(2))
    return PhotoDigit((int(top), int(left), int(bottom), int(right)), np.asarray(soft))


def _thickened(mask: NDArray[np.bool_], wanted: float) -> NDArray[np.bool_]:
    """Grow thin strokes until they are this many pixels wide."""
    area = int(mask.sum())
    outline = area - int(_shrunk(mask).sum())
    width = 2 * area / max(outline, 1)
    for step in range(max(0, round((wanted - width) / 2))):
        mask = _grown(mask, corners=bool(step % 2))
    return mask


def _grown(mask: NDArray[np.bool_], *, corners: bool) -> NDArray[np.bool_]:
    """One pixel more on every side; with corners every second time it stays round."""
    padded = np.pad(mask, 1)
    rows = padded[:-2] | padded[1:-1] | padded[2:]
    if corners:
        return rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]
    return rows[:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]


def _shrunk(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    padded = np.pad(mask, 1)
    inner = padded[1:-1, 1:-1]
    return inner & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
