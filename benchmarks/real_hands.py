"""How many digits of real hands a network reads correctly: ours, or anybody's.

2,498 digits of ten people, the last ten writers of pendigits (UCI, CC BY 4.0; the file is not part
of this repository), are drawn again on a canvas as a visitor would draw them: anywhere, 45 to 80%
of the canvas high, with a round brush of 10 to 24 pixels. Each is read in three ways: prepared
from its strokes, as the page does; prepared from its pixels; and plainly shrunk to 28 x 28, which
is what the usual app does. Then some of them at every brush and height, for the models named by
`--grid`. The rules, and what others may learn from, are in docs/real_hands.md.

    python -m benchmarks.real_hands --model FILE.keras|FILE.tflite   any network, beside ours
    python -m benchmarks.real_hands [--models NAME ...] [--grid NAME ...] [--output FILE]
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import hand_scores
from benchmarks.hand_drawings import WAYS, Hand, prepare_all, read_unipen
from benchmarks.hand_scores import Answers, Score, percent
from mnist_core.models import handwriting_accuracy, store
from mnist_core.models.card import ModelCard
from mnist_core.models.handwriting_accuracy import RealHandAccuracy

GRID_BRUSHES = (8.0, 20.0, 36.0)
GRID_HEIGHTS = (0.3, 0.6, 0.9)
GRID_EVERY = 10
WRITERS = range(21, 31)
"""Whose digits count: the last ten of thirty. Anybody may learn from the first twenty."""
ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "real_hands.json"
# Ours, and the network that most tutorials and demos use.
COMPARED = ("every-hand", "committee", "cnn-best", "cnn-32-32")


def figures(
    answers: Answers, ways: dict[str, NDArray[np.float32]], labels: NDArray[np.int64]
) -> dict[str, Score]:
    """How well a network reads the digits, each way."""
    return {way: hand_scores.score(answers(images), labels) for way, images in ways.items()}


def grid(
    hands: list[Hand], seed: int, networks: dict[str, Answers]
) -> dict[str, dict[str, dict[str, float]]]:
    """The same for each brush and height: model -> way -> "brush, height" -> percent."""
    labels = np.array([hand.label for hand in hands])
    found: dict[str, dict[str, dict[str, float]]] = {
        name: {way: {} for way in WAYS} for name in networks
    }
    for brush in GRID_BRUSHES:
        for height in GRID_HEIGHTS:
            ways = prepare_all(hands, seed, (brush, brush), (height, height))
            setting = f"brush {brush:g}, height {height:.0%}"
            for name, answers in networks.items():
                for way, images in ways.items():
                    right = answers(images).argmax(axis=1) == labels
                    found[name][way][setting] = percent(right)
    return found


def as_stored(scores: dict[str, Score]) -> dict[str, object]:
    """The figures of a network as they are kept in the results."""
    strokes = scores["strokes"]
    return {
        **{way: one.correct for way, one in scores.items()},
        "by digit": strokes.by_digit,
        "wrong at over 95%": strokes.sure_and_wrong,
        "calibration error": strokes.calibration_error,
    }


def compare(path: Path, scores: dict[str, Score]) -> str:
    """A network's figures beside ours, as a table for a terminal."""
    known = json.loads(RESULTS.read_text("utf-8"))["percent read correctly"]
    lines = [f"{'':24}{'strokes':>9}{'pixels':>9}{'shrunk':>9}{'>95% wrong':>12}  weakest digit"]
    for name, found in {path.name: as_stored(scores), **known}.items():
        if name in (path.name, *COMPARED):
            weakest = min(found["by digit"].items(), key=lambda one: one[1])
            shares = "".join(f"{found[way]:8.2f}%" for way in WAYS)
            sure = found["wrong at over 95%"]
            lines.append(f"{name[:23]:24}{shares}{sure:12}  {weakest[0]}: {weakest[1]:.2f}%")
    return "\n".join(lines) + "\n"


def measure_ours(hands: list[Hand], options: argparse.Namespace) -> None:
    """Measure the networks that come with the app, and keep the figures."""
    labels = np.array([hand.label for hand in hands])
    ways = prepare_all(hands, options.seed)
    cards = {card.name: card for card in store.list_models() if card.shipped}
    networks = {
        name: _open(card)
        for name, card in cards.items()
        if not options.models or name in options.models
    }
    found = {name: figures(answers, ways, labels) for name, answers in networks.items()}
    some = {name: networks[name] for name in options.grid if name in networks}
    result = {
        "digits": len(hands),
        "writers": f"{WRITERS.start} to {WRITERS.stop - 1}",
        "seed": options.seed,
        "percent read correctly": {name: as_stored(scores) for name, scores in found.items()},
        f"by brush and height, every {GRID_EVERY}th digit": grid(
            hands[::GRID_EVERY], options.seed, some
        ),
    }
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(result, indent=2) + "\n")
    if not options.models:
        # The page tells these two of each network.
        handwriting_accuracy.save(
            {
                name: RealHandAccuracy(*(round(one[way].correct / 100, 4) for way in WAYS[::2]))
                for name, one in found.items()
            }
        )
    for name, scores in found.items():
        print(name, ", ".join(f"{way} {one.correct}%" for way, one in scores.items()))


def _open(card: ModelCard) -> Answers:
    return hand_scores.ours(store.open_model(card.name), card.temperature)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    data = ROOT.parent / "shared" / "data" / "pendigits-orig.tra"
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, default=RESULTS)
    parser.add_argument("--model", type=Path, help="a .keras or .tflite file")
    parser.add_argument("--models", nargs="*", help="only these shipped models")
    parser.add_argument("--grid", nargs="*", default=COMPARED)
    options = parser.parse_args()
    hands = [hand for hand in read_unipen(options.data.read_text()) if hand.writer in WRITERS]
    if options.model is None:
        measure_ours(hands, options)
        return
    answers = hand_scores.from_file(options.model)
    labels = np.array([hand.label for hand in hands])
    scores = figures(answers, prepare_all(hands, options.seed), labels)
    sys.stdout.write(compare(options.model, scores))


if __name__ == "__main__":
    main()
