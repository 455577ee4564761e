"""Connected components of a mask, and the runs of its columns, on NumPy alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Components:
    """The connected parts of a mask.

    Attributes:
        numbers: int32 `(H, W)`: the number of each pixel's part, from 1; 0 outside the mask.
        areas: int64 `(n,)`: the pixels of part 1, 2, …
        boxes: int64 `(n, 4)`: its top, left, bottom and right, the latter two just outside.
    """

    numbers: NDArray[np.int32]
    areas: NDArray[np.int64]
    boxes: NDArray[np.int64]

    @property
    def at_edge(self) -> NDArray[np.bool_]:
        """Which parts reach the edge of the mask, or all but do: `(n,)`."""
        ends = self.boxes[:, 2:] >= np.array(self.numbers.shape) - 1
        reached = np.concatenate([self.boxes[:, :2] <= 1, ends], axis=1)
        return np.asarray(reached.any(axis=1))


@dataclass(frozen=True, eq=False)
class ColumnRuns:
    """The unbroken pieces of each column of a mask, column by column from the top.

    Attributes:
        mask: bool `(H, W)`.
        columns: int64 `(n,)`: the column of each run.
        rows: int64 `(n,)`: its first row.
        lengths: int64 `(n,)`: its pixels.
    """

    mask: NDArray[np.bool_]
    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def pixels(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The pixels of some of the runs, `(n,)`, as a mask."""
        result = np.zeros(self.mask.T.shape, np.bool_)
        result[self.mask.T] = np.repeat(chosen, self.lengths)
        return result.T


def column_runs(mask: NDArray[np.bool_]) -> ColumnRuns:
    """Find the runs of each column."""
    height = mask.shape[0] + 2
    change = np.diff(np.pad(mask.T, ((0, 0), (1, 1))).astype(np.int8).ravel())
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return ColumnRuns(mask, starts // height, starts % height, ends - starts)


def components(mask: NDArray[np.bool_]) -> Components:
    """Find the connected parts of a mask; pixels that touch at a corner are connected.

    Works on runs, the unbroken pieces of each row, which are few.
    """
    height, width = mask.shape
    # Two empty columns: no run reaches into the next row, not even over a corner.
    stride = width + 2
    flat = np.zeros(height * stride + 1, np.int8)
    flat[:-1].reshape(height, stride)[:, 1:-1] = mask
    change = np.diff(flat)
    starts, ends = np.flatnonzero(change == 1) + 1, np.flatnonzero(change == -1) + 1
    parts = _joined(len(starts), *_touching(starts, ends, stride))
    rows, left, right = starts // stride, starts % stride - 1, (ends - 1) % stride
    count = int(parts.max(initial=-1)) + 1
    boxes = np.tile(np.array([height, width, 0, 0]), (count, 1))
    np.minimum.at(boxes[:, :2], parts, np.stack([rows, left], axis=1))
    np.maximum.at(boxes[:, 2:], parts, np.stack([rows + 1, right], axis=1))
    lengths = ends - starts
    numbers = np.zeros(mask.shape, np.int32)
    numbers[mask] = np.repeat(parts + 1, lengths)
    areas = np.bincount(parts, weights=lengths, minlength=count).astype(np.int64)
    return Components(numbers, areas, boxes)


def _touching(
    starts: NDArray[np.int64], ends: NDArray[np.int64], stride: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of runs that touch: one in a row, the other in the next."""
    first = np.searchsorted(ends, starts + stride, side="left")
    last = np.searchsorted(starts, ends + stride, side="right")
    counts = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(starts)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return upper, np.repeat(first, counts) + within


def _joined(count: int, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """The part of each of `count` runs, from 0, given the pairs that touch."""
    root = np.arange(count)
    while True:
        low = np.minimum(root[one], root[other])
        before = root.copy()
        np.minimum.at(root, before[one], low)
        np.minimum.at(root, before[other], low)
        while not np.array_equal(root[root], root):
            root = root[root]
        if np.array_equal(before, root):
            return np.unique(root, return_inverse=True)[1]
