"""Fingers that hold the paper: they are no ink, and a digit that one covers is not guessed.

A finger is a broad patch that reaches the edge of the photo, of the hue that all skin shares,
compared with the paper's: redder than it is green, and greener than it is blue.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from mnist_core.drawing.connected_components import components

Mask = NDArray[np.bool_]

# The photo is looked at with its longer side this many pixels long.
_COARSE = 250
# Compared with the paper: how much redder than blue skin is at least, and between which parts of
# that difference it is redder than green.
_RED = 1.12
_BETWEEN = 0.33, 0.9
# Darker than this no hue can be told; levels of 0 to 255.
_DARKEST = 12
# As parts of the longer side: what is narrower is a stroke, what is broader a table; and the most
# of the photo that one finger or hand covers.
_NARROWEST, _BROADEST = 0.045, 0.4
_LARGEST = 0.25
# In pixels of the coarse picture: how soft a finger's edge is, and how near to what it covers.
_EDGE, _NEAR = 1, 2
# What is left of a finger where this part of it lies along its edge.
_SLIVER = 0.5
# A part of the ink between these lies under the edge of a finger.
_COVERED = 0.004, 0.9


@dataclass(frozen=True, eq=False)
class Hands:
    """The fingers on a photo.

    Attributes:
        mask: bool `(h, w)`, where they are, on a photo reduced by `factor`, and a little around.
        factor: how many pixels of the photo are one of the mask.
    """

    mask: Mask
    factor: int

    @classmethod
    def on(cls, photo: NDArray[np.uint8]) -> "Hands":
        """Find them on a photo, uint8 `(H, W, 3)`."""
        factor = max(1, round(max(photo.shape) / _COARSE))
        return cls(_fingers(photo, factor), factor)

    def without(self, ink: Mask) -> Mask:
        """Ink `(H, W)` without the fingers; what lies on a patch, but reaches no edge, stays."""
        if not self.mask.any():
            return ink
        parts = components(ink)
        high, wide = ink.shape
        full, around = (
            mask.repeat(self.factor, axis=0).repeat(self.factor, axis=1)[:high, :wide]
            for mask in (self.mask, _grown(self.mask, _NEAR))
        )
        cut = np.append(False, parts.at_edge)[parts.numbers]
        rest: Mask = ink & ~(full & cut)
        # Slivers along its edge are the finger's, too.
        left = components(rest & cut)
        sliver = np.bincount(left.numbers[around], minlength=len(left.areas) + 1)
        is_sliver = sliver >= _SLIVER * np.append(np.inf, left.areas)
        whole: Mask = rest & ~is_sliver[left.numbers]
        return whole

    def cover(self, ink: Mask, box: tuple[int, int, int, int]) -> bool:
        """Whether a finger lies on some of the ink `(h, w)` of a box on the photo."""
        if not self.mask.any():
            return False
        rows, columns = np.nonzero(ink)
        y = ((rows + box[0]) // self.factor).clip(max=self.mask.shape[0] - 1)
        x = ((columns + box[1]) // self.factor).clip(max=self.mask.shape[1] - 1)
        share = float(_grown(self.mask, _NEAR)[y, x].mean())
        return _COVERED[0] <= share <= _COVERED[1]


def _fingers(photo: NDArray[np.uint8], factor: int) -> Mask:
    """Where fingers lie on a photo reduced by a factor, and a little around them."""
    small = Image.fromarray(photo).reduce(factor).filter(ImageFilter.MedianFilter(3))
    colours = np.asarray(small, np.float32) + 1
    paper = np.median(colours.reshape(-1, 3), axis=0)
    red, green, blue = np.moveaxis(colours / paper, 2, 0)
    redder = red / np.maximum(blue, 1e-3) - 1
    share = (red - green) / np.maximum(red - blue, 1e-3)
    skin = (redder >= _RED - 1) & (share >= _BETWEEN[0]) & (share <= _BETWEEN[1])
    skin = np.asarray(skin & (colours.max(axis=2) >= _DARKEST), bool)
    if not skin.any():
        return np.zeros(skin.shape, bool)
    longest = max(skin.shape)
    whole, narrowest = _closed(skin), round(_NARROWEST * longest)
    # A tip that is narrower than that belongs to it.
    patch = _grown(_opened(whole, narrowest), narrowest // 2) & whole
    found = components(patch)
    kept = np.zeros(len(found.areas) + 1, bool)
    for number, (top, left, bottom, right) in enumerate(found.boxes):
        edges = top == 0 or left == 0 or bottom == skin.shape[0] or right == skin.shape[1]
        one = found.numbers[top:bottom, left:right] == number + 1
        is_table = _opened(one, round(_BROADEST * longest)).any()
        small_enough = found.areas[number] <= _LARGEST * skin.size
        kept[number + 1] = bool(edges and small_enough and not is_table)
    hands: Mask = kept[found.numbers]
    return _grown(hands, _EDGE)


def _filter(mask: Mask, kind: type[ImageFilter.RankFilter], size: int) -> Mask:
    picture = Image.fromarray(mask.astype(np.uint8))
    return np.asarray(picture.filter(kind(size))).astype(bool)  # type: ignore[call-arg]


def _grown(mask: Mask, reach: int) -> Mask:
    return _filter(mask, ImageFilter.MaxFilter, 2 * reach + 1)


def _closed(mask: Mask) -> Mask:
    """Without the gaps of nails, creases and noise."""
    grown = _grown(np.pad(mask, 3, mode="edge"), 2)
    closed: Mask = _filter(grown, ImageFilter.MinFilter, 5)[3:-3, 3:-3]
    return closed


def _opened(mask: Mask, side: int) -> Mask:
    """Only what holds a square of this many pixels; the edge of the photo cuts nothing off."""
    half = max(1, side // 2)
    if min(mask.shape) <= 2 * half:
        return np.zeros_like(mask)
    n = 2 * half + 1
    is_full = _sums(np.pad(mask, half, mode="edge"), n) == n * n
    held: Mask = _sums(np.pad(is_full, half), n) > 0
    return held


def _sums(mask: Mask, side: int) -> NDArray[np.int64]:
    """How many pixels of a mask `(h, w)` are in each square of it: `(h - side + 1, …)`."""
    sums = np.pad(mask.astype(np.int64), ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    found: NDArray[np.int64] = (
        sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    )
    return found
