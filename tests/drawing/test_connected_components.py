"""Connected parts, beside a slow and simple search."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_core.drawing.connected_components import column_runs, components


def flooded(mask):
    """The same by flooding: number by pixel, in the order in which rows are read."""
    numbers = np.zeros(mask.shape, int)
    found = 0
    for start in zip(*np.nonzero(mask), strict=True):
        if numbers[start]:
            continue
        found += 1
        numbers[start] = found
        edge = [start]
        while edge:
            row, column = edge.pop()
            for y in range(max(row - 1, 0), min(row + 2, mask.shape[0])):
                for x in range(max(column - 1, 0), min(column + 2, mask.shape[1])):
                    if mask[y, x] and not numbers[y, x]:
                        numbers[y, x] = found
                        edge.append((y, x))
    return numbers


@given(arrays(bool, st.tuples(st.integers(1, 12), st.integers(1, 12))))
def test_parts_are_those_that_flooding_finds(mask):
    found = components(mask)
    assert np.array_equal(found.numbers, flooded(mask))
    for number, (area, box) in enumerate(zip(found.areas, found.boxes, strict=True), start=1):
        rows, columns = np.nonzero(found.numbers == number)
        assert area == len(rows)
        assert box.tolist() == [rows.min(), columns.min(), rows.max() + 1, columns.max() + 1]


def test_nothing_marked_has_no_parts():
    found = components(np.zeros((5, 7), bool))
    assert len(found.areas) == len(found.boxes) == found.numbers.max() == 0


def test_a_spiral_is_one_part():
    mask = np.zeros((101, 101), bool)
    for ring in range(0, 50, 2):
        mask[ring, ring : 101 - ring] = mask[100 - ring, ring : 101 - ring] = True
        mask[ring : 101 - ring, ring] = mask[ring : 101 - ring, 100 - ring] = True
        mask[ring + 1, ring] = False
        mask[ring + 2, ring : ring + 2] = True
    assert len(components(mask).areas) == 1


def test_parts_at_the_edge_and_the_runs_of_columns():
    mask = np.zeros((8, 9), bool)
    mask[3:5, 3:6] = mask[7, 8] = True
    assert components(mask).at_edge.tolist() == [False, True]
    runs = column_runs(mask)
    assert [runs.columns.tolist(), runs.rows.tolist(), runs.lengths.tolist()] == [
        [3, 4, 5, 8],
        [3, 3, 3, 7],
        [2, 2, 2, 1],
    ]
    assert np.argwhere(runs.pixels(runs.lengths == 1)).tolist() == [[7, 8]]
