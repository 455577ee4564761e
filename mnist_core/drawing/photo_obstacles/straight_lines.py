"""Thin straight lines in a mask of ink, such as a printer draws: found by a Hough transform."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing.connected_components import column_runs, components

Mask = NDArray[np.bool_]
Strength = NDArray[np.float32]

# As parts of the photo's longer side: how thick a printed line is at most, how long at least, and
# how long each piece of it that is left between strokes.
_THICKEST = 0.03
_SHORTEST = 0.06
_PIECE = 0.025
# The widest gap in a line where writing crosses it, and how much of a line must be there.
_GAP, _THERE = 0.35, 0.4
# How steep a line may be, in pixels down for each across, and the steps between slopes looked at.
_STEEPEST, _STEP = 0.3, 0.01
# How far a pixel of a line lies from it, as a part of the longer side: paper bends a little.
_BAND = 0.004
# The faintest line, as a part of the paper's light.
_FAINTEST = 0.1
# No more lines are looked for in each direction.
_MOST = 30


@dataclass(frozen=True, eq=False)
class Line:
    """A line that runs from left to right (or, in a turned picture, from top to bottom).

    Attributes:
        start, end: its first and last column where it is seen alone.
        first, last: the same, going on through writing that may hide it.
        way: the coefficients of its row for each column, the highest first.
        thickness: in pixels.
        darkness: how strong its ink is, 0..1.
    """

    start: int
    end: int
    first: int
    last: int
    way: NDArray[np.float64]
    thickness: float
    darkness: float

    def row(self, column: float) -> float:
        """Its middle in a column."""
        return float(np.polyval(self.way, column))

    @property
    def middle(self) -> float:
        """The column in its middle."""
        return (self.start + self.end) / 2


def straight_lines(mask: Mask, strength: Strength) -> list[Line]:
    """Thin straight lines that run roughly from left to right."""
    longest = max(mask.shape)
    columns, rows, lengths = _thin_runs(mask, max(4, round(_THICKEST * longest)), _PIECE * longest)
    dark = strength[rows.astype(int), columns] >= _FAINTEST
    columns, rows, lengths = columns[dark], rows[dark], lengths[dark]
    found: list[Line] = []
    for _ in range(_MOST):
        if len(columns) < _SHORTEST * longest:
            break
        on_it, slope_and_row = _most_on_a_line(columns, rows, longest)
        if on_it.sum() < _SHORTEST * longest:
            break
        line = _fitted(mask, strength, columns, rows, lengths, slope_and_row)
        if line is not None:
            found.append(line)
            near = np.abs(rows - np.polyval(line.way, columns)) <= 2 * _BAND * longest + 1
            on_it |= near & (columns >= line.start) & (columns <= line.end)
        columns, rows, lengths = columns[~on_it], rows[~on_it], lengths[~on_it]
    return found


def _thin_runs(
    mask: Mask, thickest: int, shortest: float
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Short vertical runs of ink that go on sideways: their columns, middles and lengths."""
    runs = column_runs(mask)
    is_thin = runs.lengths <= thickest
    pieces = components(runs.pixels(is_thin))
    is_long = np.append(False, pieces.boxes[:, 3] - pieces.boxes[:, 1] >= shortest)
    kept = is_long[pieces.numbers[runs.rows, runs.columns]]
    columns, rows, lengths = runs.columns[kept], runs.rows[kept], runs.lengths[kept]
    return columns, rows + (lengths - 1) / 2, lengths


def _most_on_a_line(
    columns: NDArray[np.int64], rows: NDArray[np.float64], longest: int
) -> tuple[Mask, tuple[float, float]]:
    """Which points lie on the straight line that holds most of them (a Hough transform)."""
    slopes = np.arange(-_STEEPEST, _STEEPEST + _STEP, _STEP)
    size = max(2.0, _BAND * longest)
    heights = rows - slopes[:, np.newaxis] * columns
    bins = ((heights - heights.min()) / size).astype(np.int64)
    count = int(bins.max()) + 2
    numbers = bins + count * np.arange(len(slopes))[:, np.newaxis]
    votes = np.bincount(numbers.ravel(), minlength=count * len(slopes)).reshape(-1, count)
    both = votes[:, :-1] + votes[:, 1:]
    slope, lower = np.unravel_index(int(both.argmax()), both.shape)
    on_it: Mask = (bins[slope] == lower) | (bins[slope] == lower + 1)
    return on_it, (float(slopes[slope]), float(heights[slope][on_it].mean()))


def _fitted(
    mask: Mask,
    strength: Strength,
    columns: NDArray[np.int64],
    rows: NDArray[np.float64],
    lengths: NDArray[np.int64],
    guess: tuple[float, float],
) -> Line | None:
    """The longest stretch of a line, fitted to its pixels; None if it is too short or broken."""
    longest = max(mask.shape)
    way = np.array([0.0, *guess])
    band = max(3.0, 2 * _BAND * longest)
    for _ in range(3):
        on_it = np.abs(rows - np.polyval(way, columns)) <= band
        some = np.sort(np.unique(columns[on_it]))
        if len(some) < _SHORTEST * longest:
            return None
        cuts = np.flatnonzero(np.diff(some) > _GAP * longest)
        stretches = np.split(some, cuts + 1)
        stretch = max(stretches, key=len)
        on_it &= (columns >= stretch[0]) & (columns <= stretch[-1])
        way = np.polyfit(columns[on_it], rows[on_it], 2 if np.ptp(stretch) > 0.2 * longest else 1)
        band = max(2.0, _BAND * longest)
    extent = float(np.ptp(stretch)) + 1
    if extent < _SHORTEST * longest or len(stretch) < _THERE * extent:
        return None
    thickness = float(np.median(lengths[on_it]))
    start, end = int(stretch[0]), int(stretch[-1])
    darkness = float(np.median(strength[rows[on_it].astype(int), columns[on_it]]))
    return Line(start, end, *_through_ink(mask, way, start, end), way, thickness, darkness)


def _through_ink(mask: Mask, way: NDArray[np.float64], start: int, end: int) -> tuple[int, int]:
    """How far a line can go on to the left and to the right without leaving the ink."""
    height, width = mask.shape
    rows = np.polyval(way, np.arange(width)).round().astype(int)
    ink = mask[rows.clip(0, height - 1), np.arange(width)] & (rows >= 0) & (rows < height)
    before, after = np.flatnonzero(~ink[:start]), np.flatnonzero(~ink[end + 1 :])
    return int(before.max(initial=-1)) + 1, end + int(after.min(initial=width - end - 1))
