"""Ruled and squared paper: the lines of it, which are no ink."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import components

# A ruled line is at most this thick and at least this long, as parts of the longer side; one that
# reaches the edge of the photo may be as short as a stub. Where there are fewer of them, a line
# that ends before the edge is a stroke of a large digit.
_LINE_THICKNESS = 0.008
_LINE_LENGTH = 0.5
_STUB_LENGTH = 0.1
_LINES = 3


def ruled(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
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
    change = np.diff(np.pad(mask.T, ((0, 0), (1, 1))).astype(np.int8).ravel())
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    lengths = np.repeat(ends - starts, ends - starts)
    result = np.zeros(mask.T.shape, np.bool_)
    result[mask.T] = lengths > thickness
    return result.T


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
