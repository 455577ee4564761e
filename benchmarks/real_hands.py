"""How many digits of real hands are read correctly, by each shipped model.

7,494 digits that 30 people drew with a stylus (pendigits, UCI, CC BY 4.0; never trained on, never
committed) are drawn again on a canvas as a visitor would draw them: anywhere, 45 to 80% of the
canvas high, with a round brush of 10 to 24 pixels. Each is read in three ways: prepared from its
strokes, as the page does; prepared from its pixels; and plainly shrunk to 28 x 28, which is what
the usual app does. Then some of them at every brush and height, for the models named by `--grid`.

    python -m benchmarks.real_hands [--models NAME ...] [--grid NAME ...] [--output FILE]
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core.data.dataset import CLASSES, SIDE
from mnist_core.drawing import mnist_image
from mnist_core.models import handwriting_accuracy, store
from mnist_core.models.handwriting_accuracy import RealHandAccuracy
from mnist_core.models.inference import Predictor

CANVAS = 280
HEIGHTS = (0.45, 0.80)
BRUSHES = (10.0, 24.0)
GRID_BRUSHES = (8.0, 14.0, 20.0, 28.0)
GRID_HEIGHTS = (0.3, 0.5, 0.7, 0.9)
GRID_EVERY = 5
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


def read_unipen(text: str) -> Iterator[Hand]:
    """The digits of a UNIPEN file."""
    for segment in re.split(r"^\.SEGMENT ", text, flags=re.MULTILINE)[1:]:
        label = re.match(r'DIGIT\s+\S+ \? "(\d)"', segment)
        strokes = re.findall(r"^\.PEN_DOWN\n(.*?)^\.PEN_UP", segment, re.MULTILINE | re.DOTALL)
        if label is None or not strokes:
            raise ValueError(f"This segment is no digit: {segment[:40]!r}")
        points = (np.array(stroke.split(), dtype=np.float64).reshape(-1, 2) for stroke in strokes)
        yield Hand(int(label[1]), tuple(stroke * (1.0, -1.0) for stroke in points))


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


def figures(
    predictor: Predictor, ways: dict[str, NDArray[np.float32]], labels: NDArray[np.int64]
) -> dict[str, float | dict[str, float]]:
    """The share a model reads correctly, in percent: each way, and by strokes for each digit."""
    right = {
        way: predictor.predict(images).argmax(axis=1) == labels for way, images in ways.items()
    }
    each = {str(digit): percent(right["strokes"][labels == digit]) for digit in range(CLASSES)}
    return {**{way: percent(answers) for way, answers in right.items()}, "by digit": each}


def grid(
    hands: list[Hand], seed: int, predictors: dict[str, Predictor]
) -> dict[str, dict[str, dict[str, float]]]:
    """The same for each brush and height: model -> way -> "brush, height" -> percent."""
    labels = np.array([hand.label for hand in hands])
    found: dict[str, dict[str, dict[str, float]]] = {
        name: {way: {} for way in WAYS} for name in predictors
    }
    for brush in GRID_BRUSHES:
        for height in GRID_HEIGHTS:
            ways = prepare_all(hands, seed, (brush, brush), (height, height))
            setting = f"brush {brush:g}, height {height:.0%}"
            for name, predictor in predictors.items():
                for way, images in ways.items():
                    right = predictor.predict(images).argmax(axis=1) == labels
                    found[name][way][setting] = percent(right)
    return found


def share(percentage: float | dict[str, float]) -> float:
    """A percentage as 0..1."""
    assert isinstance(percentage, float)
    return round(percentage / 100, 4)


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
    parser.add_argument("--models", nargs="*", help="only these shipped models")
    parser.add_argument("--grid", nargs="*", default=["cnn-best", "committee", "cnn-32-32"])
    options = parser.parse_args()
    hands = list(read_unipen(options.data.read_text()))
    labels = np.array([hand.label for hand in hands])
    ways = prepare_all(hands, options.seed)
    cards = [card for card in store.list_models() if card.shipped]
    found = {
        card.name: figures(store.open_model(card.name), ways, labels)
        for card in cards
        if not options.models or card.name in options.models
    }
    result = {
        "digits": len(hands),
        "seed": options.seed,
        "percent read correctly": found,
        f"by brush and height, every {GRID_EVERY}th digit": grid(
            hands[::GRID_EVERY],
            options.seed,
            {name: store.open_model(name) for name in options.grid if name in found},
        ),
    }
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(result, indent=2) + "\n")
    if not options.models:
        # The page tells these two of each network.
        handwriting_accuracy.save(
            {
                name: RealHandAccuracy(share(figure["strokes"]), share(figure["shrunk"]))
                for name, figure in found.items()
            }
        )
    for name, figure in found.items():
        print(name, ", ".join(f"{way} {figure[way]}%" for way in WAYS))


if __name__ == "__main__":
    main()
