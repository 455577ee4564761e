"""Does the browser come to the same numbers? Its two modules beside Python and LiteRT.

All 10,000 test images as they are, and 500 digits of real hands drawn on a canvas of 280 pixels,
which each side prepares for itself; every shipped network; in Node and in Chromium. The test images
are prepared by both sides as well, as if somebody had drawn them.

    python -m benchmarks.same_numbers [--data FILE] [--models NAME ...]
"""

import argparse
from pathlib import Path

import numpy as np

from benchmarks.hand_drawings import draw_all, read_unipen
from benchmarks.measuring import Result, chromium, empty_folder, keep
from mnist_core.data import dataset
from mnist_core.models import store
from mnist_core.system.text_format import counted
from tests import same_numbers

HANDS = 500
SEED = 0
# What the issue allows: of a prepared drawing, on average; of a probability; other digits read.
IMAGE, PROBABILITY, OTHER_DIGITS = 0.02, 0.01, 0.001


def main() -> None:
    """Compare and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    shared = Path(__file__).parents[2] / "shared" / "data"
    parser.add_argument("--data", type=Path, default=shared / "pendigits-orig.tra")
    shipped = [card.name for card in store.list_models() if card.shipped]
    parser.add_argument("--models", nargs="+", default=shipped)
    options = parser.parse_args()
    hands = list(read_unipen(options.data.read_text()))
    chosen = np.random.default_rng(SEED).permutation(len(hands))[:HANDS]
    images = dataset.load("test").images
    drawings = {
        "hands": np.stack([*draw_all([hands[number] for number in chosen], SEED)]),
        "prepared": images,
    }
    found = {}
    with chromium() as browser:
        runners = {
            "Node": same_numbers.in_node,
            "Chromium": same_numbers.in_browser(browser.new_page()),
        }
        for place, run in runners.items():
            for model in options.models:
                with empty_folder() as folder:
                    compared = same_numbers.compare(
                        run, folder, images, drawings, [model], unread="prepared"
                    )
                found[f"{place}, {model}"] = compared[model]
                print(f"{place}, {model}: {compared[model]}", flush=True)
    image = max(difference.image for difference in found.values())
    probability = max(difference.probability for difference in found.values())
    other = 1 - min(difference.same_digit for difference in found.values())
    keep(
        Result(
            name="same_numbers",
            promise="What the browser computes from drawings and networks, compared with Python "
            "and LiteRT: the worst of three differences, as a share of its limit",
            unit="times",
            bar=1,
            figure=round(max(image / IMAGE, probability / PROBABILITY, other / OTHER_DIGITS), 4),
            how=f"10,000 test images and {HANDS} digits of real handwriting, "
            f"{counted(len(options.models), 'network')}, in Node and Chromium: "
            f"a prepared drawing differs by at most {image:.1g} on average (limit {IMAGE:g}), "
            f"a probability by at most {probability:.2g} (limit {PROBABILITY:g}); the same digit "
            f"for {100 * (1 - other):.2f}% (at least {100 * (1 - OTHER_DIGITS):g}%).",
            details={
                f"{name}: {key}": round(value, 6)
                for name, difference in found.items()
                for key, value in (
                    ("drawing", difference.image),
                    ("probability", difference.probability),
                    ("same digit", difference.same_digit),
                )
            },
        )
    )


if __name__ == "__main__":
    main()
