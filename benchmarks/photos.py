"""How many digits on photos are found and read correctly, by the best shipped model.

There are no photos to measure on that may be kept, so they are made: digits of MNIST's *training*
set are written with a pen of some colour on plain, ruled or squared paper, which lies askew on a
table, in uneven light, half in a shadow; the photo is out of focus, noisy and a JPEG. The settings
of `mnist_core.drawing.photo_ink` and `photo_digits` were chosen on seed 0; the figure is that of
seed 1.

Networks have learned from these digits, so what counts is not how many are read correctly, but how
many more would be if they had not been written on paper: the same digits as they stand in the file
are read beside them, and the usual way, the whole photo shrunk and turned dark to light. With
`--hands`, the digits of pendigits are written instead, with a pen's thin strokes.

    python -m benchmarks.photos [--photos N] [--seed N] [--hands FILE] [--output FILE]
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from benchmarks.hand_drawings import draw, read_unipen
from benchmarks.hand_scores import percent
from mnist_core.data import dataset
from mnist_core.data.dataset import SIDE
from mnist_core.drawing import mnist_image, photo, photo_digits
from mnist_core.models import store

WIDTH, HEIGHT = 1200, 900
GROUNDS = ("plain", "ruled", "squared")
# At least this part of both boxes' union is in both: the digit was found, and nothing else.
_FOUND = 0.5

Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Shot:
    """A photo somebody could have taken.

    Attributes:
        data: the JPEG.
        ground: what the paper is like.
        box: top, left, bottom, right of the digit, as parts of the photo.
    """

    data: bytes
    ground: str
    box: Box


def take(mask: NDArray[np.float32], random: Generator) -> Shot:
    """Write a digit on paper and take a photo of it.

    Args:
        mask: float32 `(h, w)` in 0..1: the ink, up to every edge, some 200 pixels high.
        random: decides everything else.
    """
    ground = str(random.choice(GROUNDS))
    ink = _placed(mask, random)
    paper = _ground(ground, random)
    colour = random.uniform(0.05, 0.45, 3) * random.uniform(0.4, 1.0)
    scene = paper * (1 - ink[..., None]) + np.minimum(paper, colour) * ink[..., None]
    warped = askew(np.dstack([scene, ink]).astype(np.float32), random)
    lit = warped[..., :3] * light(HEIGHT, WIDTH, random)[..., None]
    picture = Image.fromarray((lit.clip(0, 1) * 255).astype(np.uint8))
    blurred = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.8)))
    noise = random.normal(0, random.uniform(1, 7), (HEIGHT, WIDTH, 3))
    noisy = (np.asarray(blurred) + noise).clip(0, 255).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(noisy).save(file, "JPEG", quality=int(random.integers(55, 92)))
    return Shot(file.getvalue(), ground, _box_of(warped[..., 3] > 0.5))


def pen_strokes(image: NDArray[np.uint8], random: Generator) -> NDArray[np.float32]:
    """An MNIST digit `(28, 28)` as a pen would write it: large, with sharp edges."""
    cropped = mnist_image.crop(image)
    scale = 200 / max(cropped.shape)
    size = max(1, round(cropped.shape[1] * scale)), max(1, round(cropped.shape[0] * scale))
    large = Image.fromarray(np.pad(cropped, 1)).resize(size, Image.Resampling.BICUBIC)
    level = random.uniform(0.25, 0.6)
    sharp = (np.asarray(large, np.float32) / 255 - level) * 8 + 0.5
    result: NDArray[np.float32] = sharp.clip(0, 1)
    return result


def _placed(mask: NDArray[np.float32], random: Generator) -> NDArray[np.float32]:
    high = random.uniform(0.1, 0.6) * HEIGHT
    scale = min(high / mask.shape[0], 0.6 * WIDTH / mask.shape[1])
    size = max(1, round(mask.shape[1] * scale)), max(1, round(mask.shape[0] * scale))
    scaled = np.asarray(Image.fromarray(mask).resize(size, Image.Resampling.BILINEAR))
    ink = np.zeros((HEIGHT, WIDTH), np.float32)
    top = round((HEIGHT - size[1]) * random.uniform(0.35, 0.65))
    left = round((WIDTH - size[0]) * random.uniform(0.35, 0.65))
    ink[top : top + size[1], left : left + size[0]] = scaled
    return ink * np.float32(random.uniform(0.75, 1.0))


def _ground(kind: str, random: Generator) -> NDArray[np.float32]:
    paper = np.ones((HEIGHT, WIDTH, 3), np.float32)
    paper *= np.float32(random.uniform(0.8, 0.97)) * random.uniform(0.95, 1.0, 3)
    spacing = random.uniform(34, 70)
    pale = 1 - random.uniform(0.12, 0.4) * np.array([1.0, 0.7, 0.45])
    for place in np.arange(random.uniform(0, spacing), HEIGHT, spacing):
        if kind != "plain":
            paper[int(place) : int(place) + 2] *= pale
    for place in np.arange(random.uniform(0, spacing), WIDTH, spacing):
        if kind == "squared":
            paper[:, int(place) : int(place) + 2] *= pale
    if random.random() < 0.3:
        # The table shows beside the paper.
        edge = int(random.uniform(0.03, 0.12) * WIDTH)
        table = random.uniform(0.1, 0.6, 3)
        if random.random() < 0.5:
            paper[:, :edge] = table
        else:
            paper[-edge:] = table
    return paper


def askew(scene: NDArray[np.float32], random: Generator) -> NDArray[np.float32]:
    """A scene `(H, W, n)` seen from the side, the camera turned a little."""
    high, wide = scene.shape[:2]
    corners = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float64)
    middle = corners.mean(axis=0)
    angle = np.deg2rad(random.uniform(-8, 8))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    seen = (corners - middle) @ turn * random.uniform(0.8, 0.9) + middle
    seen += random.uniform(-0.04, 0.04, (4, 2)) * wide
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners, seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    lens = tuple(np.linalg.solve(np.array(rows), np.array(wanted)))
    layers = [
        Image.fromarray(scene[..., layer]).transform(
            (wide, high), Image.Transform.PERSPECTIVE, lens, Image.Resampling.BILINEAR
        )
        for layer in range(scene.shape[2])
    ]
    return np.dstack([np.asarray(layer) for layer in layers])


def light(high: int, wide: int, random: Generator) -> NDArray[np.float32]:
    """Brighter on one side, with the shadow of a hand or a head, sharp or soft: `(high, wide)`."""
    y, x = np.mgrid[-0.5 : 0.5 : high * 1j, -0.5 : 0.5 : wide * 1j]
    angle = random.uniform(0, 2 * np.pi)
    side = np.cos(angle) * x + np.sin(angle) * y
    lit = random.uniform(0.7, 1.0) * (1 + random.uniform(0, 0.5) * side)
    if random.random() < 0.6:
        angle = random.uniform(0, 2 * np.pi)
        depth = np.cos(angle) * x + np.sin(angle) * y - random.uniform(-0.2, 0.2)
        softness = random.uniform(0.003, 0.08)
        lit *= 1 - random.uniform(0.15, 0.5) / (1 + np.exp(-depth / softness))
    result: NDArray[np.float32] = lit.astype(np.float32)
    return result


def _box_of(mask: NDArray[np.bool_]) -> Box:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    high, wide = mask.shape
    return (
        rows[0] / high,
        columns[0] / wide,
        (rows[-1] + 1) / high,
        (columns[-1] + 1) / wide,
    )


def overlap(one: Box, other: Box) -> float:
    """The part of two boxes' union that lies in both, 0..1."""
    high = min(one[2], other[2]) - max(one[0], other[0])
    wide = min(one[3], other[3]) - max(one[1], other[1])
    both = max(high, 0) * max(wide, 0)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return both / (sum(areas) - both)


