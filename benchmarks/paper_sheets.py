"""How many photos of filled sheets are read, and whether any box gets another digit's ink.

The printed sheet is filled with digits of people no network learned from (the last ten writers of
pendigits, and MNIST's test set), laid on a table and photographed: ever further askew, more tilted,
blurred, in shadow, creased and bent, some with a thumb on the margin (`benchmarks.paper_scenes`).
The first photo is easy, the last as hard as people make it. Settings were chosen on seeds 101 to
302, the figures are those of another.

    python -m benchmarks.paper_sheets --hands pendigits-orig.tra [--photos N] [--seed N]
"""

import argparse
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from benchmarks import measuring, paper_scenes
from benchmarks.hand_drawings import Hand, read_unipen
from benchmarks.paper_scenes import Filled
from mnist_core.data import dataset
from mnist_core.data.dataset import CLASSES
from mnist_core.handwriting.score import SHEET_SIZE
from mnist_core.models import store
from mnist_core.paper.problems import UnreadableSheet
from mnist_core.paper.reading import SheetReading, read_sheet

# Ink is that of a box if it looks like it; it is another's if it looks much more like that.
_ALIKE, _UNLIKE, _MORE_ALIKE = 0.8, 0.6, 0.15
_THIRDS = ("easy", "middling", "hard")
_LARGE = 3000, 4000


@dataclass
class Count:
    """What became of photos and boxes.

    Attributes:
        photos: by what happened: "read", or the kind of refusal.
        boxes: by what happened.
        seconds: of a processor, for each photo.
        images, alone, labels: of the digits read: as read, as without paper, as asked for.
    """

    photos: Counter[str] = field(default_factory=Counter)
    boxes: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    images: list[NDArray[np.float32]] = field(default_factory=list)
    alone: list[NDArray[np.float32]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)


def people(hands: Path) -> list[dict[int, list[Hand]]]:
    """The last ten writers of pendigits: their digits by label."""
    by_writer: dict[int, dict[int, list[Hand]]] = {}
    for hand in read_unipen(hands.read_text()):
        by_writer.setdefault(hand.writer, {}).setdefault(hand.label, []).append(hand)
    return [by_writer[writer] for writer in sorted(by_writer)[20:]]


def person(
    writers: list[dict[int, list[Hand]]], random: Generator
) -> dict[int, list[Hand | NDArray[np.uint8]]]:
    """Two of each digit, of one writer or of MNIST's test set."""
    if random.random() < 0.5:
        own = writers[int(random.integers(len(writers)))]
        return {d: [own[d][i] for i in random.permutation(len(own[d]))[:2]] for d in own}
    digits = dataset.load("test")
    return {
        digit: list(digits.images[random.choice(np.flatnonzero(digits.labels == digit), 2)])
        for digit in range(CLASSES)
    }


def look_at(data: bytes, sheet: Filled, count: Count) -> None:
    """Read a photo and count what became of it."""
    began = time.process_time()
    try:
        found = read_sheet(data)
    except UnreadableSheet as error:
        count.photos[error.kind] += 1
        return
    finally:
        count.seconds.append(time.process_time() - began)
    count.photos["read"] += 1
    remarked = {one.position for one in found.remarks}
    for position in range(SHEET_SIZE):
        fate = _fate(found, sheet, position)
        count.boxes[fate] += 1
        if fate in ("another digit's", "lost", "not written"):
            count.boxes[f"{fate}, said"] += position in remarked
        drawing = found.sheet.drawings[position]
        if drawing is not None and position in sheet.truth:
            count.images.append(drawing.image.astype(np.float32) / np.float32(255))
            count.alone.append(sheet.truth[position])
            count.labels.append(drawing.label)


def _fate(found: SheetReading, sheet: Filled, position: int) -> str:
    drawing, own = found.sheet.drawings[position], sheet.truth.get(position)
    if drawing is None:
        return "empty" if own is None else "lost"
    if own is None:
        return "not written"
    image = drawing.image.astype(np.float32) / np.float32(255)
    alike = {other: _likeness(image, truth) for other, truth in sheet.truth.items()}
    if alike[position] >= _ALIKE:
        return "right"
    is_other = alike[position] < _UNLIKE and max(alike.values()) > alike[position] + _MORE_ALIKE
    return "another digit's" if is_other else "changed"


