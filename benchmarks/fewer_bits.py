"""Do networks learn as well with our dropout, from fewer random bits, as with Keras's own?

Pairs of trainings, each with the same start values, order of images and precision, that differ in
the dropout layer alone. They learn from the first 50,000 training images; counted is what they read
rightly of the other 10,000. The test images have no say.

    python -m benchmarks.fewer_bits [--pairs N]
"""

import argparse
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import sqrt
from unittest.mock import patch

from benchmarks.measuring import Result, keep
from mnist_core import dataset, recipes
from mnist_core.dataset import Digits

# What nobody would notice: half of what two seeds of one recipe differ by.
BAR_POINTS = 0.1
# Two epochs each: what dropout does shows long before a network has learned all it can.
EPOCHS = 2
RECIPES = ("cnn-simple", "cnn-larger", "mlp-512-512")
_LEARNED = 50_000


@contextmanager
def keras_dropout() -> Iterator[None]:
    """What is built meanwhile learns with Keras's own layer."""
    import keras

    with patch("mnist_core.dropout.Dropout", keras.layers.Dropout):
        yield


def percent(name: str, seed: int) -> float:
    """Train a recipe; percent of the held-out images that it reads rightly."""
    import keras

    from mnist_core import training

    everything = dataset.load("train")
    learned = Digits("train", everything.images[:_LEARNED], everything.labels[:_LEARNED])
    held_out = Digits("test", everything.images[_LEARNED:], everything.labels[_LEARNED:])
    recipe = recipes.get(name)
    settings = replace(recipe.settings, epochs=EPOCHS, seed=seed, training_images=_LEARNED)
    found = training.train(recipe, settings, training=learned, test=held_out)
    keras.utils.clear_session()
    return 100 * found.history[-1].test_accuracy


def measure(pairs: int) -> None:
    """Measure and keep the result."""
    details: dict[str, float | str] = {}
    lost = list[float]()
    for name in RECIPES:
        found = []
        for seed in range(pairs):
            ours = percent(name, seed)
            with keras_dropout():
                found.append(percent(name, seed) - ours)
            print(f"{name}, seed {seed}: {found[-1]:+.2f}", flush=True)
        details[f"{name}, points lost"] = _mean_and_error(found)
        lost += found
    details["all, points lost"] = _mean_and_error(lost)
    keep(
        Result(
            name="fewer_bits",
            promise="What dropout from fewer random bits costs a network: points of accuracy on "
            "held-out images",
            unit="points",
            bar=BAR_POINTS,
            figure=round(statistics.mean(lost), 3),
            how=f"{', '.join(RECIPES)}, {EPOCHS} epochs, {pairs} pairs of each, beside Keras's own "
            f"dropout: {_mean_and_error(lost)} (mean and its standard error).",
            details=details,
        )
    )


def _mean_and_error(values: list[float]) -> str:
    return f"{statistics.mean(values):+.3f} ± {statistics.stdev(values) / sqrt(len(values)):.3f}"


def main() -> None:
    """Measure with as many pairs as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=12)
    measure(parser.parse_args().pairs)


if __name__ == "__main__":
    main()
