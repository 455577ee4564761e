"""Do networks that learn in bfloat16 read as well as in float32? On held-out training images.

The tutorials' networks, each with all of its epochs, learn from the first 55,000 training
images in both precisions, from the same seeds; counted is what they read correctly of the other
5,000. The test images have no say.

    python -m benchmarks.bfloat16_accuracy [--seeds N]
"""

import argparse
import statistics
import time
from dataclasses import dataclass, replace

from benchmarks.measuring import Result, keep
from mnist_core.data import dataset
from mnist_core.data.dataset import Digits
from mnist_core.networks import recipes
from mnist_core.networks.settings import Precision

# The seeds of one recipe differ by about as much.
BAR_POINTS = 0.15
RECIPES = tuple(recipe.name for recipe in recipes.RECIPES if recipe.tutorials)
PRECISIONS: tuple[Precision, ...] = ("float32", "bfloat16")
_LEARNED = 55_000


@dataclass(frozen=True)
class Run:
    """One training: percent of the held-out images read correctly after the last epoch; seconds."""

    percent: float
    seconds: float


def run(name: str, precision: Precision, seed: int) -> Run:
    """Train a recipe on the first 55,000 training images."""
    from mnist_core.training import loop

    everything = dataset.load("train")
    learned = Digits("train", everything.images[:_LEARNED], everything.labels[:_LEARNED])
    held_out = Digits("test", everything.images[_LEARNED:], everything.labels[_LEARNED:])
    recipe = recipes.get(name)
    settings = replace(recipe.settings, precision=precision, seed=seed, training_images=_LEARNED)
    began = time.perf_counter()
    found = loop.train(recipe, settings, training=learned, test=held_out)
    seconds = time.perf_counter() - began
    return Run(100 * found.history[-1].test_accuracy, seconds)


def measure(seeds: int) -> None:
    """Measure and keep the result."""
    details: dict[str, float | str] = {}
    lost = {}
    for name in RECIPES:
        means = {}
        for precision in PRECISIONS:
            runs = [run(name, precision, seed) for seed in range(seeds)]
            means[precision] = statistics.mean(one.percent for one in runs)
            details |= {
                f"{name}, {precision}, %": ", ".join(f"{one.percent:.2f}" for one in runs),
                f"{name}, {precision}, s": round(statistics.mean(one.seconds for one in runs), 1),
            }
            print(name, precision, runs, flush=True)
        lost[name] = means["float32"] - means["bfloat16"]
    keep(
        Result(
            name="bfloat16_accuracy",
            promise="Accuracy lost to bfloat16: points on held-out images, the worst of the "
            "tutorials' networks",
            unit="points",
            bar=BAR_POINTS,
            figure=round(max(lost.values()), 3),
            how=f"{', '.join(RECIPES)}, all epochs, seeds 0 to {seeds - 1}, learned from 55,000 "
            "training images and judged on the other 5,000.",
            details=details,
        )
    )


def main() -> None:
    """Measure with as many seeds as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2)
    measure(parser.parse_args().seeds)


if __name__ == "__main__":
    main()
