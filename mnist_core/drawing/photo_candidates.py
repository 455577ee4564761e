"""What could be a digit in one way of looking at a photo, and how likely it is one.

The network for non-digits decides in doubt whether pieces are one digit or two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mnist_core.drawing import (
    mnist_image,
    photo_cuts,
    photo_ink,
    photo_pieces,
    photo_surroundings,
    rejection,
)
from mnist_core.drawing.connected_components import Components, components
from mnist_core.drawing.photo_canvas import Drawing, draw_mask, trimmed
from mnist_core.drawing.photo_obstacles.fingers import Hands
from mnist_core.drawing.photo_paper import Strength
from mnist_core.drawing.photo_pieces import Group

MOST = 60
"""The most digits looked for."""

# A digit's longer side is at least this part of the photo's, and its height at most this many times
# its width, or its width this many times its height.
_SMALLEST = 0.025
_NARROWEST = 40.0
_WIDEST = 1.8
# The same for several digits that touch.
_WIDEST_ROW = 12.0
# Of digits that touch: the broadest stroke, as a part of their height, and how much of their box is
# ink.
_BROADEST_ROW = 0.2
_FULLEST = 0.45
# Of the score of what reaches the photo's edge, unless it fills this part of the photo.
_AT_EDGE = 0.1
_FILLS = 0.6
# A digit cut out to its edges touches them here and there; a table lies along this much of them.
_ALONG = 0.42
# What looks like no digit at all keeps this part of its score; so does what has no paper around
# it, such as the edge of a sheet or the inside of a loop.
_NO_DIGIT = 0.05
_NO_PAPER = 0.1
# What is paler than this part of the darkest counts less, but not less than this.
_FULL, _PALE = 0.5, 0.1
# Less likely ink that is at least this wide, as a part of its height, may be several digits.
_UNLIKELY = 0.4
_WIDE = 0.85
# Of a digit with something at the photo's edge, what lies away from it is at least this part.
_INNER = 0.35
# Two neighbours are one digit if both together are this likely to be one, and that much more than
# the less likely of the two alone; less will do where they all but touch.
_LIKELY = 0.5
_CLEARLY, _CLOSE = 0.1, -0.3
# What is left of a printed box is looked at without its lines unless it is less likely than this.
_DOUBTFUL = 0.25


@dataclass(frozen=True, eq=False)
class Candidate:
    """Ink that could be a digit.

    Attributes:
        ink: bool `(h, w)`, up to every edge.
        drawing: the same on a canvas.
        on_paper: there is paper around it.
        is_covered: a finger lies on a part of it.
        contrast: how much it differs from the paper, 0..1.
        chance: the probability that it is one digit.
        merit: larger for larger ink that looks like a digit.
        score: the same, larger for more central ink.
    """

    ink: NDArray[np.bool_]
    drawing: Drawing
    on_paper: bool = True
    is_covered: bool = False
    contrast: float = 0.0
    chance: float = 0.0
    merit: float = 0.0
    score: float = 0.0

    @property
    def side(self) -> int:
        """The longer side of the ink."""
        return int(max(self.ink.shape))


def candidates(photo: NDArray[np.uint8], strength: Strength, hands: Hands) -> list[Candidate]:
    """What could be digits in one way of looking, the best first."""
    best: list[Candidate] = []
    for mask in photo_ink.ink_masks(strength):
        found = _in_ink(photo, strength, mask, hands)
        if found and (not best or found[0].chance >= _LIKELY):
            best = found
        if best and best[0].chance >= _DOUBTFUL:
            break
    return best


def _in_ink(
    photo: NDArray[np.uint8], strength: Strength, mask: NDArray[np.bool_], hands: Hands
) -> list[Candidate]:
    parts = components(hands.without(mask))
    if not len(parts.areas):
        return []
    shape = strength.shape
    pens = photo_surroundings.pens(parts, strength)
    own = photo_pieces.groups(parts, shape, photo_pieces.frames(parts), pens)
    own = _joined(parts, _away_from_edge(parts, own), shape)
    found = []
    for group in sorted(own, key=lambda group: -_length(parts, group))[:MOST]:
        candidate = _candidate(parts, group, shape)
        if candidate is not None:
            is_covered = hands.cover(candidate.ink, candidate.drawing.box)
            found.append(
                replace(
                    candidate,
                    on_paper=is_covered or _lies_on_paper(photo, strength, parts, group),
                    is_covered=is_covered,
                    contrast=photo_surroundings.contrast(parts, strength, group),
                )
            )
    divided = [part for one in _judged(found, shape) for part in _divided(one, shape)]
    return sorted(divided, key=lambda one: -one.score)


def _lies_on_paper(
    photo: NDArray[np.uint8], strength: Strength, parts: Components, group: Group
) -> bool:
    return photo_surroundings.lies_on_paper(
        photo, strength, parts, group
    ) and photo_surroundings.has_paper_beside(photo, parts, group)


def _away_from_edge(parts: Components, own: list[Group]) -> list[Group]:
    """The groups without what reaches the photo's edge, where the rest alone looks like a digit.

    The rest reaches no edge: what lies beside it there is a table, a sleeve or another pen.
    """
    reaches = np.flatnonzero(parts.at_edge).tolist()
    result = []
    for group in own:
        inner = tuple(piece for piece in group if piece not in reaches)
        is_mixed = 0 < len(inner) < len(group)
        if is_mixed and _length(parts, inner) >= _INNER * _length(parts, group):
            (chance,) = _chances([draw_mask(_ink(parts, inner))])
            if chance >= _LIKELY:
                result += [inner, tuple(piece for piece in group if piece in reaches)]
                continue
        result.append(group)
    return result


def _joined(parts: Components, own: list[Group], shape: tuple[int, ...]) -> list[Group]:
    """The groups, with neighbours joined that look like a digit only together, as an open 4."""
    own = [group for group in own if _length(parts, group) >= _SMALLEST * max(shape)]
    for one, other, is_close in photo_pieces.close_pairs(parts, own)[:MOST]:
        if one not in own or other not in own:
            continue
        both = tuple(sorted((*one, *other), key=lambda piece: -int(parts.areas[piece])))
        drawings = [draw_mask(_ink(parts, group)) for group in (one, other, both)]
        *alone, together = _chances(drawings)
        if together >= _LIKELY and together > min(alone) + (_CLOSE if is_close else _CLEARLY):
            own = [group for group in own if group not in (one, other)] + [both]
    return own


def _candidate(parts: Components, group: Group, shape: tuple[int, ...]) -> Candidate | None:
    """The ink of a group, if it could be a digit or several that touch."""
    top, left, bottom, right = (int(edge) for edge in _box(parts, group))
    high, wide = bottom - top, right - left
    fits = max(high, wide) >= _SMALLEST * max(shape) and high <= _NARROWEST * wide
    if not fits or wide > _WIDEST_ROW * high:
        return None
    ink = _ink(parts, group)
    drawing = draw_mask(ink, (top, left))
    return None if drawing.is_solid else Candidate(ink, drawing)


def _judged(found: Sequence[Candidate], shape: tuple[int, ...]) -> list[Candidate]:
    """The same, with their chances and scores."""
    chances = _chances([one.drawing for one in found])
    darkest = max((one.contrast for one in found), default=0.0) or 1.0
    judged = []
    for one, chance in zip(found, chances, strict=True):
        merit = one.side / max(shape) * (_NO_DIGIT + float(chance)) * _at_edge(one, shape)
        merit *= 1 if one.on_paper else _NO_PAPER
        merit *= min(1.0, max(_PALE, one.contrast / (_FULL * darkest)))
        score = merit * _centrality(one, shape)
        judged.append(replace(one, chance=float(chance), merit=merit, score=score))
    return [one for one in judged if one.merit > 0]


def _divided(one: Candidate, shape: tuple[int, ...]) -> list[Candidate]:
    """Ink that is no digit but may be several, cut apart; else itself, if it is not too wide."""
    high, wide = one.ink.shape
    stroke = one.drawing.stroke * max(high, wide) / high
    is_writing = one.on_paper and stroke < _BROADEST_ROW and one.ink.mean() < _FULLEST
    if one.chance < _UNLIKELY and wide >= _WIDE * high and is_writing:
        top, left = one.drawing.box[:2]
        digits = []
        for column, mask in photo_cuts.cut(one.ink, lambda inks: _chances(map(draw_mask, inks))):
            ink, (row, more) = trimmed(mask)
            drawing = draw_mask(ink, (top + row, left + column + more))
            digits.append(replace(one, ink=ink, drawing=drawing))
        if digits:
            return _judged(digits, shape)
    return [one] if wide <= _WIDEST * high else []


def _chances(drawings: Iterable[Drawing]) -> NDArray[np.float32]:
    """How likely each drawing is one digit."""
    images = [mnist_image.to_mnist(drawing.canvas) for drawing in drawings]
    return _gate().digit_probability(np.stack(images)) if images else np.zeros(0, np.float32)


def _box(parts: Components, group: Group) -> NDArray[np.int64]:
    boxes = parts.boxes[list(group)]
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _ink(parts: Components, group: Group) -> NDArray[np.bool_]:
    top, left, bottom, right = _box(parts, group)
    return np.isin(parts.numbers[top:bottom, left:right], [number + 1 for number in group])


def _length(parts: Components, group: Group) -> int:
    top, left, bottom, right = _box(parts, group)
    return int(max(bottom - top, right - left))


def _centrality(one: Candidate, shape: tuple[int, ...]) -> float:
    """1 in the middle of the photo, less towards its edges."""
    top, left, bottom, right = one.drawing.box
    longest = max(shape)
    away = np.hypot((top + bottom) / 2 - shape[0] / 2, (left + right) / 2 - shape[1] / 2)
    return float(np.exp(-2 * (2 * away / longest) ** 2))


def _at_edge(one: Candidate, shape: tuple[int, ...]) -> float:
    """Less for what reaches the photo's edge, as a table does; nothing for a strip along it."""
    top, left, bottom, right = one.drawing.box
    edges = (top <= 1) + (left <= 1) + (bottom >= shape[0] - 1) + (right >= shape[1] - 1)
    ink = one.ink
    along = np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]]).mean()
    fills = (bottom - top) * (right - left) >= _FILLS * shape[0] * shape[1]
    if not edges or (fills and along < _ALONG):
        return 1.0
    return 0.0 if edges == 3 else _AT_EDGE


@cache
def _gate() -> rejection.NonDigitDetector:
    return rejection.load()
