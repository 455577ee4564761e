"""Draw a digit that was found on a photo again, alone and as thick as MNIST's digits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from mnist_core.analysis.transforms import thicker
from mnist_core.drawing.connected_components import components

CANVAS = 280
_DIGIT = 200
# MNIST's strokes are 14% of the digit's height thick; a pen's are far thinner.
_STROKE = 0.13
# A loop keeps at least this part of the digit's longer side; a smaller one is a blot.
_LOOP = 0.035
_HOLE = 0.002
# Of a line's strength on the canvas, and the side of a square that no pen fills, as a part of the
# digit's longer side.
_PALEST = 0.2
_SOLID = 0.32


@dataclass(frozen=True, eq=False)
class Drawing:
    """Ink on a canvas.

    Attributes:
        box: its top, left, bottom and right in pixels of the photo, the latter two just outside.
        canvas: the ink alone, light on dark, uint8 `(280, 280)`.
        stroke: how thick the pen was, as a part of the longer side.
    """

    box: tuple[int, int, int, int]
    canvas: NDArray[np.uint8]
    stroke: float

    @property
    def is_solid(self) -> bool:
        """Whether ink fills a square that is larger than a pen would fill."""
        side = round(_SOLID * _DIGIT)
        sums = np.pad(self.canvas > 127, ((1, 0), (1, 0))).cumsum(axis=0, dtype=np.int64)
        sums = sums.cumsum(axis=1)
        full = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
        return bool(full.max() >= side * side)


def trimmed(mask: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], tuple[int, int]]:
    """Ink without the empty rows and columns around it, and how many there were above and left."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    inked = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return inked, (int(rows[0]), int(columns[0]))


def draw_mask(mask: NDArray[np.bool_], corner: tuple[int, int] = (0, 0)) -> Drawing:
    """Draw ink `(h, w)` that reaches every edge; `corner` is its place on the photo."""
    box = corner[0], corner[1], corner[0] + mask.shape[0], corner[1] + mask.shape[1]
    scale = _DIGIT / max(mask.shape)
    # A line thinner than a pixel of the canvas is pale there.
    faintest = 127 * min(1.0, max(_PALEST, _width(mask.astype(np.uint8)) * scale * 0.8))
    size = max(1, round(mask.shape[1] * scale)), max(1, round(mask.shape[0] * scale))
    shape = Image.fromarray(mask.astype(np.float32)).resize(size, Image.Resampling.BICUBIC)
    canvas = np.zeros((CANVAS, CANVAS), np.float32)
    start = (CANVAS - size[1]) // 2, (CANVAS - size[0]) // 2
    canvas[start[0] : start[0] + size[1], start[1] : start[1] + size[0]] = np.asarray(shape)
    smooth = Image.fromarray((canvas.clip(0, 1) * 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(scale / 2)
    )
    level = np.asarray(smooth)
    sharp = (level > min(faintest, level.max() / 2)).astype(np.uint8)
    stroke = _width(sharp)
    thick = _thickened(sharp, _STROKE * _DIGIT, stroke)
    soft = Image.fromarray(thick * np.uint8(255)).filter(ImageFilter.GaussianBlur(2))
    return Drawing(box, np.asarray(soft), stroke / _DIGIT)


def _width(mask: NDArray[np.uint8]) -> float:
    """How wide the strokes of a mask of 0 and 1 are, in pixels."""
    area = int(mask.sum())
    outline = area - int(thicker(mask[np.newaxis], -2).sum())
    return 2 * area / max(outline, 1)


def _thickened(mask: NDArray[np.uint8], wanted: float, width: float) -> NDArray[np.uint8]:
    """Grow thin strokes of a mask of 0 and 1 until they are this many pixels wide."""
    thin = mask
    for step in range(max(0, round((wanted - width) / 2))):
        # One pixel more on every side; with the corners every second time it stays round.
        if step % 2:
            mask = np.asarray(Image.fromarray(mask).filter(ImageFilter.MaxFilter(3)))
        else:
            mask = thicker(mask[np.newaxis], 2)[0]
    return mask & ~_lost_loops(thin, mask)


def _lost_loops(thin: NDArray[np.uint8], thick: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The middle of each loop that a thicker pen would fill: 1 where it stays open."""
    holes = components(thin == 0)
    outside = holes.numbers[0, 0]
    open_ = np.zeros_like(thin)
    for number in np.flatnonzero(holes.areas >= _HOLE * _DIGIT**2) + 1:
        hole = holes.numbers == number
        if number == outside or (hole & (thick == 0)).sum() >= _LOOP**2 * _DIGIT**2:
            continue
        core = hole.astype(np.uint8)
        while (smaller := thicker(core[np.newaxis], -2)[0]).sum() > _LOOP**2 * _DIGIT**2:
            core = smaller
        open_ |= core
    return open_
