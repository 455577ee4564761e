"""Take a box's printed frame away, and make ink that crosses it whole again."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.paper import box_patch
from mnist_core.paper.flat_sheet import SCALE

# On its frame, ink is this much darker than the frame alone.
_DARKER = 1.5
# Millimetres that are looked at on both sides of a frame for ink that crosses it.
_CROSSING = 0.5


def without_frame(
    patch: NDArray[np.float32], mask: NDArray[np.bool_], band: float, strong: float
) -> NDArray[np.bool_]:
    """Ink without the frame's lines, whole again where it crosses them."""
    rows, columns = box_patch.inside(-band)
    on_frame = np.zeros(mask.shape, bool)
    on_frame[rows, columns] = True
    on_frame[box_patch.inside(band)] = False
    line = float(np.median(patch[on_frame & ~_near_corners(band)])) if on_frame.any() else 0.0
    peak = _line_peak(patch, line)
    kept = mask & (~on_frame | (patch > max(_DARKER * peak, strong)))
    inner = box_patch.inside(band)
    kept = _bridged(kept, rows.start, inner[0].start, columns)
    kept = _bridged(kept, inner[0].stop, rows.stop, columns)
    kept = _bridged(kept.T, columns.start, inner[1].start, rows).T
    return _bridged(kept.T, inner[1].stop, columns.stop, rows).T


def _near_corners(band: float) -> NDArray[np.bool_]:
    """Where two lines of the frame meet."""
    rows, columns = box_patch.inside(3 * band)
    near = np.ones((box_patch.SIZE[1], box_patch.SIZE[0]), bool)
    near[rows] = False
    across = np.ones_like(near)
    across[:, columns] = False
    return near & across


def _line_peak(patch: NDArray[np.float32], line: float) -> float:
    """How dark the frame's line is in its middle, usually."""
    rows, columns = box_patch.inside(0.0)
    sides = [
        patch[rows.start - 2 : rows.start + 2, columns].max(axis=0),
        patch[rows.stop - 2 : rows.stop + 2, columns].max(axis=0),
        patch[rows, columns.start - 2 : columns.start + 2].max(axis=1),
        patch[rows, columns.stop - 2 : columns.stop + 2].max(axis=1),
    ]
    return max(line, float(np.median(np.concatenate(sides))))


def _bridged(mask: NDArray[np.bool_], top: int, bottom: int, columns: slice) -> NDArray[np.bool_]:
    """The mask with ink in these rows wherever there is ink both above and below them."""
    reach = max(1, round(_CROSSING * SCALE))
    above: NDArray[np.bool_] = np.any(mask[max(top - reach, 0) : top], axis=0)
    below: NDArray[np.bool_] = np.any(mask[bottom : bottom + reach], axis=0)
    # It may cross at a slant, as far as the line is thick.
    wide = bottom - top
    both = _spread(above, wide) & _spread(below, wide) & (_spread(above, 1) | _spread(below, 1))
    bridged = mask.copy()
    bridged[top:bottom, columns] |= both[columns]
    return bridged


def _spread(line: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    return np.convolve(line, np.ones(2 * reach + 1), "same") > 0