def usual_way(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The whole photo, dark turned to light, at 28 x 28."""
    small = Image.fromarray(255 - picture).convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small).astype(np.float32) / np.float32(255)


@dataclass(frozen=True, eq=False)
class Task:
    """A digit before it is photographed.

    Attributes:
        label: the digit it is.
        mask: the ink to write, see `take`.
        alone: the digit as it is read without any paper, float32 `(28, 28)`.
    """

    label: int
    mask: NDArray[np.float32]
    alone: NDArray[np.float32]


def tasks(count: int, hands: Path | None, random: Generator) -> Iterator[Task]:
    """What to write: digits of the training set, or those of a UNIPEN file."""
    if hands:
        written = list(read_unipen(hands.read_text()))
        for number in random.permutation(len(written))[:count]:
            canvas = draw(written[number], random.uniform(8, 16), 0.75, (0.5, 0.5))
            mask = (mnist_image.crop(canvas) / 255).astype(np.float32)
            yield Task(written[number].label, mask, mnist_image.to_mnist(canvas))
        return
    digits = dataset.load("train")
    for number in random.permutation(len(digits))[:count]:
        image = digits.images[number]
        ink = pen_strokes(image, random)
        yield Task(int(digits.labels[number]), ink, image / np.float32(255))


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of a photo.

    Attributes:
        task: what was written.
        shot: the photo.
        found: what was found is what was written, and nothing else.
        image: what the network gets, float32 `(28, 28)`; empty when nothing was found.
        usual: what it gets the usual way.
    """

    task: Task
    shot: Shot
    found: bool
    image: NDArray[np.float32]
    usual: NDArray[np.float32]


def look_at(task: Task, shot: Shot) -> Outcome:
    """Find the digit on a photo."""
    picture = photo.read(shot.data)
    high, wide = picture.shape[:2]
    try:
        first = photo_digits.find(picture)[0]
    except photo_digits.NoDigit:
        return Outcome(task, shot, False, np.zeros((SIDE, SIDE), np.float32), usual_way(picture))
    top, left, bottom, right = first.box
    box = top / high, left / wide, bottom / high, right / wide
    found = overlap(box, shot.box) >= _FOUND
    return Outcome(task, shot, found, mnist_image.to_mnist(first.canvas), usual_way(picture))


def main() -> None:
    root = Path(__file__).parents[1]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hands", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder for the photos that are misread")
    parser.add_argument(
        "--output", type=Path, default=root / "benchmarks" / "results" / "photos.json"
    )
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    chosen = tasks(options.photos, options.hands, random)
    outcomes = [look_at(task, take(task.mask, random)) for task in chosen]
    shipped = (card for card in store.list_models() if card.shipped)
    model = max(shipped, key=lambda card: card.test_accuracy).name
    predictor = store.open_model(model)
    labels = np.array([outcome.task.label for outcome in outcomes])

    def is_right(images: list[NDArray[np.float32]]) -> NDArray[np.bool_]:
        answers: NDArray[np.bool_] = predictor.predict(np.stack(images)).argmax(axis=1) == labels
        return answers

    found = np.array([outcome.found for outcome in outcomes])
    read = found & is_right([outcome.image for outcome in outcomes])
    grounds = np.array([outcome.shot.ground for outcome in outcomes])
    result = {
        "photos": len(outcomes),
        "seed": options.seed,
        "digits": "pendigits, thin pens" if options.hands else "MNIST training set",
        "model": model,
        "percent found": percent(found),
        "percent read correctly": percent(read),
        "percent read correctly by ground": {
            ground: percent(read[grounds == ground]) for ground in GROUNDS
        },
        "percent read correctly without paper": percent(
            is_right([outcome.task.alone for outcome in outcomes])
        ),
        "percent read correctly the usual way": percent(
            is_right([outcome.usual for outcome in outcomes])
        ),
    }
    print(json.dumps(result, indent=2))
    if options.keep:
        _keep(options.keep, [outcomes[number] for number in np.flatnonzero(~read)])
    options.output.write_text(json.dumps(result, indent=2) + "\n")


def _keep(folder: Path, outcomes: list[Outcome]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, outcome in enumerate(outcomes):
        fate = "misread" if outcome.found else "lost"
        (folder / f"{number}-{outcome.task.label}-{fate}.jpg").write_bytes(outcome.shot.data)


if __name__ == "__main__":
    main()
