"""How many digits of real hands are read rightly, by each shipped model.

7,494 digits that 30 people drew with a stylus (pendigits, UCI, CC BY 4.0; never trained on, never
committed) are drawn again on a canvas as a visitor would draw them: anywhere, 45 to 80 % of the
canvas high, with a round brush of 10 to 24 pixels. Each is read twice: prepared by `to_mnist`,
and plainly shrunk to 28 x 28, which is what the usual app does.

    python -m benchmarks.real_hands [--data FILE] [--seed N] [--output FILE]
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core import drawing, store
from mnist_core.dataset import CLASSES, SIDE

CANVAS = 280
HEIGHTS = (0.45, 0.80)
BRUSHES = (10.0, 24.0)
# Drawn this much larger, then reduced: soft edges, as on a browser's canvas.
_FINER = 3

Stroke = NDArray[np.float64]
"""Points of shape `(n, 2)`: x, and y growing downwards."""


@dataclass(frozen=True, eq=False)
class Hand:
    """One digit as somebody drew it."""

    label: int
    strokes: tuple[Stroke, ...]


def read_unipen(text: str) -> Iterator[Hand]:
    """The digits of a UNIPEN file."""
    for segment in re.split(r"^\.SEGMENT ", text, flags=re.MULTILINE)[1:]:
        label = re.match(r'DIGIT\s+\S+ \? "(\d)"', segment)
        strokes = re.findall(r"^\.PEN_DOWN\n(.*?)^\.PEN_UP", segment, re.MULTILINE | re.DOTALL)
        if label is None or not strokes:
            raise ValueError(f"This segment is no digit: {segment[:40]!r}")
        points = (np.array(stroke.split(), dtype=np.float64).reshape(-1, 2) for stroke in strokes)
        yield Hand(int(label[1]), tuple(stroke * (1.0, -1.0) for stroke in points))


def draw(
    hand: Hand, brush: float, height: float, place: tuple[float, float], side: int = CANVAS
) -> NDArray[np.uint8]:
    """Draw a digit on a canvas.

    Args:
        hand: what to draw.
        brush: diameter of the round brush in pixels.
        height: of the ink, as a part of the canvas; less where the digit is too wide for that.
        place: 0..1 across and down: where in the room that is left the digit lies.
        side: of the square canvas in pixels.

    Returns:
        uint8 `(side, side)`, white ink on black.
    """
    points = np.concatenate(hand.strokes)
    corner, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1.0)
    scale = min((height * side - brush) / extent[1], (side - brush) / extent[0])
    room = side - (extent * scale + brush)
    start = brush / 2 + room * np.array(place)
    picture = Image.new("L", (side * _FINER, side * _FINER))
    pen = ImageDraw.Draw(picture)
    radius = brush / 2 * _FINER
    for stroke in hand.strokes:
        path = [tuple(point) for point in ((stroke - corner) * scale + start) * _FINER]
        pen.line(path, fill=255, width=round(2 * radius))
        for x, y in path:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(picture.reduce(_FINER))


def draw_all(hands: list[Hand], seed: int) -> Iterator[NDArray[np.uint8]]:
    """Each digit once, at random but the same for the same seed."""
    random = np.random.default_rng(seed)
    for hand in hands:
        brush, height = random.uniform(*BRUSHES), random.uniform(*HEIGHTS)
        yield draw(hand, brush, height, (random.random(), random.random()))


def shrink(canvas: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The whole canvas at 28 x 28, float32 in 0..1: no cropping, no centring."""
    small = Image.fromarray(canvas).resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small).astype(np.float32) / np.float32(255)


def figures(
    model: str, ways: dict[str, NDArray[np.float32]], labels: NDArray[np.int64]
) -> dict[str, float | dict[str, float]]:
    """The share a model reads rightly, in percent: each way, and prepared for each digit."""
    predictor = store.open_model(model)
    right = {
        way: predictor.predict(images).argmax(axis=1) == labels for way, images in ways.items()
    }
    each = {str(digit): percent(right["prepared"][labels == digit]) for digit in range(CLASSES)}
    return {**{way: percent(answers) for way, answers in right.items()}, "by digit": each}


def percent(right: NDArray[np.bool_]) -> float:
    """How much of it is true, rounded to hundredths of a percent."""
    return round(100 * float(right.mean()), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = Path(__file__).parents[1]
    data = root.parent / "shared" / "data" / "pendigits-orig.tra"
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--output", type=Path, default=root / "benchmarks" / "results" / "real_hands.json"
    )
    options = parser.parse_args()
    hands = list(read_unipen(options.data.read_text()))
    labels = np.array([hand.label for hand in hands])
    canvases = list(draw_all(hands, options.seed))
    ways = {
        "prepared": np.stack([drawing.to_mnist(canvas) for canvas in canvases]),
        "shrunk": np.stack([shrink(canvas) for canvas in canvases]),
    }
    found = {
        card.name: figures(card.name, ways, labels) for card in store.list_models() if card.shipped
    }
    result = {"digits": len(hands), "seed": options.seed, "percent read rightly": found}
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(result, indent=2) + "\n")
    for name, figure in found.items():
        print(f"{name}: {figure['prepared']} % prepared, {figure['shrunk']} % shrunk")


if __name__ == "__main__":
    main()
