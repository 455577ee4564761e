"""What lies around a piece of writing on a photo, and whether one pen wrote all of it."""

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import Components
from mnist_core.drawing.photo_pieces import Group

# How far around writing the paper is looked at, as parts of its longer side.
_FROM, _TO = 0.04, 0.2
# The paper on each side differs from the ink by at least this part of what it differs by on the
# side where it differs most.
_ALIKE = 0.4
# Ink that takes all of the paper's light away differs from it by this many grey levels at least.
_LEAST_CONTRAST = 32
# A pen's full strength is this quantile of its ink; what is paler than this part of the strongest
# piece's was not written with the same pen: the noise of a poor JPEG, a line of the paper.
_PEN = 0.8
_PALE = 0.35


def same_pen(parts: Components, strength: NDArray[np.float32], group: Group) -> Group:
    """The pieces of a group that are about as dark as its largest one."""
    if len(group) == 1:
        return group
    pens = [_pen(parts, strength, piece) for piece in group]
    return tuple(piece for piece, pen in zip(group, pens, strict=True) if pen >= _PALE * pens[0])


def lies_on_paper(
    photo: NDArray[np.uint8], strength: NDArray[np.float32], parts: Components, group: Group
) -> bool:
    """Whether the same paper lies on all sides of writing, and is unlike its ink.

    What stands between a sheet and a table, or is the inside of a loop, is no writing.
    """
    boxes = parts.boxes[list(group)]
    top, left = (int(edge) for edge in boxes[:, :2].min(axis=0))
    bottom, right = (int(edge) for edge in boxes[:, 2:].max(axis=0))
    largest = group[0]
    window = _window(parts.boxes[largest])
    is_ink = parts.numbers[window] == largest + 1
    ink = np.median(photo[window][is_ink], axis=0)
    least = _LEAST_CONTRAST * float(np.median(strength[window][is_ink]))
    size = max(bottom - top, right - left)
    near, far = max(2, round(_FROM * size)), max(4, round(_TO * size))
    rows, columns = (
        slice(max(top - near, 0), bottom + near),
        slice(max(left - near, 0), right + near),
    )
    strips = (
        photo[rows, max(left - far, 0) : max(left - near, 0)],
        photo[rows, right + near : right + far],
        photo[max(top - far, 0) : max(top - near, 0), columns],
        photo[bottom + near : bottom + far, columns],
    )
    seen = [np.median(strip.reshape(-1, 3), axis=0) - ink for strip in strips if strip.size]
    if len(seen) < 2:
        return True
    most = max(seen, key=lambda difference: float(np.abs(difference).max()))
    channel = int(np.abs(most).argmax())
    return bool(abs(most[channel]) >= least) and all(
        side[channel] * most[channel] > _ALIKE * most[channel] ** 2 for side in seen
    )


def contrast(parts: Components, strength: NDArray[np.float32], group: Group) -> float:
    """How much the largest piece of a group differs from the paper, 0..1."""
    return _pen(parts, strength, group[0])


def _pen(parts: Components, strength: NDArray[np.float32], piece: int) -> float:
    window = _window(parts.boxes[piece])
    return float(np.quantile(strength[window][parts.numbers[window] == piece + 1], _PEN))


def _window(box: NDArray[np.int64]) -> tuple[slice, slice]:
    top, left, bottom, right = (int(edge) for edge in box)
    return slice(top, bottom), slice(left, right)
