"""Find the digits on a photo and turn each into a drawing on a canvas, ready for `to_mnist`.

A photo is looked at in several ways (`photo_ink.ways_of_looking`); the one that shows the largest
and most central things that look like digits to the network for non-digits is the right one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing import photo_candidates, photo_ink
from mnist_core.drawing.photo_candidates import MOST as MOST
from mnist_core.drawing.photo_candidates import Candidate
from mnist_core.drawing.photo_canvas import CANVAS as CANVAS
from mnist_core.drawing.photo_obstacles.fingers import Hands
from mnist_core.language.translation import _

# A digit with this chance, contrast and score at least is a digit: there is no need to look in
# another way.
_PLAIN = 0.8, 0.25, 0.1
# Beside a digit, other writing is one only if its merit and its size are at least these parts of
# the best one's.
_LEAST = 0.15
_LEAST_SIZE = 0.25

# Nothing on a photo that is too dark is brighter than this, 0..255.
_DARK = 60

Box = tuple[int, int, int, int]
"""Top, left, bottom and right, the latter two just outside."""

# Of the lower of two boxes' heights: how much must lie side by side in a row.
_BESIDE = 0.5


class NoDigit(ValueError):
    """Nothing on the photo could be a digit; the message is for the visitor."""


@dataclass(frozen=True, eq=False)
class PhotoDigit:
    """One digit found on a photo.

    Attributes:
        box: its top, left, bottom and right in pixels of the photo, the latter two just outside.
        canvas: the digit alone, large and light on dark, uint8 `(280, 280)`.
    """

    box: tuple[int, int, int, int]
    canvas: NDArray[np.uint8]


def find(photo: NDArray[np.uint8]) -> tuple[PhotoDigit, ...]:
    """Find the digits on a photo, uint8 `(H, W, 3)`, the largest and most central first.

    Raises:
        NoDigit: there is none, or a finger covers a part of it.
    """
    best: list[Candidate] = []
    hands = Hands.on(photo)
    for strength in photo_ink.ways_of_looking(photo):
        seen = photo_candidates.candidates(photo, strength, hands)
        if seen and (not best or seen[0].score > best[0].score):
            best = seen
        if best and _is_plain(best[0]):
            break
    if not best:
        raise NoDigit(_too_dark() if photo.max() < _DARK else _nothing())
    if best[0].is_covered:
        raise NoDigit(
            _(
                "A finger, or something else at the edge of the photo, seems to cover a part of "
                "the digit. Please take the photo again with the whole digit in view."
            )
        )
    least, size = _LEAST * best[0].merit, _LEAST_SIZE * best[0].side
    kept = [one for one in best if one.merit >= least and one.side >= size and not one.is_covered]
    return tuple(PhotoDigit(one.drawing.box, one.drawing.canvas) for one in kept[:MOST])


def _too_dark() -> str:
    return _(
        "No digit was found on this photo: it is too dark. Please take it again in more light."
    )


def _nothing() -> str:
    return _(
        "No digit was found on this photo. It works best with one digit, large, dark and sharp, "
        "in the middle of a light sheet of paper."
    )


def _is_plain(one: Candidate) -> bool:
    """Whether this clearly is a digit, so that no other way of looking can show a better one."""
    chance, contrast, score = _PLAIN
    is_clear = one.chance >= chance and one.contrast >= contrast and one.score >= score
    return one.on_paper and is_clear


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
