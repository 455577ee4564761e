"""The order in which people read what stands on a page: row by row, each from left to right."""

from collections.abc import Sequence

Box = tuple[int, int, int, int]
"""Top, left, bottom and right, the latter two just outside."""

# Of the lower of two boxes' heights: how much must lie side by side in a row.
_BESIDE = 0.5


def rows(boxes: Sequence[Box]) -> list[list[int]]:
    """The positions of boxes by row; a row may climb or fall.

    Args:
        boxes: in any order.

    Returns:
        Rows from top to bottom, each a list of positions from left to right.
    """
    found: list[list[int]] = []
    for position in sorted(range(len(boxes)), key=lambda number: (boxes[number][1], number)):
        fitting = [row for row in found if _beside(boxes[row[-1]], boxes[position]) >= _BESIDE]
        if fitting:
            max(fitting, key=lambda row: _beside(boxes[row[-1]], boxes[position])).append(position)
        else:
            found.append([position])
    return sorted(found, key=lambda row: sum(_middle(boxes[one]) for one in row) / len(row))


def _beside(one: Box, other: Box) -> float:
    """How much of the lower box's height lies beside the other; negative if they lie apart."""
    both = min(one[2], other[2]) - max(one[0], other[0])
    return both / max(min(one[2] - one[0], other[2] - other[0]), 1)


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2
