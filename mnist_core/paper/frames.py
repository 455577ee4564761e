"""Where each box's printed frame really is: paper bends, so a plane alone is not enough.

A box whose frame is not to be seen where it should be is not read: so no ink can be taken for
another digit's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.handwriting.score import SHEET_SIZE
from mnist_core.paper import layout, perspective
from mnist_core.paper.flat_sheet import AROUND, SCALE
from mnist_core.paper.perspective import Plane, Points

# All in millimetres. How far a box may lie from where the plane has it; how much nearer or further
# one of its sides may then be; how much further one end of a side than the other.
_MOVED, _SHIFTED, _TURNED = 5.0, 1.2, 1.2
_STEP = 0.2
# Parts of a side, and how far from its ends the first and the last of them are.
_PARTS, _FROM_ENDS = 8, 2.0
# How far beside a line the paper is looked at, at least and at most, and as a part of how wide an
# edge is; and how dark a line counts at most.
_BESIDE, _MOST_BESIDE, _BESIDE_EDGE, _DARKEST = 1.6, 2.8, 1.6, 0.25
# How much darker than the paper beside it a line is at least, in most of a side's parts, where
# edges are a millimetre wide or less. Blur makes it paler.
_FAINTEST = 0.035
_SUPPORT = 0.6
# Where there is ink as dark as this, a line may lie under it.
_INK = 0.25


@dataclass(frozen=True, eq=False)
class Frame:
    """A box on the flattened sheet.

    Attributes:
        corners: the middle of its frame at the corners, in millimetres, float64 `(4, 2)`.
        sides: which part of its top, right, bottom and left side can be seen, 0..1 each.
        moved: how far it lies from where the plane has it, in millimetres.
    """

    corners: Points
    sides: tuple[float, ...]
    moved: float

    @property
    def is_seen(self) -> bool:
        """Whether all four sides are where they are expected."""
        return min(self.sides) >= _SUPPORT


def found(strength: NDArray[np.float32], edge: float) -> list[Frame]:
    """Find the frames of all boxes.

    Args:
        strength: of a flattened sheet, see `flat_sheet`.
        edge: how many millimetres an edge takes on the photo.

    Returns:
        One for each position.
    """
    look = _Look(
        strength,
        beside=round(min(max(_BESIDE, _BESIDE_EDGE * edge), _MOST_BESIDE) / _STEP),
        faintest=_FAINTEST / max(edge, 1.0),
    )
    return [_frame(look, position) for position in range(SHEET_SIZE)]


@dataclass(frozen=True, eq=False)
class _Look:
    """A flattened sheet, how many steps beside a line its paper is, and the palest line."""

    strength: NDArray[np.float32]
    beside: int
    faintest: float


def _frame(look: _Look, position: int) -> Frame:
    corners = layout.box_corners(position)
    profiles = [
        _profiles(look, one, other)
        for one, other in zip(corners, np.roll(corners, -1, axis=0), strict=True)
    ]
    # How far outwards: the top and the bottom side go opposite ways when the box moves.
    down = _best_move(profiles[2], profiles[0])
    across = _best_move(profiles[1], profiles[3])
    lines, support = [], []
    for profile, start in zip(profiles, (-down, across, down, -across), strict=True):
        ends, values = _best_line(profile, start)
        lines.append(ends)
        support.append(float((values >= look.faintest).mean()))
    moved = _moved(corners, lines)
    return Frame(moved, tuple(support), float(np.hypot(*(moved - corners).T).max()))


def _profiles(look: _Look, one: Points, other: Points) -> NDArray[np.float32]:
    """How dark a line from one point to another is at every distance, in each of its parts.

    Returns:
        float32 `(parts, steps)`, from inside to outside.
    """
    length = float(np.hypot(*(other - one)))
    unit = (other - one) / length
    outwards = np.array([unit[1], -unit[0]])
    along = np.linspace(_FROM_ENDS, length - _FROM_ENDS, _PARTS * 8)
    reach = _MOVED + _SHIFTED + _TURNED + look.beside * _STEP
    steps = np.arange(-reach, reach + _STEP / 2, _STEP)
    points = one + along[:, None, None] * unit + steps[:, None] * outwards
    values = perspective.sampled(look.strength, (points + AROUND) * SCALE)
    # The middle value of a part: ink that crosses the line does not count.
    parts = np.median(values.reshape(_PARTS, -1, len(steps)), axis=1)
    beside = look.beside
    inside, middle = parts[:, : -2 * beside], parts[:, beside:-beside]
    outside = parts[:, 2 * beside :]
    # Where a broad pen comes close to the line on one side, there is paper on the other.
    has_ink = np.maximum(inside, outside) > _INK
    paper = np.where(has_ink, np.minimum(inside, outside), np.maximum(inside, outside))
    ridge: NDArray[np.float32] = (middle - paper).clip(0, _DARKEST).astype(np.float32)
    return np.where(middle > _INK, np.maximum(ridge, np.float32(look.faintest)), ridge)


def _best_move(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """How far two opposite sides have moved together, outwards from the first, in millimetres."""
    score = _grown(_scores(one)) + _grown(_scores(other))[::-1]
    steps = _distances(len(score))
    allowed = np.abs(steps) <= _MOVED
    # In doubt nearer.
    score = np.where(allowed, score - 0.002 * np.abs(steps), -1)
    return float(steps[score.argmax()])


def _scores(profile: NDArray[np.float32]) -> NDArray[np.float64]:
    """How much of a side could be seen at each distance."""
    near = np.maximum.reduce([np.roll(profile, step, axis=1) for step in (-2, -1, 0, 1, 2)])
    scores: NDArray[np.float64] = near.mean(axis=0).astype(np.float64)
    return scores


def _grown(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The best within a short way: a side may have moved a little by itself."""
    best: NDArray[np.float64] = np.maximum.reduce([np.roll(scores, by) for by in range(-2, 3)])
    return best


