"""Which strokes of a pen belong to which digit, also where digits come close or touch.

`segmentation` needs room between two digits. On a canvas digits that touch are still strokes of
their own: these are shared out, from left to right, so that every share looks like a digit, if that
is more convincing than the whole and there is only one such way.
"""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing import mnist_image, pen, segmentation

DigitProbability = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""How likely each of `(n, 28, 28)` prepared images is one digit: `(n,)`."""

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
    groups = segmentation.split_strokes(strokes, brush)
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
    chosen = (cuts for count in range(1, segmentation.MOST) for cuts in combinations(places, count))
    ways = [list(pairwise((0, *cuts, len(ordered)))) for cuts in chosen]
    return [way for way in ways if all(_is_tall(ordered[slice(*span)], high) for span in way)]


def _is_tall(share: Sequence[pen.Stroke], high: float) -> bool:
    return bool(np.ptp(np.concatenate(share)[:, 1]) >= _TALL * high)


def _judged(
    groups: Sequence[Group], brush: float, digit_probability: DigitProbability
) -> NDArray[np.float32]:
    images = np.stack([mnist_image.from_strokes(group, brush) for group in groups])
    return digit_probability(images)
