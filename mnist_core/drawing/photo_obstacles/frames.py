"""Printed boxes that writing crosses: their lines are taken away, the strokes across them stay.

A box is two straight lines from left to right and two from top to bottom that end where they meet;
a row of boxes has more of them. Digits have strokes that go on beyond such corners, and a squarish
0 or 8 leaves nothing when its lines are gone, so it is left alone.
"""

from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import column_runs
from mnist_core.drawing.photo_obstacles.straight_lines import Line, Mask, Strength, straight_lines

# Lines end, or cross, this near to each other, and a box's sides are this long at least: parts of
# the photo's longer side.
_NEAR, _SIDE = 0.025, 0.05
# Lines of one box differ in thickness and in darkness by at most this part.
_UNLIKE = 0.5
# Ink along a line that differs in darkness by more than this part, and this much, is another pen's.
_OTHER_PEN, _NOISE = 0.25, 0.06
# Of a side that writing hides: how much must be ink, how much of it must be seen alone, and how
# much its slope may differ from that of the other sides.
_INK, _SEEN, _SLANT = 0.97, 0.25, 0.08
# No more pairs of lines are looked at for sides that writing hides.
_MOST = 6


def frame_lines(mask: Mask, strength: Strength) -> tuple[list[Line], list[Line]]:
    """The lines of printed boxes in ink: from left to right, and from top to bottom.

    Args:
        mask: bool `(H, W)`, what may be ink.
        strength: float32 `(H, W)`, how dark it is.

    Returns:
        Lines; the second are lines of the transposed picture.
    """
    across = straight_lines(mask, strength)
    if len(across) < 2:
        return [], []
    down = straight_lines(mask.T, strength.T)
    near, side = _NEAR * max(mask.shape), _SIDE * max(mask.shape)
    down += _hidden(mask, strength, across, down, near)
    across += _hidden(mask.T, strength.T, down, across, near)
    meets = np.array([[_meet(one, other, near) for other in down] for one in across], bool)
    used = np.zeros(len(across), bool), np.zeros(len(down), bool)
    for one, other in combinations(range(len(across)), 2):
        between = np.flatnonzero(meets[one] & meets[other])
        middle = across[one].middle
        columns = [down[line].row(across[one].row(middle)) for line in between]
        high = abs(across[one].row(middle) - across[other].row(middle))
        if len(between) > 1 and high >= side and np.ptp(columns) >= side:
            used[0][[one, other]] = used[1][between] = True
    across = [line for line, is_used in zip(across, used[0], strict=True) if is_used]
    down = [line for line, is_used in zip(down, used[1], strict=True) if is_used]
    rows = [line for line in across if _ends(line, down, mask.shape[1], near)]
    uprights = [line for line in down if _ends(line, across, mask.shape[0], near)]
    # The strokes of a 6 or a 9 may cross as a box's sides do, but some go on. A photo may end
    # before a row of boxes does.
    goes_on = [line.end >= mask.shape[1] - 2 * near or line.start <= 2 * near for line in rows]
    is_box = len(rows) > 1 and (len(uprights) > 1 or (bool(uprights) and all(goes_on)))
    return (rows, uprights) if is_box else ([], [])


def without(mask: Mask, strength: Strength, across: list[Line], down: list[Line]) -> Mask:
    """Ink without some lines; a stroke across them stays whole."""
    # One after the other, so that corners go, too.
    return _erased(_erased(mask, strength, across).T, strength.T, down).T


def _hidden(
    mask: Mask, strength: Strength, across: list[Line], down: list[Line], near: float
) -> list[Line]:
    """Sides of boxes between two lines that cross a third, most of which writing hides."""
    found: list[Line] = []
    in_order = sorted(across, key=lambda line: line.row(line.middle))
    for one, other in list(pairwise(in_order))[:_MOST]:
        known = [line for line in down if _meet(one, line, near) and _meet(other, line, near)]
        if known:
            found += _between(mask, strength, one, other, [*known, *found])
    return found


