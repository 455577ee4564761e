"""How many drawings of something else are refused, when one in a hundred real digits is.

Real digits are those of benchmarks/real_hands.py. What is no digit is made up: letters, shapes,
scribbles and so on by `scripts.make_non_digits`, with a seed that training never used, and
printed letters from a typeface, which the gate never saw in any form.

    python -m benchmarks.rejections [--data FILE] [--gate FILE] [--output FILE]
"""

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks import real_hands
from benchmarks.real_hands import percent
from mnist_core.data import centre_lines
from mnist_core.drawing import mnist_image, rejection
from scripts import make_non_digits

SEED = 2026
EACH = 500
REFUSED_HANDS = 0.01
# Letters that are no digit in anybody's hand.
PRINTED = "AEFHKMNPRTUVWXYacdefhkmnprtuvwx"
SIZES = (90, 120, 160, 200)


def printed_letters() -> NDArray[np.float32]:
    """Each letter in several sizes and places, prepared as a drawing: `(n, 28, 28)`."""
    random = np.random.default_rng(SEED)
    made = []
    for letter in PRINTED:
        for size in SIZES:
            canvas = Image.new("L", (real_hands.CANVAS, real_hands.CANVAS))
            across, down = random.integers(20, 80, 2)
            ImageDraw.Draw(canvas).text(
                (float(across), float(down)), letter, fill=255, font=ImageFont.load_default(size)
            )
            made.append(mnist_image.to_mnist(np.asarray(canvas)))
    return np.stack(made)


def figures(data: Path, network: rejection.NonDigitDetector) -> dict[str, object]:
    """Shares refused, in percent."""
    hands = list(real_hands.read_unipen(data.read_text()))
    images = np.stack([mnist_image.to_mnist(canvas) for canvas in real_hands.draw_all(hands, 0)])
    shares = network.digit_probability(images)
    limit = float(np.quantile(shares, REFUSED_HANDS))
    random, lines = np.random.default_rng(SEED), centre_lines.load()
    others = {
        kind: network.digit_probability(make_non_digits.generate(EACH, lines, random, kinds=[kind]))
        for kind in make_non_digits.KINDS
    }
    others["printed letters"] = network.digit_probability(printed_letters())
    every = np.concatenate(list(others.values()))
    return {
        "limit at 1% of the hands": round(limit, 4),
        "refused at it": percent(every < limit),
        "refused at it, by kind": {name: percent(found < limit) for name, found in others.items()},
        "limit of the app": rejection.THRESHOLD,
        "hands refused by the app": percent(shares < rejection.THRESHOLD),
        "refused by the app": percent(every < rejection.THRESHOLD),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = Path(__file__).parents[1]
    data = root.parent / "shared" / "data" / "pendigits-orig.tra"
    parser.add_argument("--data", type=Path, default=data)
    parser.add_argument("--gate", type=Path, default=rejection.FILE)
    output = root / "benchmarks" / "results" / "rejections.json"
    parser.add_argument("--output", type=Path, default=output)
    asked = parser.parse_args()
    result = figures(asked.data, rejection.load(asked.gate))
    asked.output.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