def _likeness(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The correlation of two images, one moved by up to a pixel."""
    moved = [np.roll(one, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return max(float(np.corrcoef(image.ravel(), other.ravel())[0, 1]) for image in moved)


# Linux keeps the largest size of a process across exec, so the kernel is asked for this one's own.
_IN_A_PROCESS = """
import sys
from pathlib import Path
import numpy as np
from mnist_core.drawing import rejection
from mnist_core.paper.reading import read_sheet

def kilobytes(what):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1])

rejection.load().digit_probability(np.zeros((20, 28, 28), np.float32))
data = sys.stdin.buffer.read()
before = kilobytes("VmRSS")
for _ in range(3):
    read_sheet(data)
print((kilobytes("VmHWM") - before) / 1024)
"""


def memory(data: bytes) -> float:
    """By how many megabytes a process grows at most while it reads a photo of 12 megapixels."""
    large = BytesIO()
    Image.open(BytesIO(data)).resize(_LARGE).save(large, "JPEG", quality=90)
    command = [sys.executable, "-c", _IN_A_PROCESS]
    said = subprocess.run(command, input=large.getvalue(), capture_output=True, check=True)
    return float(said.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hands", type=Path, required=True)
    parser.add_argument("--photos", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the photos that are refused")
    options = parser.parse_args()
    writers = people(options.hands)
    counts = {third: Count() for third in _THIRDS}
    for number in range(options.photos):
        random = np.random.default_rng([options.seed, number])
        hardness = number / max(options.photos - 1, 1)
        sheet = paper_scenes.filled(person(writers, random), random)
        data = paper_scenes.photographed(sheet, paper_scenes.camera(hardness, random), random)
        count = counts[_THIRDS[min(int(3 * hardness), 2)]]
        before = count.photos["read"]
        look_at(data, sheet, count)
        if number == 0:
            megabytes = memory(data)
        if options.keep and count.photos["read"] == before:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{number}.jpg").write_bytes(data)
        print(number, dict(count.photos), dict(count.boxes), flush=True)
    _keep(counts, megabytes, options.photos, options.seed)


def _keep(counts: dict[str, Count], megabytes: float, photos: int, seed: int) -> None:
    whole, details = Count(), {}
    for third, count in counts.items():
        details[f"{third}: photos"] = _words(count.photos)
        details[f"{third}: boxes"] = _words(count.boxes)
        whole.photos += count.photos
        whole.boxes += count.boxes
        whole.seconds += count.seconds
        whole.images += count.images
        whole.alone += count.alone
        whole.labels += count.labels
    shipped = (card for card in store.list_models() if card.shipped)
    model = max(shipped, key=lambda card: card.test_accuracy).name
    predictor = store.open_model(model)
    for name, images in (("on paper", whole.images), ("without paper", whole.alone)):
        correct = predictor.predict(np.stack(images)).argmax(axis=1) == np.array(whole.labels)
        details[f"digits read correctly by {model} {name}, %"] = str(round(100 * correct.mean(), 2))
    details |= {
        "photos": _words(whole.photos),
        "boxes": _words(whole.boxes),
        "processor seconds a photo, mean": str(round(float(np.mean(whole.seconds)), 2)),
        "processor seconds a photo, most": str(round(max(whole.seconds), 2)),
        "memory while a photo of 12 megapixels is read, MB": str(round(megabytes)),
    }
    written = whole.boxes["right"] + whole.boxes["changed"] + whole.boxes["another digit's"]
    wrong = 100 * whole.boxes["another digit's"] / max(written, 1)
    measuring.keep(
        measuring.Result(
            name="paper_sheets",
            promise="Photos of filled sheets that are refused",
            unit="%",
            bar=5,
            figure=round(100 - 100 * whole.photos["read"] / photos, 2),
            how=(
                f"{photos} synthetic photos from easy to hard, seed {seed}, each refused one with "
                f"a sentence; of {written:,} boxes read, {wrong:.2g}% had another digit's ink (bar "
                "2%)."
            ),
            details={**details},
        )
    )


def _words(counted: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counted.most_common())


if __name__ == "__main__":
    main()
