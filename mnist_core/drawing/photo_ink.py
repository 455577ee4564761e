"""Find the ink on a photo of paper, whatever the light, and leave out shadows and ruled lines.

The brightness of the bare paper is estimated everywhere: what is narrower than a broad stroke is
filled from around it, so that strokes vanish and the edge of a shadow stays. Ink is what is darker.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from mnist_core.drawing.connected_components import components

# The paper's brightness changes slowly; it is estimated on a picture of about this size.
_COARSE, _COARSEST = 250, 80
# No stroke is wider than this part of the longer side; most shadows are.
_BROADEST = 0.24
# Ink is darker than the paper by at least this part and by this many times the camera's noise.
_FAINTEST = 0.11
_NOISE = 5.0
# A ruled line is at most this thick and at least this long, as parts of the longer side; one that
# reaches the edge of the photo may be as short as a stub.
_LINE_THICKNESS = 0.008
_LINE_LENGTH = 0.5
_STUB_LENGTH = 0.1
# Pieces smaller than this part of the longer side say nothing about the pen.
_CRUMB = 0.02
_BINS = 64


def ink_strength(photo: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How much of the paper's light is missing, float32 `(H, W)` in 0..1: 0 is bare paper.

    The photo, uint8 `(H, W, 3)`, shows dark ink on light paper, or chalk on a board.
    """
    grey = np.asarray(Image.fromarray(photo).convert("L").filter(ImageFilter.GaussianBlur(0.8)))
    if _is_light_on_dark(grey):
        grey = 255 - grey
    paper = np.maximum(_paper(grey), 16)
    missing: NDArray[np.float32] = np.clip(1 - grey.astype(np.float32) / paper, 0, 1)
    return missing


def ink_mask(missing: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which pixels are ink, bool `(H, W)`, without ruled lines, given `ink_strength`."""
    floor = max(_FAINTEST, _NOISE * _noise(missing))
    candidates = missing > floor
    if not candidates.any():
        return candidates
    # Lines in a book are paler than what is written on them, and shadows paler still.
    mask = missing > max(floor, _otsu_threshold(missing[_away_from_edges(candidates)]))
    return mask & ~_lines(mask) & ~_lines(mask.T).T


def _is_light_on_dark(grey: NDArray[np.uint8]) -> bool:
    """Whether what stands out from its surroundings is lighter than they are."""
    coarse = _reduced(grey, _COARSEST)
    # So wide that strokes never fill half of it.
    around = coarse.filter(ImageFilter.MedianFilter(_COARSEST // 3 | 1))
    difference = np.asarray(coarse, np.float32) - np.asarray(around, np.float32)
    rows, columns = (extent // 8 for extent in difference.shape)
    middle = difference[rows : len(difference) - rows, columns : difference.shape[1] - columns]
    return float((middle**3).mean()) > 0 and float(np.median(np.asarray(coarse))) < 150


def _paper(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The brightness of the paper under the ink, float32 `(H, W)`."""
    coarse = np.asarray(_reduced(grey, _COARSE).filter(ImageFilter.MedianFilter(3)))
    window = round(_BROADEST * max(coarse.shape)) | 1
    # A margin for both steps: the second needs what the first finds beyond the edge.
    padded = np.pad(coarse, 2 * (window // 2), mode="edge")
    closed = _extreme(_extreme(padded, window, np.maximum), window, np.minimum)
    size = grey.shape[1], grey.shape[0]
    full = Image.fromarray(closed.astype(np.float32)).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(full)


def _reduced(grey: NDArray[np.uint8], side: int) -> Image.Image:
    return Image.fromarray(grey).reduce(max(1, round(max(grey.shape) / side)))


def _away_from_edges(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The parts that do not touch the photo's edge, as a table beside the paper does.

    If all do, because ruled lines lead to the edge, the whole mask.
    """
    found = components(mask)
    top, left, bottom, right = found.boxes.T
    inside = (top > 0) & (left > 0) & (bottom < mask.shape[0]) & (right < mask.shape[1])
    size = np.maximum(bottom - top, right - left)
    chosen = np.concatenate([[False], inside & (size > _CRUMB * max(mask.shape))])
    return chosen[found.numbers] if chosen.any() else mask


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


def _noise(missing: NDArray[np.float32]) -> float:
    """How strong the camera's noise on bare paper is."""
    middle = float(np.median(missing))
    return middle / _NOISE + 1.48 * float(np.median(np.abs(missing - middle)))


def _otsu_threshold(values: NDArray[np.float32]) -> float:
    """Otsu's threshold between two groups of values in 0..1."""
    counts, edges = np.histogram(values, _BINS, (0, 1))
    centres = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)[:-1]
    above = len(values) - below
    sums = np.cumsum(counts * centres)
    both = (below > 0) & (above > 0)
    if not both.any():
        return 0.0
    low = sums[:-1][both] / below[both]
    high = (sums[-1] - sums[:-1][both]) / above[both]
    between = below[both] * above[both] * (high - low) ** 2
    return float(edges[1:-1][both][between.argmax()])


def _lines(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels of ruled lines that run roughly from left to right."""
    longest = max(mask.shape)
    thickness = max(2, round(_LINE_THICKNESS * longest))
    thin = mask & ~_thick(mask, thickness)
    # A line counts as one where writing cuts it into pieces.
    gap = 4 * thickness
    found = components(_bridged(thin, gap))
    extent = found.boxes[:, 3] - found.boxes[:, 1]
    tall = found.boxes[:, 2] - found.boxes[:, 0]
    width = mask.shape[1]
    # A digit that stands on a line leaves a stub of it at the edge of the photo.
    is_at_edge = (found.boxes[:, 1] <= gap) | (found.boxes[:, 3] >= width - gap)
    is_long = extent > np.where(is_at_edge, _STUB_LENGTH, _LINE_LENGTH) * width
    chosen = np.concatenate([[False], is_long & (tall < extent / 4)])
    ruled: NDArray[np.bool_] = thin & chosen[found.numbers]
    return ruled


def _thick(mask: NDArray[np.bool_], thickness: int) -> NDArray[np.bool_]:
    """The pixels in vertical runs of more than `thickness` pixels."""
    change = np.diff(np.pad(mask.T, ((0, 0), (1, 1))).astype(np.int8).ravel())
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    lengths = np.repeat(ends - starts, ends - starts)
    result = np.zeros(mask.T.shape, np.bool_)
    result[mask.T] = lengths > thickness
    return result.T


def _bridged(mask: NDArray[np.bool_], gap: int) -> NDArray[np.bool_]:
    """The mask grown sideways until gaps of this many pixels are closed."""
    grown = mask.copy()
    for step in range(1, gap // 2 + 1):
        grown[:, step:] |= mask[:, :-step]
        grown[:, :-step] |= mask[:, step:]
    return grown
