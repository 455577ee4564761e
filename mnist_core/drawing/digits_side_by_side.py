"""Two or three digits side by side on a canvas: which strokes belong to which.

With room between two digits, ink alone tells: pieces that do not touch are different digits if both
are tall and there is room between them in every row. What is not tall is a bar, a foot or a broken
line, and belongs to the nearest digit; tall pieces that come close in some row are an open 4 or
another digit with a gap.

Digits that touch are still strokes of their own: these are shared out, from left to right, so that
every share looks like a digit, if that is more convincing than the whole and there is only one such
way. On a photo, there are no strokes: see `photo_pieces` and `photo_cuts`.
"""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing import mnist_image, pen
from mnist_core.drawing.connected_components import Components, components

MOST = 3

DigitProbability = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""How likely each of `(n, 28, 28)` prepared images is one digit: `(n,)`."""

# As parts of the tallest piece: the height that counts as tall, the room between two digits, and
# how far above or below ink still counts as beside.
_TALL_PIECE = 0.55
_ROOM = 0.09
_BESIDE = 0.1

# Chosen with the first 20 writers of benchmarks/side_by_side.py. Every share has to look at least
# so much like a digit, and the more, the more the whole looks like one; and no other way to share
# out may look as good.
_CONVINCING = 0.5
_RIVAL = 0.5
# As parts of the height of the ink: how far one share may reach into the next, and how high a share
# and how wide the whole has to be. An open 4 is narrower, and its parts reach further.
_OVERLAP = 0.1
_TALL = 0.4
_WIDE = 0.6
# More places to cut than digits have are scribble.
_MOST_CUTS = 8

Group = list[pen.Stroke]
Pieces = list[int]
"""The pieces of one digit, as positions in `Components.boxes`."""
Span = tuple[int, int]
"""From which stroke to which, from left to right, the last left out."""


def split(
    strokes: Sequence[pen.Stroke], brush: float, digit_probability: DigitProbability | None = None
) -> list[Group]:
    """Group strokes without stray dots by digit, from left to right: two or three, else all as one.

    Args:
        strokes: at least one, each `(n, 2)`.
        brush: their width in the same unit.
        digit_probability: judges the groups; without it only room between digits counts.
    """
    groups = split_by_room(strokes, brush)
    if digit_probability is None or len(groups) == len(strokes):
        return groups
    ordered = sorted(strokes, key=lambda stroke: float(stroke[:, 0].min() + stroke[:, 0].max()))
    ways = _ways(ordered, brush)
    if not ways:
        return groups
    spans = sorted({span for way in ways for span in way})
    shares = [ordered[slice(*span)] for span in spans]
    judged = _judged([*groups, *shares], brush, digit_probability).tolist()
    whole, likely = min(judged[: len(groups)]), dict(zip(spans, judged[len(groups) :], strict=True))
    worst = sorted((min(likely[span] for span in way), way) for way in ways)
    (rival, _), (best, way) = [(0.0, []), *worst][-2:]
    if best < _CONVINCING + (1 - _CONVINCING) * whole or rival >= _RIVAL:
        return groups
    return [ordered[slice(*span)] for span in way]


def _ways(ordered: Sequence[pen.Stroke], brush: float) -> list[list[Span]]:
    """How strokes, from left to right, may be shared out among two or three digits."""
    left, right = (np.array([end(stroke[:, 0]) for stroke in ordered]) for end in (np.min, np.max))
    wide, high = np.ptp(np.concatenate(ordered), axis=0) + brush
    if wide < _WIDE * high:
        return []
    # How far all that is left of a place is from all that is right of it.
    apart = np.minimum.accumulate(left[::-1])[::-1][1:] - np.maximum.accumulate(right)[:-1]
    places = [int(place) + 1 for place in np.flatnonzero(apart >= -_OVERLAP * high)]
    if len(places) > _MOST_CUTS:
        return []
    chosen = (cuts for count in range(1, MOST) for cuts in combinations(places, count))
    ways = [list(pairwise((0, *cuts, len(ordered)))) for cuts in chosen]
    return [way for way in ways if all(_is_tall(ordered[slice(*span)], high) for span in way)]


def _is_tall(share: Sequence[pen.Stroke], high: float) -> bool:
    return bool(np.ptp(np.concatenate(share)[:, 1]) >= _TALL * high)


def _judged(
    groups: Sequence[Group], brush: float, digit_probability: DigitProbability
) -> NDArray[np.float32]:
    images = np.stack([mnist_image.from_strokes(group, brush) for group in groups])
    return digit_probability(images)


def split_by_room(strokes: Sequence[pen.Stroke], brush: float) -> list[Group]:
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


def digit_groups(found: Components) -> list[Pieces]:
    """Group pieces of ink by digit, from left to right: two or three, else all as one."""
    boxes = found.boxes
    everything = [list(range(len(boxes)))]
    heights = boxes[:, 2] - boxes[:, 0]
    height = int(heights.max(initial=0))
    tall = [int(piece) for piece in np.flatnonzero(heights >= _TALL_PIECE * height)]
    tall.sort(key=lambda piece: int(boxes[piece, 1] + boxes[piece, 3]))
    groups: list[Pieces] = []
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


def _room(found: Components, group: Pieces, piece: int, height: int) -> float:
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


def _distance(boxes: NDArray[np.int64], group: Pieces, piece: int) -> float:
    """The columns between a piece and the nearest of a group."""
    gaps = np.maximum(boxes[group, 1] - boxes[piece, 3], boxes[piece, 1] - boxes[group, 3])
    return float(gaps.min())