def _between(
    mask: Mask, strength: Strength, one: Line, other: Line, known: list[Line]
) -> list[Line]:
    """Lines from one line to another that are all ink, apart from those known."""
    upper, lower = sorted((one, other), key=lambda line: line.row(line.middle))
    pattern = known[0]
    middle = max(upper.start, lower.start), min(upper.end, lower.end)
    top, bottom = (line.row(sum(middle) / 2) for line in (upper, lower))
    lean = pattern.row(bottom) - pattern.row(top)
    starts = np.arange(min(upper.first, lower.first), max(upper.last, lower.last) + 1, 2)
    leans = lean + np.arange(-_SLANT, _SLANT + 0.01, 0.015) * (bottom - top)
    share = np.linspace(0, 1, 40)
    heads = np.polyval(upper.way, starts)[:, None, None]
    feet = np.polyval(lower.way, starts[:, None] + leans)[..., None]
    columns = starts[:, None, None] + leans[:, None] * share
    rows = heads + (feet - heads) * share
    inside = (columns >= 0) & (columns < mask.shape[1]) & (rows >= 0) & (rows < mask.shape[0])
    y = rows.round().astype(int).clip(0, mask.shape[0] - 1)
    x = columns.round().astype(int).clip(0, mask.shape[1] - 1)
    alike = np.abs(strength[y, x] - pattern.darkness) <= _OTHER_PEN * pattern.darkness + _NOISE
    seen = (alike & mask[y, x] & inside & _beside(mask, y, x, pattern.thickness)).mean(axis=2)
    ink = (mask[y, x] & inside).mean(axis=2)
    seen[ink < _INK] = 0
    found: list[Line] = []
    while seen.max(initial=0) >= _SEEN:
        at, slope = np.unravel_index(int(seen.argmax()), seen.shape)
        start = float(starts[at])
        seen[np.abs(starts - start) <= 3 * pattern.thickness] = 0
        way = np.polyfit(rows[at, slope], columns[at, slope], 1)
        ends = round(float(rows[at, slope, 0])), round(float(rows[at, slope, -1]))
        line = Line(*ends, *ends, way, pattern.thickness, pattern.darkness)
        middle_row = (ends[0] + ends[1]) / 2
        apart = [abs(line.row(middle_row) - old.row(middle_row)) for old in (*known, *found)]
        if min(apart) > 2 * pattern.thickness:
            found.append(line)
    return found


def _beside(mask: Mask, rows: NDArray[np.intp], columns: NDArray[np.intp], thick: float) -> Mask:
    """Whether there is paper on both sides of places on a line that runs down."""
    step = round(thick) + 1
    left = mask[rows, (columns - step).clip(0)]
    right = mask[rows, (columns + step).clip(max=mask.shape[1] - 1)]
    neither: Mask = ~left & ~right
    return neither


def _meet(across: Line, down: Line, near: float) -> bool:
    """Whether two lines cross, or all but do, and may be drawn by the same printer."""
    for one, other in ((across.thickness, down.thickness), (across.darkness, down.darkness)):
        if abs(one - other) > _UNLIKE * max(one, other):
            return False
    column = across.middle
    for _ in range(3):
        column = down.row(across.row(column))
    row = across.row(column)
    return (
        across.first - near <= column <= across.last + near
        and down.first - near <= row <= down.last + near
    )


def _ends(line: Line, others: list[Line], extent: int, near: float) -> bool:
    """Whether a line ends at others on both sides, or at the edge of the photo."""
    middle = line.row(line.middle)
    crossings = [other.row(middle) for other in others]
    first, last = min(crossings, default=0.0), max(crossings, default=0.0)
    # Near the edge of a photo, shadows may hide a line.
    edge = 2.5 * near
    starts = line.start >= first - near or line.start <= edge
    return starts and (line.end <= last + near or line.end >= extent - edge)


def _erased(mask: Mask, strength: Strength, lines: list[Line]) -> Mask:
    """Ink without lines from left to right: the short vertical runs along each of them."""
    result = mask.copy()
    height, width = mask.shape
    for line in lines:
        reach = round(line.thickness)
        columns = np.arange(max(0, line.first - reach), min(width, line.last + 1 + reach))
        rows = np.polyval(line.way, columns).round().astype(int)
        most = round(1.6 * line.thickness) + 2
        # Far enough above and below to see whether a run goes on.
        window = rows + np.arange(-2 * most, 2 * most + 1)[:, np.newaxis]
        inside = (window >= 0) & (window < height)
        window = window.clip(0, height - 1)
        ink = mask[window, columns] & inside
        runs = _short_runs(ink, strength[window, columns], most, line)
        result[window, columns] &= ~(runs & inside)
    return result


def _short_runs(ink: Mask, strength: Strength, most: int, line: Line) -> Mask:
    """Of each column of ink, the runs near the middle row that are as short and dark as a line."""
    runs = column_runs(ink)
    if not len(runs.rows):
        return ink
    last = runs.rows + runs.lengths - 1
    middle, reach = ink.shape[0] // 2, round(line.thickness)
    short = (runs.lengths <= most) & (runs.rows <= middle + reach) & (last >= middle - reach)
    darkest = np.maximum.reduceat(strength.T[ink.T], np.cumsum(runs.lengths) - runs.lengths)
    short &= np.abs(darkest - line.darkness) <= _OTHER_PEN * line.darkness + _NOISE
    return runs.pixels(short)
