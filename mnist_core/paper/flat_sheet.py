"""A sheet flattened from its photo, and how much darker than the paper each of its points is.

Paper is whatever light there is on the sheet: shadows wider than a pen's stroke count as paper.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from mnist_core.paper import corner_marks, layout, perspective
from mnist_core.paper.perspective import Plane

SCALE = 4.0
"""Pixels a millimetre of a flattened sheet."""

AROUND = 8.0
"""Millimetres around the part that is read: paper bends."""

# No stroke is wider than this, in millimetres.
_BROADEST = 9.0
# A pen's colour counts beside its darkness, but is noisier.
_COLOUR = 0.8
# Noise is smoothed by so many pixels at least and at most, and by this part of how wide an edge is;
# a colour's more.
_SMOOTH, _MOST_SMOOTH, _SMOOTH_EDGE, _COLOUR_SMOOTH = 0.8, 2.2, 0.3, 0.8
_DARKEST_PAPER = 24
# How far around a mark a blurred photo is dark, in millimetres.
_MARK_BLUR = 2.5


@dataclass(frozen=True, eq=False)
class FlatSheet:
    """A flattened sheet.

    Attributes:
        strength: float32 `(H, W)` in 0..1: how much of the paper's light is missing; 0 on
            the corner marks.
        noise: how much of that is noise, in the same unit.
    """

    strength: NDArray[np.float32]
    noise: float


def flattened(photo: NDArray[np.uint8], plane: Plane, edge: float) -> FlatSheet:
    """Flatten a sheet.

    Args:
        photo: uint8 `(H, W, 3)`.
        plane: from the sheet's millimetres to the photo's pixels.
        edge: how many millimetres an edge takes on the photo.
    """
    size = round((layout.WIDTH + 2 * AROUND) * SCALE), round((layout.HEIGHT + 2 * AROUND) * SCALE)
    to_photo = plane @ perspective.shifted(-AROUND, -AROUND) @ perspective.scaling(1 / SCALE)
    flat = perspective.warped(Image.fromarray(photo), to_photo, size)
    smooth = min(max(_SMOOTH, _SMOOTH_EDGE * edge * SCALE), _MOST_SMOOTH)
    strength = _missing_light(flat.convert("L"), smooth)
    for channel in flat.split():
        np.maximum(
            strength, _COLOUR * _missing_light(channel, smooth + _COLOUR_SMOOTH), out=strength
        )
    sample = strength[::3, ::3]
    usual = float(np.median(sample))
    noise = 1.48 * float(np.median(np.abs(sample - usual)))
    for corner in range(len(corner_marks.CORNERS)):
        strength[_around_mark(corner)] = usual
    return FlatSheet(((strength - usual) / (1 - usual)).clip(0, 1), noise)


def _around_mark(corner: int) -> tuple[slice, slice]:
    """The rows and columns of a mark, which would be taken for ink."""
    start, _, end, _ = (layout.mark_corners(corner) + AROUND) * SCALE
    left, top, right, bottom = (round(float(one)) for one in (*start, *end))
    more = round(_MARK_BLUR * SCALE)
    return slice(max(top - more, 0), bottom + more), slice(max(left - more, 0), right + more)


def _missing_light(channel: Image.Image, smooth: float) -> NDArray[np.float32]:
    values = np.asarray(channel.filter(ImageFilter.GaussianBlur(smooth)))
    paper = np.maximum(_without_strokes(values), _DARKEST_PAPER).astype(np.float32)
    missing: NDArray[np.float32] = 1 - np.minimum(values / paper, 1)
    return missing


def _without_strokes(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Morphological closing: what is darker and narrower than a broad stroke is filled."""
    half = round(_BROADEST * SCALE) // 2
    padded = np.pad(values, half, mode="edge")
    lighter = np.pad(_extreme(padded, 2 * half + 1, np.maximum), half, mode="edge")
    return _extreme(lighter, 2 * half + 1, np.minimum)


def _extreme(values: NDArray[np.uint8], window: int, pick: np.ufunc) -> NDArray[np.uint8]:
    """The largest or smallest value in every square window that fits in."""
    for axis in (0, 1):
        values, width = np.moveaxis(values, axis, 0), 1
        while width < window:
            step = min(width, window - width)
            values, width = pick(values[:-step], values[step:]), width + step
        values = np.moveaxis(values, 0, axis)
    return values
