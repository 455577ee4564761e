"""Which pieces of ink on a photo belong to one digit.

An open 4, a 5 with its bar, a line that the pen left broken: pieces whose boxes overlap, that lie
one above the other, or close to something much larger, are one digit. Two tall pieces side by side
are two, however close. A box or a circle around writing is no writing.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import Components

Group = tuple[int, ...]
"""The pieces of one digit, as positions in `Components.boxes`."""

# Of the photo's longer side: smaller pieces are noise, and smaller groups no digits.
_CRUMB = 0.008
# All relative to the larger of two pieces: how far away something small may be, what counts as
# small, and the same for a lying piece such as a bar.
_NEAR = 0.14
_SMALL = 0.62
_LYING_SMALL = 1.4
_LYING = 1.3
# Relative to the smaller: how much of its box lies in the other's box when they overlap; how much
# of its width is above or below the other.
_OVERLAP = 0.25
_STACKED = 0.5
# Of the larger piece's area: less is dirt.
_AREA_CRUMB = 0.004
# Two that may be one: how much of the higher one's height the other has at least, and how wide both
# are together at most, as a part of it.
_ALIKE = 0.45
_WIDEST_PAIR = 1.5
# What is so close all but touches, as a part of the same height.
_TOUCHING = 0.05
# What is paler than this part of a pen's ink was not written with it: the noise of a poor JPEG, a
# line of the paper.
_PALE = 0.35
# No more pieces are looked at.
_MOST_PIECES = 300
# A frame is this much longer than what it holds at most, and ink covers at most this part of it.
_HELD = 0.2
_FRAME_INK = 0.35


def groups(
    found: Components,
    shape: tuple[int, ...],
    ignored: set[int],
    pens: NDArray[np.float64] | None = None,
) -> list[Group]:
    """Group the pieces of ink on a photo by digit.

    Args:
        found: the pieces.
        shape: of the photo.
        ignored: pieces that are no writing.
        pens: how dark each piece is, `(n,)`; one digit is written with one pen.
    """
    boxes = found.boxes
    sides = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0)
    order = [
        int(piece)
        for piece in np.argsort(-sides)[:_MOST_PIECES]
        if sides[piece] > max(2, _CRUMB * max(shape)) and int(piece) not in ignored
    ]
    own: list[list[int]] = []
    placed: list[int] = []
    for piece in order:
        near = set(_one_digit(found, _same_pen(placed, piece, pens), piece))
        placed.append(piece)
        joined = [group for group in own if not near.isdisjoint(group)]
        if not joined:
            own.append([piece])
        elif len(joined) == 1 or sides[piece] < _SMALL * min(sides[group[0]] for group in joined):
            # Something small between two digits belongs to the nearer one.
            min(joined, key=lambda group: _apart(found, group, piece)).append(piece)
        else:
            joined[0].extend([*(m for group in joined[1:] for m in group), piece])
            own = [group for group in own if not any(group is merged for merged in joined[1:])]
    return [tuple(group) for group in own]


def _same_pen(larger: list[int], piece: int, pens: NDArray[np.float64] | None) -> list[int]:
    """Those pieces that are about as dark as another."""
    if pens is None or not larger:
        return larger
    others = pens[larger]
    alike = np.minimum(others, pens[piece]) >= _PALE * np.maximum(others, pens[piece])
    return [one for one, is_alike in zip(larger, alike, strict=True) if is_alike]


def _one_digit(found: Components, larger: list[int], piece: int) -> list[int]:
    """Which of some larger pieces are one digit with a piece, going by where they lie."""
    if not larger:
        return []
    numbers = np.array(larger)
    boxes, small = found.boxes[numbers], found.boxes[piece]
    down, across = _gaps(boxes, small).T
    high, wide = small[2:] - small[:2]
    size = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    is_lying = wide > _LYING * high
    overlaps = np.maximum(-down, 0) * np.maximum(-across, 0) >= _OVERLAP * high * wide
    is_small = max(high, wide) <= (_LYING_SMALL if is_lying else _SMALL) * size
    is_near = np.maximum(down, across) < _NEAR * size
    is_bar = is_lying & (-across >= _STACKED * wide) & (down < 2 * _NEAR * size)
    is_dirt = found.areas[piece] < _AREA_CRUMB * found.areas[numbers]
    belongs = ~is_dirt & (overlaps | (is_small & (is_near | is_bar)))
    return [int(one) for one in numbers[belongs] if _is_near_ink(found, int(one), piece)]


def _is_near_ink(found: Components, large: int, piece: int) -> bool:
    """Whether ink of a large piece, not only its box, comes near another's box."""
    box, small = found.boxes[large], found.boxes[piece]
    size = float((box[2:] - box[:2]).max())
    is_lying = small[3] - small[1] > _LYING * (small[2] - small[0])
    reach = round((2 if is_lying else 1) * _NEAR * size)
    top, left = np.maximum(small[:2] - reach, 0)
    bottom, right = small[2:] + reach
    return bool((found.numbers[top:bottom, left:right] == large + 1).any())


