"""How many pictures of each kind are read correctly: Paint, scans, and nineteen kinds of photos.

Real ones may not be kept, so they are made (`benchmarks.photo_scenes`) from the pen strokes of
pendigits and, every second photo, from MNIST's digits: its training set and the first 20 writers
with `--choose`, on which settings were chosen, else its test set and the ten last writers.

    python -m benchmarks.photo_kinds [--choose] [--kinds NAME ...] [--each N] [--keep FOLDER]
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.random import Generator

from benchmarks import measuring
from benchmarks.hand_drawings import Hand, read_unipen
from benchmarks.hand_scores import percent
from benchmarks.obstacle_scenes import OBSTACLES
from benchmarks.paint_scenes import PAINT, scan
from benchmarks.photo_scenes import PHOTOS, Digit, Scene
from benchmarks.photos import pen_strokes
from mnist_core.analysis.calibration import with_temperature
from mnist_core.data import dataset
from mnist_core.drawing import mnist_image, photo, photo_digits, rejection
from mnist_core.models import store

FIRST_WRITERS, LAST_WRITERS = range(1, 21), range(21, 31)
SURE = 0.95


@dataclass(frozen=True, eq=False)
class Reading:
    """What became of a picture.

    Attributes:
        label: the digit on it.
        digit: what was read first; -1 if nothing was found.
        probability: how sure of it.
        refused: it does not look like a digit, or nothing was found: a sentence says so.
        data: the file.
    """

    label: int
    digit: int
    probability: float
    refused: bool
    data: bytes

    @property
    def fate(self) -> str:
        """In a word."""
        if self.refused:
            return "refused"
        if self.digit == self.label:
            return "right"
        return "wrong and sure" if self.probability > SURE else "wrong"


class Reader:
    """The page's way from a file to an answer."""

    def __init__(self, model: str) -> None:
        self._predictor = store.open_model(model)
        self._temperature = store.read_card(store.folder_of(model)).temperature or 1.0
        self._gate = rejection.load()

    def read(self, label: int, data: bytes) -> Reading:
        """Read the digit that the page would show first."""
        try:
            found = photo_digits.find(photo.read(data))
        except ValueError:
            return Reading(label, -1, 0.0, True, data)
        image = mnist_image.to_mnist(found[0].canvas)[np.newaxis]
        (chances,) = with_temperature(self._predictor.predict(image), self._temperature)
        refused = bool(self._gate.digit_probability(image)[0] < rejection.THRESHOLD)
        return Reading(label, int(chances.argmax()), float(chances.max()), refused, data)


def digits(
    hands: list[Hand], split: str, random: Generator, *, mixed: bool
) -> Iterator[tuple[int, Digit]]:
    """Digits to write: of hands, every second one of MNIST if `mixed`."""
    written = dataset.load(split)
    while True:
        hand = hands[int(random.integers(len(hands)))]
        yield hand.label, Digit(hand, np.ones((1, 1), np.float32))
        if mixed:
            number = int(random.integers(len(written)))
            ink = pen_strokes(written.images[number], random)
            yield int(written.labels[number]), Digit(None, ink)


def measure(
    reader: Reader,
    scene: Scene,
    count: int,
    hands: list[Hand],
    split: str,
    seed: int,
    *,
    mixed: bool,
) -> list[Reading]:
    """Make this many pictures of a kind and read them."""
    random = np.random.default_rng(seed)
    source = digits(hands, split, random, mixed=mixed)
    readings = []
    for _ in range(count):
        label, digit = next(source)
        readings.append(reader.read(label, scene(digit, random)))
    return readings


def summary(readings: list[Reading]) -> dict[str, object]:
    """The shares of each fate, in percent, and the weakest digit."""
    fates = np.array([reading.fate for reading in readings])
    labels = np.array([reading.label for reading in readings])
    accepted = (fates == "wrong") | (fates == "wrong and sure")
    each = {int(d): percent(fates[labels == d] == "right") for d in np.unique(labels)}
    weakest = min(each, key=each.__getitem__)
    return {
        "pictures": len(readings),
        "right": percent(fates == "right"),
        "refused": percent(fates == "refused"),
        "wrong and accepted": percent(accepted),
        "wrong at over 95%": percent(fates == "wrong and sure"),
        "weakest digit": f"{weakest}: {each[weakest]}",
    }


def main() -> None:
    root = Path(__file__).parents[1]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--kinds", nargs="*", default=[])
    parser.add_argument("--each", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", default="every-hand")
    parser.add_argument("--keep", type=Path)
    parser.add_argument(
        "--hands", type=Path, default=root.parent / "shared" / "data" / "pendigits-orig.tra"
    )
    parser.add_argument(
        "--output", type=Path, default=root / "benchmarks" / "results" / "photo_kinds.json"
    )
    options = parser.parse_args()
    writers = FIRST_WRITERS if options.choose else LAST_WRITERS
    hands = [hand for hand in read_unipen(options.hands.read_text()) if hand.writer in writers]
    split = "train" if options.choose else "test"
    reader = Reader(options.model)
    kinds: dict[str, object] = {}
    for scene in (scan, *PAINT, *PHOTOS, *OBSTACLES):
        if options.kinds and scene.__name__ not in options.kinds:
            continue
        count = options.each or (400 if scene is scan else 60 if scene in PAINT else 30)
        began = time.perf_counter()
        readings = measure(
            reader, scene, count, hands, split, options.seed, mixed=scene in (*PHOTOS, *OBSTACLES)
        )
        seconds = (time.perf_counter() - began) / count
        kinds[scene.__name__] = figures = summary(readings)
        print(f"{scene.__name__:18}", figures, f"{seconds * 1000:.0f} ms", flush=True)
        if options.keep:
            keep(options.keep, scene.__name__, readings)
    if not options.choose:
        if options.kinds and options.output.exists():
            # The other kinds stay as they were measured.
            kinds = {**json.loads(options.output.read_text())["kinds"], **kinds}
        result = {
            "seed": options.seed,
            "model": options.model,
            "hands": f"pendigits, writers {writers[0]} to {writers[-1]}; MNIST test set",
            "date": datetime.now(UTC).date().isoformat(),
            "machine": measuring.machine(),
            "versions": {name: version(name) for name in ("pillow", "numpy", "ai-edge-litert")},
            "kinds": kinds,
        }
        options.output.write_text(json.dumps(result, indent=2) + "\n")


def keep(folder: Path, kind: str, readings: list[Reading]) -> None:
    """Keep the pictures that were not read correctly, to look at them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, reading in enumerate(readings):
        if reading.fate != "right":
            name = f"{kind}-{number}-{reading.label}-as-{reading.digit}-{reading.fate}.jpg"
            (folder / name.replace(" ", "-")).write_bytes(reading.data)


if __name__ == "__main__":
    main()
