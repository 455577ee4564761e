"""Digits that people drew with a stylus, drawn again on a canvas, prepared in three ways."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.data.dataset import SIDE
from mnist_core.drawing import mnist_image

CANVAS = 280
HEIGHTS = (0.45, 0.80)
BRUSHES = (10.0, 24.0)
WAYS = ("strokes", "prepared", "shrunk")
# Drawn this much larger, then reduced: soft edges, as on a browser's canvas.
_FINER = 3

Stroke = NDArray[np.float64]
"""Points of shape `(n, 2)`: x, and y growing downwards."""


@dataclass(frozen=True, eq=False)
class Hand:
    """One digit as somebody drew it."""

    label: int
    strokes: tuple[Stroke, ...]
    writer: int = 0


def read_unipen(text: str) -> Iterator[Hand]:
    """The digits of a UNIPEN file, in its order: those of all writers are shuffled.

    The comment of each digit has its label, its writer and its number among that writer's.
    """
    for segment in re.split(r"^\.SEGMENT ", text, flags=re.MULTILINE)[1:]:
        label = re.match(r'DIGIT\s+\S+ \? "(\d)"', segment)
        strokes = re.findall(r"^\.PEN_DOWN\n(.*?)^\.PEN_UP", segment, re.MULTILINE | re.DOTALL)
        known = re.search(r"^\.COMMENT\s+\d\s+(\d+)\s+\d+\s*$", segment, re.MULTILINE)
        if label is None or not strokes:
            raise ValueError(f"This segment is no digit: {segment[:40]!r}")
        points = (np.array(stroke.split(), dtype=np.float64).reshape(-1, 2) for stroke in strokes)
        writer = int(known[1]) if known else 0
        yield Hand(int(label[1]), tuple(stroke * (1.0, -1.0) for stroke in points), writer)


def placed(
    hand: Hand, brush: float, height: float, place: tuple[float, float], side: int = CANVAS
) -> tuple[Stroke, ...]:
    """Where the middle of the pen goes on a canvas.

    Args:
        hand: what to draw.
        brush: diameter of the round brush in pixels.
        height: of the ink, as a part of the canvas; less where the digit is too wide for that.
        place: 0..1 across and down: where in the room that is left the digit lies.
        side: of the square canvas in pixels.

    Returns:
        The hand's strokes, in pixels of the canvas.
    """
    points = np.concatenate(hand.strokes)
    corner, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1.0)
    scale = min((height * side - brush) / extent[1], (side - brush) / extent[0])
    room = side - (extent * scale + brush)
    start = brush / 2 + room * np.array(place)
    return tuple((stroke - corner) * scale + start for stroke in hand.strokes)


def paint(strokes: Sequence[Stroke], brush: float, side: int = CANVAS) -> NDArray[np.uint8]:
    """Draw strokes with a round brush: uint8 `(side, side)`, white ink on black."""
    picture = Image.new("L", (side * _FINER, side * _FINER))
    pen = ImageDraw.Draw(picture)
    radius = brush / 2 * _FINER
    for stroke in strokes:
        path = [tuple(point) for point in stroke * _FINER]
        pen.line(path, fill=255, width=round(2 * radius))
        for x, y in path:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(picture.reduce(_FINER))


def draw(
    hand: Hand, brush: float, height: float, place: tuple[float, float], side: int = CANVAS
) -> NDArray[np.uint8]:
    """Draw a digit on a canvas: uint8 `(side, side)`, white ink on black; see `placed`."""
    return paint(placed(hand, brush, height, place, side), brush, side)


def draw_all(hands: list[Hand], seed: int) -> Iterator[NDArray[np.uint8]]:
    """Each digit once, at random but the same for the same seed."""
    random = np.random.default_rng(seed)
    for hand in hands:
        brush, height = random.uniform(*BRUSHES), random.uniform(*HEIGHTS)
        yield draw(hand, brush, height, (random.random(), random.random()))


def prepare_all(
    hands: list[Hand],
    seed: int,
    brushes: tuple[float, float] = BRUSHES,
    heights: tuple[float, float] = HEIGHTS,
) -> dict[str, NDArray[np.float32]]:
    """Draw each digit once, at random but the same for the same seed, and prepare it in each way.

    Returns:
        For each of `WAYS`, float32 `(n, 28, 28)`.
    """
    random = np.random.default_rng(seed)
    ways: dict[str, list[NDArray[np.float32]]] = {way: [] for way in WAYS}
    for hand in hands:
        brush, height = random.uniform(*brushes), random.uniform(*heights)
        strokes = placed(hand, brush, height, (random.random(), random.random()))
        canvas = paint(strokes, brush)
        ways["strokes"].append(mnist_image.from_strokes(strokes, brush))
        ways["prepared"].append(mnist_image.to_mnist(canvas))
        ways["shrunk"].append(shrink(canvas))
    return {way: np.stack(images) for way, images in ways.items()}


def shrink(canvas: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The whole canvas at 28 x 28, float32 in 0..1: no cropping, no centring."""
    small = Image.fromarray(canvas).resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small).astype(np.float32) / np.float32(255)
