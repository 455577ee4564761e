"""Two or three digits side by side: which ink belongs to which.

Pieces of ink that do not touch are different digits if both are tall and there is room between
them in every row. What is not tall is a bar, a foot or a broken line, and belongs to the nearest
digit; tall pieces that come close in some row are an open 4 or another digit with a gap.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing import pen
from mnist_core.drawing.connected_components import Components, components

MOST = 3

# As parts of the tallest piece: the height that counts as tall, the room between two digits, and
# how far above or below ink still counts as beside.
_TALL = 0.55
_ROOM = 0.09
_BESIDE = 0.1

Group = list[int]
"""The pieces of one digit, as positions in `Components.boxes`."""


def split_strokes(strokes: Sequence[pen.Stroke], brush: float) -> list[list[pen.Stroke]]:
    """Group strokes without stray dots by digit, from left to right: two or three, else all as one.

    At least one stroke is needed; `brush` is their width in the same unit.
    """
    drawn, starts = pen.sketch(strokes, brush)
    found = components(drawn)
    piece = [int(found.numbers[y, x]) - 1 for x, y in starts]
    return [
        [stroke for stroke, number in zip(strokes, piece, strict=True) if number in group]
        for group in digit_groups(found)
    ]


def digit_groups(found: Components) -> list[Group]:
    """Group pieces of ink by digit, from left to right: two or three, else all as one."""
    boxes = found.boxes
    everything = [list(range(len(boxes)))]
    heights = boxes[:, 2] - boxes[:, 0]
    height = int(heights.max(initial=0))
    tall = [int(piece) for piece in np.flatnonzero(heights >= _TALL * height)]
    tall.sort(key=lambda piece: int(boxes[piece, 1] + boxes[piece, 3]))
    groups: list[Group] = []
    for piece in tall:
        if groups and _room(found, groups[-1], piece, height) < _ROOM * height:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if not 1 < len(groups) <= MOST:
        return everything
    for piece in set(everything[0]).difference(tall):
        min(groups, key=lambda group: _distance(boxes, group, piece)).append(piece)
    return groups


def _room(found: Components, group: Group, piece: int, height: int) -> float:
    """How far a piece lies to the right of others, in the row where they come closest.

    0 if no row, nor one close by, has ink of both: they lie above each other.
    """
    reach = round(_BESIDE * height)
    left = np.isin(found.numbers - 1, group)
    right = found.numbers == piece + 1
    width = left.shape[1]
    ends = np.where(left.any(axis=1), width - left[:, ::-1].argmax(axis=1), -width)
    starts = np.where(right.any(axis=1), right.argmax(axis=1), 3 * width)
    # The rightmost ink of the left pieces in each row or one close by.
    around = np.pad(ends, reach, constant_values=-width)
    farthest = np.lib.stride_tricks.sliding_window_view(around, 2 * reach + 1).max(axis=1)
    room = int((starts - farthest).min())
    return room if room < width else 0


def _distance(boxes: NDArray[np.int64], group: Group, piece: int) -> float:
    """The columns between a piece and the nearest of a group."""
    gaps = np.maximum(boxes[group, 1] - boxes[piece, 3], boxes[piece, 1] - boxes[group, 3])
    return float(gaps.min())
