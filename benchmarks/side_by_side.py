"""Two and three digits beside each other: are they taken apart, and read?

Digits of one writer of the pen digits (`benchmarks/real_hands.py`) are put beside each other on the
canvas, at the writer's own sizes, with gaps from 0.3 of their height to none and less, and read as
the page does. What counts is what the page says: right; not sure, with a question mark or a word
about more room; or wrong without a doubt. Single digits show what taking apart costs them.

    python -m benchmarks.side_by_side [--choose] [--each 300] [--output FILE]

With `--choose` the first 20 writers, on which settings were chosen; without it the last ten.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.hand_drawings import Hand, read_unipen
from benchmarks.measuring import RESULTS
from mnist_core.drawing import canvas_digits, pen, rejection
from mnist_core.models import store
from mnist_core.models.inference import Predictor

SIDE = 320
BRUSHES = (12.0, 20.0)
GAPS = (0.3, 0.2, 0.1, 0.05, 0.0, -0.1)
"""Between the ink of two digits, in heights of the tallest; below 0 they overlap."""
TALLEST, MARGIN = 0.6, 6.0
LEARNED_WRITERS = 20
SURE = 0.8
"""As `ui.widgets.answer.answer.SURE`."""
OUTCOMES = ("right", "not sure", "wrong")


@dataclass(frozen=True, eq=False)
class Row:
    """Digits beside each other.

    Attributes:
        labels: from left to right.
        owners: of each stroke, which digit it belongs to.
        strokes: in the order they were drawn, each `(n, 2)` in pixels of the canvas.
        brush: the width of the pen.
    """

    labels: tuple[int, ...]
    owners: tuple[int, ...]
    strokes: tuple[NDArray[np.float64], ...]
    brush: float


def by_writer(text: str) -> dict[int, list[Hand]]:
    """The digits of a UNIPEN file, in which each one's comment names its writer, by writer."""
    writers = [int(found) for found in re.findall(r"^\.COMMENT \d\s+(\d+)\s+\d+$", text, re.M)]
    found: dict[int, list[Hand]] = {}
    for hand, writer in zip(read_unipen(text), writers, strict=True):
        found.setdefault(writer, []).append(hand)
    return found


def rows(
    writers: Sequence[list[Hand]], count: int, gap: float, each: int, seed: int
) -> Iterator[Row]:
    """So many rows of so many digits, the same for the same seed."""
    random = np.random.default_rng([seed, count])
    for number in range(each):
        hands = writers[number % len(writers)]
        chosen = [hands[int(index)] for index in random.integers(0, len(hands), count)]
        yield row(chosen, gap, float(random.choice(BRUSHES)), random)


def row(hands: Sequence[Hand], gap: float, brush: float, random: np.random.Generator) -> Row:
    """Put digits beside each other, as large as the canvas allows."""
    boxes = [np.concatenate(hand.strokes) for hand in hands]
    sizes = np.array([np.maximum(np.ptp(points, axis=0), 1.0) for points in boxes])
    tallest = sizes[:, 1].max()
    lift = random.uniform(-0.1, 0.1, len(hands))
    # Ink is wider than the way of the pen by a brush; so is what the gap is a part of.
    room = SIDE - 2 * MARGIN - len(hands) * brush - (len(hands) - 1) * gap * brush
    wide = sizes[:, 0].sum() + (len(hands) - 1) * gap * tallest
    scale = min(TALLEST * SIDE / tallest * random.uniform(0.6, 1), room / wide)
    apart = brush + gap * (scale * tallest + brush)
    left, top = MARGIN + brush / 2, SIDE / 2 - scale * tallest / 2
    owners: list[int] = []
    strokes: list[NDArray[np.float64]] = []
    for place, (hand, points, size) in enumerate(zip(hands, boxes, sizes, strict=True)):
        down = top + scale * (tallest - size[1] + lift[place] * tallest)
        moved = [
            (one - points.min(axis=0)) * scale + (left, max(down, brush / 2))
            for one in hand.strokes
        ]
        strokes += moved
        owners += [place] * len(moved)
        left += scale * size[0] + apart
    return Row(tuple(hand.label for hand in hands), tuple(owners), tuple(strokes), brush)


def said(row: Row, gate: rejection.NonDigitDetector, reader: Predictor) -> tuple[bool, str]:
    """Whether the digits are taken apart rightly, and which of `OUTCOMES` the page's answer is."""
    canvas = pen.ink(row.strokes, row.brush, SIDE)
    found = canvas_digits.find(canvas, row.strokes, row.brush, gate.digit_probability)
    images = np.stack([digit.image for digit in found])
    chances = reader.predict(images)
    is_sure = bool(
        (chances.max(axis=1) >= SURE).all()
        and (gate.digit_probability(images) >= rejection.THRESHOLD).all()
    )
    groups = [sorted(len(stroke) for stroke in digit.strokes) for digit in found]
    wanted = [
        sorted(len(one) for one, owner in zip(row.strokes, row.owners, strict=True) if owner == n)
        for n in range(len(row.labels))
    ]
    is_apart = groups == wanted
    if not is_sure:
        return is_apart, "not sure"
    return is_apart, "right" if tuple(chances.argmax(axis=1)) == row.labels else "wrong"


def figures(
    writers: Sequence[list[Hand]], each: int, seed: int, model: str
) -> dict[str, dict[str, float]]:
    """For each number of digits and each gap: percent taken apart, and of each outcome."""
    gate, reader = rejection.load(), store.open_model(model)
    found = {}
    for count, gaps in ((1, (0.0,)), (2, GAPS), (3, GAPS)):
        for gap in gaps:
            many = each * 10 if count == 1 else each
            answers = [said(one, gate, reader) for one in rows(writers, count, gap, many, seed)]
            shares = {"taken apart": [apart for apart, _ in answers]}
            shares |= {name: [outcome == name for _, outcome in answers] for name in OUTCOMES}
            name = f"{count} digits, gap {gap:g}" if count > 1 else "1 digit"
            found[name] = {
                key: round(100 * float(np.mean(is_so)), 2) for key, is_so in shares.items()
            }
            print(name, found[name], flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = Path(__file__).parents[1]
    data = root.parent / "shared" / "data" / "pendigits-orig.tra"
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--choose", action="store_true", help="the writers to choose with")
    parser.add_argument("--each", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", default="every-hand")
    parser.add_argument("--output", type=Path, default=RESULTS / "side_by_side.json")
    asked = parser.parse_args()
    writers = [
        hands
        for writer, hands in sorted(by_writer(asked.data.read_text()).items())
        if (writer <= LEARNED_WRITERS) == asked.choose
    ]
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "seed": asked.seed,
        "model": asked.model,
        "rows of each kind": asked.each,
        "writers": "1 to 20" if asked.choose else "21 to 30",
        "percent": figures(writers, asked.each, asked.seed, asked.model),
    }
    if not asked.choose:
        asked.output.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
