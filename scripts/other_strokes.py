"""Paths of a pen that are no digits: letters as people write them, and digits mirrored or turned.

`make_non_digits` has letters of straight lines and arcs; these are as a hand writes them, often in
one stroke. A real 3 that is mirrored is no digit, nor is a 4, a 7 or a mirrored 9 upside
down: other signs, with all that is real in a hand. Letters that are digits in some hands are left
out, and so are turns that may give another digit.
"""

from collections.abc import Callable

import numpy as np

from benchmarks.hand_drawings import Hand
from scripts.written_strokes import Control, Random, Stroke, arc, smooth

Letter = Callable[[Random], list[Control]]

TURNS: dict[int, tuple[str, ...]] = {
    3: ("mirror",),
    4: ("half", "flip"),
    6: ("flip",),
    7: ("mirror", "half"),
    9: ("mirror",),
}
"""How each digit may be turned without becoming a digit again."""
_MATRICES = {
    "mirror": ((-1, 0), (0, 1)),
    "flip": ((1, 0), (0, -1)),
    "half": ((-1, 0), (0, -1)),
}


def may_turn(hand: Hand) -> bool:
    """Whether `turn` takes it: a 4 in one stroke is a flash of lightning upside down, too."""
    return hand.label in TURNS and (hand.label != 4 or len(hand.strokes) > 1)


def turn(hand: Hand, random: Random) -> list[Stroke]:
    """The strokes `(n, 2)` of a digit, mirrored or turned."""
    ways = TURNS[hand.label]
    matrix = np.array(_MATRICES[ways[random.integers(len(ways))]], np.float64)
    return [stroke @ matrix for stroke in hand.strokes]


def write(random: Random) -> list[Stroke]:
    """Strokes `(n, 2)` of one of `LETTERS`, in a box of about 1 x 1, y downwards."""
    letter = LETTERS[random.integers(len(LETTERS))]
    return [smooth(np.array(control), random) for control in letter(random)]


def _c(r: Random) -> list[Control]:
    return [arc(0.5, 0.5, r.uniform(0.3, 0.5), 0.5, r.uniform(-70, -25), r.uniform(-335, -280))]


def _u(r: Random) -> list[Control]:
    """Open above; half of them with a stem that ends in a tail."""
    wide, low = r.uniform(0.55, 0.9), r.uniform(0.65, 0.8)
    cup = [(0.0, 0.0), (0.0, low), (wide / 2, 1.0), (wide, low), (wide, r.uniform(-0.08, 0.08))]
    if r.random() < 0.5:
        return [cup]
    end = (wide + r.uniform(0.0, 0.2), r.uniform(0.9, 1.05))
    return [[*cup, cup[-1], (wide, 0.85), end]]


def _n(r: Random) -> list[Control]:
    wide, start = r.uniform(0.5, 0.9), r.uniform(0.1, 0.5)
    bow = [(0.0, start), (wide / 2, 0.0), (wide, 0.35), (wide + r.uniform(-0.05, 0.1), 1.0)]
    stem = [(0.0, r.uniform(-0.05, 0.1)), (0.0, 1.0)]
    return [[*stem, (0.0, 1.0), *bow]] if r.random() < 0.6 else [stem, bow]


def _h(r: Random) -> list[Control]:
    """The bow leaves a tall stem; the stem may be a loop."""
    low, wide = r.uniform(0.4, 0.65), r.uniform(0.35, 0.7)
    stem = [(r.uniform(-0.05, 0.1), 0.0), (0.0, 1.0)]
    if r.random() < 0.25:
        stem = [(-0.1, 0.6), (0.22, 0.15), (0.1, 0.0), (0.0, 0.3), (0.0, 1.0)]
    out = (wide + r.uniform(-0.1, 0.15), r.uniform(0.95, 1.05))
    bow = [(0.02, low + 0.15), (wide / 2, low), (wide, low + 0.15), out]
    return [[*stem, (0.0, 1.0), *bow]] if r.random() < 0.7 else [stem, bow]


def _l(r: Random) -> list[Control]:
    """A capital L: a corner or a small loop below."""
    foot, lean = r.uniform(0.5, 0.85), r.uniform(0.0, 0.25)
    end = (foot, 1.0 + r.uniform(-0.1, 0.06))
    if r.random() < 0.3:
        return [[(lean, 0.0), (0.0, 0.9), (-0.12, 1.0), (-0.1, 0.9), (0.1, 0.97), end]]
    return [[(lean, 0.0), (0.0, 1.0), (0.0, 1.0), end]]


def _p(r: Random) -> list[Control]:
    """A P or a p: the head is at the right of the stem."""
    low, wide = r.uniform(0.4, 0.6), r.uniform(0.35, 0.65)
    stem = [(0.0, r.uniform(0.0, 0.15)), (r.uniform(-0.1, 0.05), 1.0)]
    end = (r.uniform(-0.05, 0.1), low + r.uniform(-0.08, 0.05))
    head = [(-0.02, 0.12), (wide / 2, 0.0), (wide, low / 2), (wide / 2, low), end]
    return [[*stem, stem[-1], *head]] if r.random() < 0.5 else [stem, head]