def _distances(count: int) -> NDArray[np.float64]:
    return (np.arange(count, dtype=np.float64) - (count - 1) / 2) * _STEP


def _best_line(
    profile: NDArray[np.float32], start: float
) -> tuple[tuple[float, float], NDArray[np.float32]]:
    """How far out both ends of a side are, near a start, and how dark each part of it is."""
    middle = (profile.shape[1] - 1) / 2 + start / _STEP
    shifts = np.arange(-_SHIFTED, _SHIFTED + _STEP / 2, _STEP) / _STEP
    turns = np.arange(-_TURNED, _TURNED + _STEP / 2, _STEP) / _STEP
    part = (np.arange(_PARTS) + 0.5) / _PARTS - 0.5
    places = middle + shifts[:, None, None] + turns[:, None] * part
    index = np.rint(places).astype(np.intp).clip(0, profile.shape[1] - 1)
    values = profile[np.arange(_PARTS), index]
    # In doubt straight.
    cost = 0.002 * (np.abs(shifts)[:, None] + np.abs(turns)) * _STEP
    shift, turn = np.unravel_index((values.mean(axis=2) - cost).argmax(), cost.shape)
    out, lean = start + shifts[shift] * _STEP, turns[turn] * _STEP
    return (float(out - lean / 2), float(out + lean / 2)), values[shift, turn]


def _moved(corners: Points, lines: list[tuple[float, float]]) -> Points:
    """The corners of a box whose sides' ends have moved outwards by so much."""
    (top_left, top_right), (right_top, right_bottom), (bottom_right, bottom_left), last = lines
    left_bottom, left_top = last
    moved: Points = corners + np.array(
        [
            (-left_top, -top_left),
            (right_top, -top_right),
            (right_bottom, bottom_right),
            (-left_bottom, bottom_left),
        ]
    )
    return moved


def plane_to_sheet(frame: Frame, position: int) -> Plane:
    """The map from where a box should be to where it is, in millimetres."""
    return perspective.fitted(layout.box_corners(position), frame.corners)
