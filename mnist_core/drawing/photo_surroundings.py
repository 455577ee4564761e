"""What lies around a piece of writing on a photo, and how dark its pen was."""

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
# Pixels of ink whose neighbours are looked at, and how many of those may be like the ink.
_SAMPLES = 200
_MOSTLY = 0.25
# A pen's full strength is this quantile of its ink.
_PEN = 0.8
# As many as `photo_pieces` looks at.
_MOST_PIECES = 300


def pens(parts: Components, strength: NDArray[np.float32]) -> NDArray[np.float64]:
    """How dark the pen of each piece was, float64 `(n,)` in 0..1; small pieces of many get 0."""
    found = np.zeros(len(parts.areas))
    sides = (parts.boxes[:, 2:] - parts.boxes[:, :2]).max(axis=1, initial=0)
    for piece in np.argsort(-sides)[:_MOST_PIECES]:
        found[piece] = _pen(parts, strength, int(piece))
    return found


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


def has_paper_beside(photo: NDArray[np.uint8], parts: Components, group: Group) -> bool:
    """Whether both sides of a stroke are unlike it; at the edge of a sheet they are not."""
    largest = group[0]
    top, left = parts.boxes[largest, :2]
    rows, columns = np.nonzero(parts.numbers[_window(parts.boxes[largest])] == largest + 1)
    some = np.linspace(0, len(rows) - 1, _SAMPLES).astype(int)
    rows, columns = rows[some] + top, columns[some] + left
    size = int((parts.boxes[largest, 2:] - parts.boxes[largest, :2]).max())
    reach = round(4 + 0.6 * parts.areas[largest] / size)
    steps = np.array([(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if y or x]) * reach
    beside = np.stack([rows, columns], axis=1)[:, np.newaxis] + steps
    y, x = beside.reshape(-1, 2).T
    is_inside = (y >= 0) & (x >= 0) & (y < photo.shape[0]) & (x < photo.shape[1])
    y, x = y[is_inside], x[is_inside]
    is_paper = parts.numbers[y, x] == 0
    if not is_paper.any():
        return True
    ink = np.median(photo[rows, columns].astype(np.float32), axis=0)
    differs = photo[y[is_paper], x[is_paper]] - ink
    middle = np.median(differs, axis=0)
    channel = int(np.abs(middle).argmax())
    alike = differs[:, channel] * middle[channel] < _ALIKE * middle[channel] ** 2
    return float(alike.mean()) < _MOSTLY


def _pen(parts: Components, strength: NDArray[np.float32], piece: int) -> float:
    window = _window(parts.boxes[piece])
    return float(np.quantile(strength[window][parts.numbers[window] == piece + 1], _PEN))


def _window(box: NDArray[np.int64]) -> tuple[slice, slice]:
    top, left, bottom, right = (int(edge) for edge in box)
    return slice(top, bottom), slice(left, right)