def _capital_y(r: Random) -> list[Control]:
    """A fork above a stem in the middle."""
    fork, wide = r.uniform(0.35, 0.55), r.uniform(0.6, 1.0)
    left, right = (0.0, 0.0), (wide, r.uniform(-0.05, 0.08))
    low = (wide / 2, fork)
    stem = [low, (wide / 2 + r.normal(0, 0.06), 1.0)]
    way = r.random()
    if way < 0.4:
        return [[left, low, low, right], stem]
    if way < 0.7:
        return [[left, low], [right, low, stem[-1]]]
    cup = [left, (0.02, fork * 0.8), (wide / 2, fork), (wide * 0.95, fork * 0.8), right]
    return [cup, stem]


def _y(r: Random) -> list[Control]:
    """A small one, straight or from a cup, with its tail to the left."""
    deep, wide = r.uniform(0.4, 0.55), r.uniform(0.45, 0.75)
    if r.random() < 0.5:
        end = (r.uniform(-0.25, 0.25), r.uniform(0.95, 1.05))
        return [[(0.0, 0.0), (wide / 2, deep)], [(wide, 0.0), (wide / 2, deep), end]]
    cup = [(0.0, 0.0), (0.05, deep * 0.8), (wide / 2, deep), (wide, 0.25), (wide + 0.03, 0.0)]
    # Its tail is long, or it is a 4.
    tail = [(wide, 0.6), (wide - 0.12, 0.95), (r.uniform(-0.2, 0.1), r.uniform(0.92, 1.02))]
    back = [(-0.05, 0.8), (wide, 0.6)] if r.random() < 0.4 else []
    return [[*cup, cup[-1], *tail, *back]]


def _comb(r: Random) -> list[Control]:
    """A Russian sh: three teeth on a bar, or two bows."""
    wide, high = r.uniform(0.8, 1.3), r.uniform(0.0, 0.1)
    if r.random() < 0.5:
        level = [(0.0, 0.0), (0.0, 1.0), (0.0, 1.0), (wide, 1.0), (wide, 1.0), (wide, high)]
        return [level, [(wide / 2, high), (wide / 2, 1.0)]]
    first = [(0.0, 0.0), (0.02, 0.9), (wide / 4, 1.0), (wide / 2, 0.6), (wide / 2, high)]
    second = [(wide / 2, 0.9), (wide * 0.75, 1.0), (wide, 0.6), (wide, 0.0)]
    return [[*first, first[-1], *second]]


def _barred_hook(r: Random) -> list[Control]:
    """A j with a bar: an f upside down."""
    x, level = r.uniform(0.5, 0.7), r.uniform(0.4, 0.7)
    hook = [(x, 0.0), (x, 0.8), (x - 0.2, 1.0), (x - r.uniform(0.35, 0.6), r.uniform(0.75, 0.9))]
    bar = [(x - r.uniform(0.25, 0.45), level), (x + r.uniform(0.25, 0.45), level)]
    return [hook, bar]


def _r(r: Random) -> list[Control]:
    start, wide = r.uniform(0.15, 0.5), r.uniform(0.35, 0.7)
    stem = [(0.0, 0.0), (0.0, 1.0)]
    branch = [(0.0, start), (wide * 0.6, 0.03), (wide, r.uniform(0.02, 0.2))]
    return [[*stem, stem[-1], *branch]] if r.random() < 0.6 else [stem, branch]


def _e(r: Random) -> list[Control]:
    level, rise = r.uniform(0.45, 0.6), r.uniform(0.0, 0.2)
    start = (r.uniform(-0.05, 0.2), level + rise / 2)
    ring = arc(0.5, 0.5, r.uniform(0.35, 0.5), 0.5, -10, -r.uniform(300, 330))
    return [[start, (0.95, level - rise), *ring]]


def _k(r: Random) -> list[Control]:
    wide, meet = r.uniform(0.5, 0.8), r.uniform(0.5, 0.65)
    arm = [(wide, r.uniform(0.0, 0.4)), (0.03, meet), (0.03, meet), (wide, 1.0)]
    return [[(0.0, 0.0), (0.0, 1.0)], arm]


def _v(r: Random) -> list[Control]:
    wide = r.uniform(0.6, 1.0)
    low = (wide * r.uniform(0.4, 0.6), 1.0)
    end = [(wide + 0.2, 0.02)] if r.random() < 0.2 else []
    return [[(0.0, 0.0), low, low, (wide, r.uniform(-0.06, 0.06)), *end]]


LETTERS: tuple[Letter, ...] = (
    *(_c, _u, _n, _h, _l, _p, _capital_y),
    *(_y, _comb, _barred_hook, _r, _e, _k, _v),
)
"""Those that nobody would read as a digit."""
