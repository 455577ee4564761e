"""Drawings that are no digits, made up: what `gate` learns to refuse.

People draw letters, houses, hearts, scribbles and two digits at once, and a network that knows
nothing but digits is sure of each. Figures are strokes of a few corners, on a grid of 10 x 10 with
y downwards; they are bent, slanted and drawn with any pen, as `augmentation` draws digits.
Letters that are digits in some hands (O and D, I and l, S, Z, G and b, q and g, B) are left out,
and so is a flash of lightning, which is a 4.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.centre_lines import SPACING, CentreLines
from mnist_core.training import augmentation
from mnist_core.training.augmentation import Points, Random

Stroke = tuple[tuple[float, float], ...]

# As large as MNIST's digits.
_SCALE = 2.0
_LONGEST = 300
# Scribbles and shapes are drawn with thicker pens, too, than digits are learned with.
_WIDTH_SPREAD = 0.38
_WIDTHS = (1.3, 7.0)
# A dot needs as many points as a short stroke, or it is too faint to see.
_FEWEST = 6


def _round(
    x: float, y: float, radius: float, start: float = 0.0, end: float = 360.0, flat: float = 1.0
) -> Stroke:
    """An arc with its middle at (x, y), in degrees clockwise from the right."""
    turns = np.radians(np.linspace(start, end, max(4, int(abs(end - start) / 15))))
    return tuple((x + radius * np.cos(t), y + flat * radius * np.sin(t)) for t in turns)


LETTERS: dict[str, tuple[Stroke, ...]] = {
    "A": (((0, 10), (4, 0), (8, 10)), ((1.5, 6.5), (6.5, 6.5))),
    "C": (_round(5, 5, 5, -50, -310),),
    "E": (((7, 0), (0, 0), (0, 10), (7, 10)), ((0, 5), (5.5, 5))),
    "F": (((7, 0), (0, 0), (0, 10)), ((0, 5), (5.5, 5))),
    "H": (((0, 0), (0, 10)), ((7, 0), (7, 10)), ((0, 5), (7, 5))),
    "K": (((0, 0), (0, 10)), ((7, 0), (0, 5.5), (7, 10))),
    "L": (((0, 0), (0, 10), (7, 10)),),
    "M": (((0, 10), (0, 0), (4.5, 7), (9, 0), (9, 10)),),
    "N": (((0, 10), (0, 0), (7, 10), (7, 0)),),
    "P": (((0, 10), (0, 0)), ((0, 0), (4, 0), *_round(4, 2.6, 2.6, -90, 90), (0, 5.2))),
    "R": (
        ((0, 10), (0, 0)),
        ((0, 0), (4, 0), *_round(4, 2.6, 2.6, -90, 90), (0, 5.2), (7, 10)),
    ),
    "T": (((0, 0), (8, 0)), ((4, 0), (4, 10))),
    "U": (((0, 0), *_round(3.5, 6.5, 3.5, 180, 0), (7, 0)),),
    "V": (((0, 0), (4, 10), (8, 0)),),
    "W": (((0, 0), (2.5, 10), (5, 3), (7.5, 10), (10, 0)),),
    "X": (((0, 0), (8, 10)), ((8, 0), (0, 10))),
    "Y": (((0, 0), (4, 5), (8, 0)), ((4, 5), (4, 10))),
    "a": (_round(3, 6.5, 3), ((6, 3.5), (6, 9.5), (7.2, 10))),
    "d": (_round(3, 7, 3), ((6, 0), (6, 10))),
    "e": (((0.5, 6.5), (6, 6.3), *_round(3.2, 6.5, 3, -10, -320)),),
    "f": ((*_round(5, 2.2, 2.2, -20, -180), (2.8, 10)), ((0.5, 4.5), (5.5, 4.5))),
    "h": (((0, 0), (0, 10)), ((0, 6), *_round(2.5, 6, 2.5, 180, 360), (5, 10))),
    "k": (((0, 0), (0, 10)), ((5, 4), (0, 7), (5, 10))),
    "m": (
        ((0, 4), (0, 10)),
        ((0, 6), *_round(2, 6, 2, 180, 360), (4, 10)),
        ((4, 6), *_round(6, 6, 2, 180, 360), (8, 10)),
    ),
    "n": (((0, 3), (0, 10)), ((0, 6), *_round(2.5, 6, 2.5, 180, 360), (5, 10))),
    "p": (((0, 3), (0, 12)), _round(3, 6, 3)),
    "r": (((0, 3), (0, 10)), ((0, 6), *_round(2.5, 5.5, 2.5, 180, 300))),
    "t": (((3, 0), (3, 8.5), (5.5, 10)), ((0, 3), (6, 3))),
    "w": (((0, 4), (2, 10), (4, 5), (6, 10), (8, 4)),),
}
SHAPES: dict[str, tuple[Stroke, ...]] = {
    "arrow": (((0, 5), (10, 5)), ((6.5, 2), (10, 5), (6.5, 8))),
    "arrow up": (((5, 10), (5, 0)), ((2, 3), (5, 0), (8, 3))),
    "bow": (((0, 2), (10, 8), (10, 2), (0, 8), (0, 2)),),
    "crescent": (_round(5, 5, 5, 60, 300) + _round(7.5, 5, 4.6, 240, 110),),
    "cross": (((5, 0), (5, 10)), ((0, 5), (10, 5))),
    "equals": (((0, 3), (8, 3)), ((0, 7), (8, 7))),
    "eye": (_round(5, 9, 6.5, 220, 320), _round(5, 1, 6.5, 140, 40), _round(5, 5, 1.3)),
    "face": (
        _round(5, 5, 5),
        _round(3.2, 3.6, 0.5),
        _round(6.8, 3.6, 0.5),
        _round(5, 5.5, 2.6, 20, 160),
    ),
    "fish": (_round(4.5, 5, 4.2, 0, 360, 0.6), ((8.5, 5), (11, 2.5), (11, 7.5), (8.5, 5))),
    "flower": tuple(
        _round(5 + 3 * np.cos(turn), 5 + 3 * np.sin(turn), 1.9)
        for turn in np.radians([0, 72, 144, 216, 288])
    ),
    "hash": (((3, 0), (2, 10)), ((7, 0), (6, 10)), ((0, 3), (10, 3)), ((0, 7), (10, 7))),
    "heart": (
        (
            (5, 10),
            (0.5, 5),
            *_round(2.6, 2.8, 2.6, 160, 330),
            *_round(7.4, 2.8, 2.6, 210, 380),
            (5, 10),
        ),
    ),
    "house": (((0, 10), (0, 4), (5, 0), (10, 4), (10, 10), (0, 10)), ((0, 4), (10, 4))),
    "house with a door": (
        ((0, 10), (0, 4), (5, 0), (10, 4), (10, 10), (0, 10)),
        ((4, 10), (4, 6.5), (6.5, 6.5), (6.5, 10)),
    ),
    "man": (
        _round(5, 1.5, 1.5),
        ((5, 3), (5, 7), (2, 10)),
        ((5, 7), (8, 10)),
        ((1.5, 4.5), (8.5, 4.5)),
    ),
    "note": (((4, 9), (4, 0), (7, 2.5)), _round(2.6, 9, 1.5)),
    "question": (
        (*_round(4, 3, 3, 190, 400), (4, 6), (4, 7.5)),
        _round(4, 9.6, 0.3),
    ),
    "rectangle": (((0, 2), (11, 2), (11, 8), (0, 8), (0, 2)),),
    "rhombus": (((5, 0), (9, 5), (5, 10), (1, 5), (5, 0)),),
    "spiral": (
        tuple(
            (5 + 0.35 * k * np.cos(0.6 * k), 5 + 0.35 * k * np.sin(0.6 * k))
            for k in np.arange(0.5, 15, 0.5)
        ),
    ),
    "square": (((0, 0), (9, 0), (9, 9), (0, 9), (0, 0)),),
    "star": (((2, 10), (5, 0), (8, 10), (0.3, 3.8), (9.7, 3.8), (2, 10)),),
    "sun": (
        _round(5, 5, 2.4),
        *(
            ((5 + 3.3 * c, 5 + 3.3 * s), (5 + 5 * c, 5 + 5 * s))
            for c, s in [(np.cos(t), np.sin(t)) for t in np.radians(np.arange(0, 360, 45))]
        ),
    ),
    "table": (((0, 3), (10, 3)), ((1.5, 3), (1.5, 10)), ((8.5, 3), (8.5, 10))),
    "tick": (((0, 6), (3, 10), (10, 0)),),
    "tree": (((5, 10), (5, 6)), _round(5, 3, 3)),
    "triangle": (((0, 9), (5, 0), (10, 9), (0, 9)),),
    "umbrella": ((*_round(5, 5, 5, 180, 360), (0, 5)), ((5, 5), (5, 9.5), (3.5, 9.5))),
}
KINDS = ("letter", "shape", "scribble", "zigzag", "dots", "blob", "two digits", "digit on digit")


def generate(
    count: int, lines: CentreLines, random: Random, *, kinds: Sequence[str] = KINDS
) -> NDArray[np.uint8]:
    """Images of things that are no digits, prepared as a drawing is.

    Args:
        count: how many.
        lines: digits to put two of together.
        random: the same state gives the same images.
        kinds: of `KINDS`, about as many of each; a name from `LETTERS` or `SHAPES` is a kind, too.

    Returns:
        uint8 `(count, 28, 28)`.
    """
    chosen = [kinds[k] for k in random.integers(0, len(kinds), count)]
    drawings = [_drawing(kind, lines, random)[:_LONGEST] for kind in chosen]
    longest = max(len(points) for points in drawings)
    points = np.stack([np.resize(points, (longest, 2)) for points in drawings])
    real = np.arange(longest) < np.array([len(points) for points in drawings])[:, None]
    points = augmentation.random_affine(points.astype(np.float32), random, 1.0)
    points = augmentation.random_warp(points, random, 1.2)
    width = augmentation.random_pen_widths(count, random, _WIDTH_SPREAD, _WIDTHS)
    return augmentation.render(points, real, width)


def _drawing(kind: str, lines: CentreLines, random: Random) -> Points:
    if kind in LETTERS or kind in SHAPES:
        return _figure((LETTERS | SHAPES)[kind], random)
    return _KINDS[kind](lines, random)


def _figure(strokes: tuple[Stroke, ...], random: Random) -> Points:
    """The points of a figure, its strokes moved a little against each other."""
    return np.concatenate(
        [_along(np.array(stroke) * _SCALE + random.normal(0, 0.5, 2) + 4.0) for stroke in strokes]
    )


def _along(corners: NDArray[np.floating]) -> Points:
    """Points about `SPACING` apart on a line through the corners `(k, 2)`."""
    far = np.concatenate([[0.0], np.hypot(*np.diff(corners, axis=0).T).cumsum()])
    places = np.linspace(0, far[-1], max(_FEWEST, int(far[-1] / SPACING)))
    return np.stack([np.interp(places, far, corners[:, axis]) for axis in (0, 1)], 1).astype(
        np.float32
    )


def _letter(_: CentreLines, random: Random) -> Points:
    return _figure(list(LETTERS.values())[random.integers(len(LETTERS))], random)


def _shape(_: CentreLines, random: Random) -> Points:
    return _figure(list(SHAPES.values())[random.integers(len(SHAPES))], random)


def _scribble(_: CentreLines, random: Random) -> Points:
    """A long line that turns this way and that."""
    corners = random.uniform(2, 26, (random.integers(7, 22), 2))
    for _again in range(2):  # cut the corners, as a hand does
        before, after = corners[:-1], corners[1:]
        corners = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], 1)
        corners = corners.reshape(-1, 2)
    return _along(corners)


def _zigzag(_: CentreLines, random: Random) -> Points:
    """A line up and down, pointed or in waves, in any direction."""
    turns = random.integers(5, 12)
    x = np.linspace(3, 25, turns) + random.normal(0, 0.6, turns)
    y = (
        14
        + np.where(np.arange(turns) % 2, 1, -1) * random.uniform(2, 9)
        + random.normal(0, 0.8, turns)
    )
    corners = np.stack([x, y], axis=1)
    if random.random() < 0.5:
        corners = corners[:, ::-1]
    return _along(corners)


def _dots(_: CentreLines, random: Random) -> Points:
    """A few dots or dashes, far apart."""
    places = random.uniform(2, 26, (random.integers(2, 9), 2))
    ends = places + random.normal(0, 0.8, places.shape)
    return np.concatenate([_along(np.stack(dash)) for dash in zip(places, ends, strict=True)])


def _blob(_: CentreLines, random: Random) -> Points:
    """A patch that was filled in."""
    wide, high = random.uniform(4, 12, 2)
    steps = np.arange(0, high, 1.2)
    sides = 14 + np.where(np.arange(len(steps)) % 2, 1, -1) * wide / 2
    if random.random() < 0.5:  # round
        sides = 14 + (sides - 14) * np.sqrt(np.maximum(1 - (2 * steps / high - 1) ** 2, 0.02))
    return _along(np.stack([sides, 14 - high / 2 + steps], axis=1))


def _digit(lines: CentreLines, random: Random) -> Points:
    number = int(random.integers(len(lines)))
    return lines.points[lines.starts[number] : lines.starts[number + 1]]


def _two_digits(lines: CentreLines, random: Random) -> Points:
    """Two digits side by side, now and then one above the other."""
    first, second = _digit(lines, random), _digit(lines, random)
    axis = int(random.random() < 0.15)
    gap = first[:, axis].max() - second[:, axis].min() + random.uniform(1, 8)
    second = second * random.uniform(0.75, 1.25)
    shift = np.array([gap, random.normal(0, 2)] if axis == 0 else [random.normal(0, 2), gap])
    return np.concatenate([first, (second + shift).astype(np.float32)])


def _digit_on_digit(lines: CentreLines, random: Random) -> Points:
    """A digit written over another, a little aside."""
    shift = random.uniform(5, 9) * np.array([random.choice([-1, 1]), random.normal(0, 0.6)])
    return np.concatenate(
        [_digit(lines, random), (_digit(lines, random) + shift).astype(np.float32)]
    )


_KINDS: dict[str, Callable[[CentreLines, Random], Points]] = dict(
    zip(
        KINDS,
        (_letter, _shape, _scribble, _zigzag, _dots, _blob, _two_digits, _digit_on_digit),
        strict=True,
    )
)
