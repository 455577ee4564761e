"""Digits that touch: where to cut ink that is too wide to be one digit.

Cuts go straight down where there is little ink. Every piece between two such places is shown to the
network for non-digits, and the best way to divide all of the ink is taken.
"""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import components

Mask = NDArray[np.bool_]
Chances = Callable[[Sequence[Mask]], NDArray[np.float32]]
"""The probability that each of some masks is one digit."""

# Places to cut at: at least so many, and so many for each square that the ink is long.
_CUTS, _CUTS_PER_SQUARE = 10, 4
# As parts of the ink's height: the narrowest and the widest digit, and how far apart cuts are.
_NARROWEST, _WIDEST = 0.12, 1.1
_APART = 0.12
# A digit at least this likely; what is cut off and smaller than this part of it is dropped.
_LIKELY = 0.6
_SCRAP = 0.1


def cut(mask: Mask, chances: Chances) -> list[tuple[int, Mask]]:
    """Divide ink `(h, w)` into digits side by side.

    Returns:
        The first column and the ink of each digit, from left to right; empty if the ink cannot be
        divided so that every part is likely to be a digit.
    """
    height, width = mask.shape
    places = [0, *_places(mask), width]
    spans = [
        (start, end)
        for start, end in combinations(range(len(places)), 2)
        if _NARROWEST * height <= places[end] - places[start] <= _WIDEST * height
        and (start, end) != (0, len(places) - 1)
        and mask[:, places[start] : places[end]].any()
    ]
    if not spans:
        return []
    inks = [_without_scraps(mask[:, places[start] : places[end]]) for start, end in spans]
    likely = dict(zip(spans, (float(chance) for chance in chances(inks)), strict=True))
    path = _best_path(likely, len(places) - 1)
    found = dict(zip(spans, inks, strict=True))
    return [(places[span[0]], found[span]) for span in path]


def _places(mask: Mask) -> list[int]:
    """Columns with little ink, where two digits may touch."""
    height, width = mask.shape
    ink = mask.sum(axis=0).astype(np.float64)
    apart = max(2, round(_APART * height))
    chosen: list[int] = []
    for column in np.argsort(ink, kind="stable"):
        is_inside = apart <= column <= width - apart
        if is_inside and all(abs(column - other) >= apart for other in chosen):
            chosen.append(int(column))
        if len(chosen) >= max(_CUTS, _CUTS_PER_SQUARE * width / height):
            break
    return sorted(chosen)


def _best_path(likely: dict[tuple[int, int], float], end: int) -> list[tuple[int, int]]:
    """The spans from 0 to the end whose product is largest, all of them likely."""
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for stop in range(1, end + 1):
        for (start, last), chance in likely.items():
            if last != stop or start not in best or chance < _LIKELY:
                continue
            score = best[start][0] + float(np.log(chance)) - 0.05
            if stop not in best or score > best[stop][0]:
                best[stop] = score, [*best[start][1], (start, last)]
    return best.get(end, (0.0, []))[1]


def _without_scraps(mask: Mask) -> Mask:
    found = components(mask)
    kept = np.append(False, found.areas >= _SCRAP * found.areas.max(initial=0))
    whole: Mask = kept[found.numbers]
    return whole
