"""How many drawings of something else are refused, when three in a thousand real digits are.

Real digits are those of benchmarks/real_hands.py, prepared from their strokes as on the page. What
is no digit is real: the characters of the alphabets of Omniglot that the gate has not learned
from, drawn by twenty people, but for those that look like a digit (`scripts.real_strokes`). Or it
is made up: letters, shapes, scribbles and so on by `scripts.make_non_digits`, with a seed that
training never used, and printed letters from a typeface, which the gate never saw in any form.

    python -m benchmarks.rejections [--data FOLDER] [--gate FILE] [--output FILE]
"""

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.hand_drawings import CANVAS, prepare_all
from benchmarks.hand_scores import percent
from benchmarks.real_hands import WRITERS
from mnist_core.data import centre_lines
from mnist_core.drawing import mnist_image, rejection
from scripts import make_non_digits, make_rejection_network, real_strokes

SEED = 2026
EACH = 500
REFUSED_HANDS = 0.003
# Letters that are no digit in anybody's hand.
PRINTED = "AEFHKMNPRTUVWXYacdefhkmnprtuvwx"
SIZES = (90, 120, 160, 200)


def printed_letters() -> NDArray[np.float32]:
    """Each letter in several sizes and places, prepared as a drawing: `(n, 28, 28)`."""
    random = np.random.default_rng(SEED)
    made = []
    for letter in PRINTED:
        for size in SIZES:
            canvas = Image.new("L", (CANVAS, CANVAS))
            across, down = random.integers(20, 80, 2)
            ImageDraw.Draw(canvas).text(
                (float(across), float(down)), letter, fill=255, font=ImageFont.load_default(size)
            )
            made.append(mnist_image.to_mnist(np.asarray(canvas)))
    return np.stack(made)


def drawn_characters(data: Path, alphabet: str) -> NDArray[np.float32]:
    """The characters of an alphabet as the page prepares them: `(n, 28, 28)`."""
    drawn = (one for one in real_strokes.characters(data) if one.alphabet == alphabet)
    images = []
    for character in drawn:
        extent = np.ptp(np.concatenate(character.strokes), axis=0).max()
        images.append(mnist_image.from_strokes(character.strokes, extent / 10))
    return np.stack(images)


def figures(data: Path, network: rejection.NonDigitDetector) -> dict[str, object]:
    """Shares refused, in percent."""
    hands = [hand for hand in real_strokes.digits(data) if hand.writer in WRITERS]
    shares = network.digit_probability(prepare_all(hands, 0)["strokes"])
    limit = float(np.quantile(shares, REFUSED_HANDS))
    random, lines = np.random.default_rng(SEED), centre_lines.load()
    drawings = {
        kind: make_non_digits.generate(EACH, lines, random, kinds=[kind])
        for kind in make_non_digits.KINDS
    }
    others = {kind: network.digit_probability(images) for kind, images in drawings.items()}
    others["printed letters"] = network.digit_probability(printed_letters())
    every = np.concatenate(list(others.values()))
    characters = {
        name: network.digit_probability(drawn_characters(data, name))
        for name in make_rejection_network.HELD_OUT
    }
    strange = np.concatenate(list(characters.values()))
    others |= {f"characters: {name}": found for name, found in characters.items()}
    return {
        "limit at 0.3% of the hands": round(limit, 4),
        "refused at it": percent(every < limit),
        "characters refused at it": percent(strange < limit),
        "refused at it, by kind": {name: percent(found < limit) for name, found in others.items()},
        "limit of the app": rejection.THRESHOLD,
        "hands refused by the app": percent(shares < rejection.THRESHOLD),
        "refused by the app": percent(every < rejection.THRESHOLD),
        "characters refused by the app": percent(strange < rejection.THRESHOLD),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = Path(__file__).parents[1]
    parser.add_argument("--data", type=Path, default=real_strokes.FOLDER)
    parser.add_argument("--gate", type=Path, default=rejection.FILE)
    output = root / "benchmarks" / "results" / "rejections.json"
    parser.add_argument("--output", type=Path, default=output)
    asked = parser.parse_args()
    result = figures(asked.data, rejection.load(asked.gate))
    asked.output.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
