"""Which pieces of ink on a photo belong to one digit.

An open 4, a 5 with its bar, a line that the pen left broken: pieces whose boxes overlap, that lie
one above the other, or close to something much larger, are one digit. Two tall pieces side by side
are two, however close. A box or a circle around writing is no writing.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import Components

Group = tuple[int, ...]
"""The pieces of one digit, as positions in `Components.boxes`."""

# Of the photo's longer side: smaller pieces are noise, and smaller groups no digits.
_CRUMB = 0.008
# All relative to the larger of two pieces: how far away something small may be, what counts as
# small, the same for a lying piece such as a bar, and how far apart the ends of a broken line are.
_NEAR = 0.14
_SMALL = 0.62
_LYING_SMALL = 1.4
_LYING = 1.3
_BROKEN = 0.05
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
# A frame is this much longer than what it holds at most, and ink covers at most this part of it.
_HELD = 0.2
_FRAME_INK = 0.35


@dataclass(frozen=True, eq=False)
class Pair:
    """How two pieces lie: `small` is the shorter one."""

    large: NDArray[np.int64]
    small: NDArray[np.int64]

    @property
    def size(self) -> float:
        """The longer side of the large piece."""
        return float((self.large[2:] - self.large[:2]).max())

    @property
    def gaps(self) -> NDArray[np.int64]:
        """Rows and columns between the boxes; negative where they overlap."""
        starts = np.maximum(self.large[:2], self.small[:2])
        ends = np.minimum(self.large[2:], self.small[2:])
        gaps: NDArray[np.int64] = starts - ends
        return gaps

    @property
    def overlap(self) -> float:
        """The part of the small box that lies in the large one."""
        down, across = np.maximum(-self.gaps, 0)
        area = float(np.prod(np.maximum(self.small[2:] - self.small[:2], 1)))
        return float(down * across) / area

    def is_one_digit(self) -> bool:
        """Whether the boxes alone say that they belong together."""
        down, across = (float(gap) for gap in self.gaps)
        if self.overlap >= _OVERLAP:
            return True
        high, wide = (float(side) for side in self.small[2:] - self.small[:2])
        is_lying = wide > _LYING * high
        is_small = max(high, wide) <= (_LYING_SMALL if is_lying else _SMALL) * self.size
        if not is_small:
            return False
        if max(down, across) < _NEAR * self.size:
            return True
        return -across >= _STACKED * wide and down < 2 * _NEAR * self.size and is_lying


def groups(found: Components, shape: tuple[int, ...], ignored: set[int]) -> list[Group]:
    """Group the pieces of ink on a photo of this shape by digit, without noise and `ignored`."""
    boxes = found.boxes
    sides = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0)
    order = [int(n) for n in np.argsort(-sides) if sides[n] > max(2, _CRUMB * max(shape))]
    own: list[list[int]] = []
    for piece in order:
        if piece in ignored:
            continue
        near = [group for group in own if any(_belongs(found, member, piece) for member in group)]
        if not near:
            own.append([piece])
        elif len(near) == 1 or sides[piece] < _SMALL * min(sides[group[0]] for group in near):
            # Something small between two digits belongs to the nearer one.
            min(near, key=lambda group: _apart(found, group, piece)).append(piece)
        else:
            near[0].extend([*(m for group in near[1:] for m in group), piece])
            own = [group for group in own if not any(group is merged for merged in near[1:])]
    return [tuple(group) for group in own]


def close_pairs(found: Components, own: list[Group]) -> list[tuple[Group, Group]]:
    """Groups of about the same height side by side that nearly touch: an open 4, or two digits."""
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
            pairs.append((one, other))
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


def _belongs(found: Components, large: int, small: int) -> bool:
    if found.areas[small] < _AREA_CRUMB * found.areas[large]:
        return False
    return Pair(found.boxes[large], found.boxes[small]).is_one_digit()


def _apart(found: Components, group: list[int], piece: int) -> float:
    gaps = [Pair(found.boxes[member], found.boxes[piece]).gaps for member in group]
    return min(float(np.hypot(*np.maximum(gap, 0))) + 0.01 * float(gap.sum()) for gap in gaps)
