"""Find the ink on a photo of paper, whatever the light, and leave out shadows and ruled lines.

Ink is what differs from the paper (`photo_paper`): darker or lighter, in brightness or in a single
colour, as a yellow pen does. Which of these ways of looking shows digits is for `photo_digits` to
find out.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mnist_core.drawing import photo_paper
from mnist_core.drawing.connected_components import Components, column_runs, components
from mnist_core.drawing.photo_obstacles import frames
from mnist_core.drawing.photo_paper import Strength

# A difference between a pixel's colours, in grey levels, and how much of the photo must have it.
_COLOURED, _COLOURED_PART = 24, 0.0005
# In each piece, weak ink is kept where it touches ink that is stronger than Otsu's threshold; it is
# this part of the threshold.
_WEAK = 0.5
# Pieces smaller than this part of the longer side are noise.
_CRUMB = 0.008
_BINS = 64
# No more pieces are looked at.
_MOST_PIECES = 300
# A ruled line is at most this thick and at least this long, as parts of the longer side; one that
# reaches the edge of the photo may be as short as a stub. Where there are fewer of them, a line
# that ends before the edge is a stroke of a large digit.
_LINE_THICKNESS = 0.008
_LINE_LENGTH = 0.5
_STUB_LENGTH = 0.1
_LINES = 3


def ways_of_looking(photo: NDArray[np.uint8]) -> Iterator[Strength]:
    """What differs from the paper of a photo, uint8 `(H, W, 3)`, each way of looking after another.

    Darker, then lighter; then, if there is colour, darker or lighter in any of the three channels.
    """
    picture = photo_paper.without_noise(Image.fromarray(photo))
    grey = np.asarray(picture.convert("L"))
    yield photo_paper.darker(grey)
    yield photo_paper.lighter(grey)
    is_coloured = np.ptp(np.asarray(picture), axis=2) >= _COLOURED
    if is_coloured.mean() >= _COLOURED_PART:
        channels = [np.asarray(channel) for channel in picture.split()]
        yield np.maximum.reduce([photo_paper.darker(channel) for channel in channels])
        yield np.maximum.reduce([photo_paper.lighter(channel) for channel in channels])


def ink_masks(strength: Strength) -> Iterator[NDArray[np.bool_]]:
    """Which pixels are ink, bool `(H, W)`, without ruled lines.

    Where there are printed boxes, first without their lines, then with them: a squarish 0 may look
    like one.

    What is ink is decided for each piece that hangs together: beside a dark table, a pencil's line
    is as much ink as a felt pen's.
    """
    floor = photo_paper.floor(strength)
    candidates = strength > floor
    across, down = frames.frame_lines(candidates, strength)
    if across or down:
        yield _ink(strength, floor, frames.without(candidates, strength, across, down))
    yield _ink(strength, floor, candidates)


def _ink(strength: Strength, floor: Strength, candidates: NDArray[np.bool_]) -> NDArray[np.bool_]:
    candidates = candidates & ~_ruled(candidates)
    found = components(candidates)
    sides = (found.boxes[:, 2:] - found.boxes[:, :2]).max(axis=1)
    is_piece = sides > max(3, _CRUMB * max(strength.shape))
    thresholds = np.full(len(sides) + 1, 2.0, np.float32)
    for number in np.argsort(-sides)[: min(int(is_piece.sum()), _MOST_PIECES)]:
        thresholds[number + 1] = otsu_threshold(_values(strength, found, int(number)))
    limit = thresholds[found.numbers]
    mask = _touching(strength > np.maximum(floor, _WEAK * limit), strength > limit, limit < 1)
    return mask & ~_ruled(mask)


def _values(strength: Strength, found: Components, number: int) -> Strength:
    """The strengths of one piece's pixels."""
    top, left, bottom, right = found.boxes[number]
    window = np.s_[top:bottom, left:right]
    values: Strength = strength[window][found.numbers[window] == number + 1]
    return values


def _touching(
    weak: NDArray[np.bool_], strong: NDArray[np.bool_], allowed: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """The weak pieces that hold something strong."""
    found = components(weak & allowed)
    holds = np.zeros(len(found.areas) + 1, bool)
    holds[found.numbers[strong & weak & allowed]] = True
    holds[0] = False
    return holds[found.numbers]


def otsu_threshold(values: NDArray[np.float32]) -> float:
    """Otsu's threshold between two groups of values in 0..1; 0 if all are alike."""
    counts = np.bincount((values * (_BINS - 1e-3)).astype(np.intp), minlength=_BINS)
    centres = (np.arange(_BINS) + 0.5) / _BINS
    below = np.cumsum(counts)[:-1]
    above = len(values) - below
    sums = np.cumsum(counts * centres)
    both = (below > 0) & (above > 0)
    if not both.any():
        return 0.0
    low = sums[:-1][both] / below[both]
    high = (sums[-1] - sums[:-1][both]) / above[both]
    between = below[both] * above[both] * (high - low) ** 2
    return float(((np.arange(1, _BINS)) / _BINS)[both][between.argmax()])


def _ruled(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels of lines that run roughly from left to right or from top to bottom."""
    return _lines(mask) | _lines(mask.T).T


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
    at_edge = np.zeros(len(found.areas) + 1, bool)
    for edge in (np.s_[:, :thickness], np.s_[:, width - thickness :]):
        at_edge[found.numbers[edge][thin[edge]]] = True
    is_at_edge = at_edge[1:]
    is_flat = tall < extent / 4
    is_stub = is_flat & is_at_edge & (extent > _STUB_LENGTH * width)
    is_long = is_flat & (extent > _LINE_LENGTH * width)
    if (is_long | is_stub).sum() < _LINES:
        # One or two that end before the edge are the strokes of a large digit.
        is_long &= is_at_edge
    chosen = np.concatenate([[False], is_long | is_stub])
    ruled: NDArray[np.bool_] = thin & chosen[found.numbers]
    return ruled


def _thick(mask: NDArray[np.bool_], thickness: int) -> NDArray[np.bool_]:
    """The pixels in vertical runs of more than `thickness` pixels."""
    runs = column_runs(mask)
    return runs.pixels(runs.lengths > thickness)


def _bridged(mask: NDArray[np.bool_], gap: int) -> NDArray[np.bool_]:
    """The mask grown sideways until gaps of this many pixels are closed."""
    grown, width = mask.copy(), 0
    while width < gap // 2:
        step = min(width + 1, gap // 2 - width)
        before = grown.copy()
        grown[:, step:] |= before[:, :-step]
        grown[:, :-step] |= before[:, step:]
        width += step
    return grown