def _gaps(boxes: NDArray[np.int64], small: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows and columns between each box and another; negative where they overlap: `(n, 2)`."""
    starts, ends = np.maximum(boxes[:, :2], small[:2]), np.minimum(boxes[:, 2:], small[2:])
    gaps: NDArray[np.int64] = starts - ends
    return gaps


def close_pairs(found: Components, own: list[Group]) -> list[tuple[Group, Group, bool]]:
    """Groups of about the same height side by side that nearly touch: an open 4, or two digits.

    With each pair, whether they all but touch, or one stands partly above the other.
    """
    boxes = [_box(found, group) for group in own]
    pairs = []
    for (one, a), (other, b) in combinations(zip(own, boxes, strict=True), 2):
        heights = a[2] - a[0], b[2] - b[0]
        beside = min(a[2], b[2]) - max(a[0], b[0])
        apart = max(a[1], b[1]) - min(a[3], b[3])
        wide = max(a[3], b[3]) - min(a[1], b[1])
        if (
            min(heights) >= _ALIKE * max(heights)
            and beside >= _ALIKE * min(heights)
            and apart < _NEAR * max(heights)
            and wide < _WIDEST_PAIR * max(heights)
        ):
            pairs.append((one, other, bool(apart < _TOUCHING * max(heights))))
    return pairs


def _box(found: Components, group: Group) -> NDArray[np.int64]:
    boxes = found.boxes[list(group)]
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def frames(found: Components) -> set[int]:
    """Pieces that lie around others: printed boxes, circles, and the like."""
    boxes = found.boxes
    sizes = boxes[:, 2:] - boxes[:, :2]
    hollow = found.areas < _FRAME_INK * sizes.prod(axis=1)
    result = set()
    for piece in np.flatnonzero(hollow & (sizes.min(axis=1) > 0.4 * sizes.max(axis=1))):
        inside = (boxes[:, :2] > boxes[piece, :2]).all(axis=1)
        inside &= (boxes[:, 2:] < boxes[piece, 2:]).all(axis=1)
        inside &= sizes[:, 0] > _HELD * sizes[piece, 0]
        if inside.any() and _surrounds(found, int(piece), np.flatnonzero(inside)):
            result.add(int(piece))
    return result


def _surrounds(found: Components, piece: int, others: NDArray[np.intp]) -> bool:
    """Whether ink of a piece lies on all four sides of the middle of another."""
    ink = found.numbers == piece + 1
    for other in others:
        top, left, bottom, right = found.boxes[other]
        rows = np.linspace(top, bottom - 1, 5).astype(int)
        columns = np.linspace(left, right - 1, 5).astype(int)
        sides = (
            ink[:top, columns].any(axis=0),
            ink[bottom:, columns].any(axis=0),
            ink[rows, :left].any(axis=1),
            ink[rows, right:].any(axis=1),
        )
        if all(side.all() for side in sides):
            return True
    return False


def _apart(found: Components, group: list[int], piece: int) -> float:
    gaps = _gaps(found.boxes[group], found.boxes[piece])
    return float((np.hypot(*np.maximum(gaps, 0).T) + 0.01 * gaps.sum(axis=1)).min())
