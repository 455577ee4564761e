"""Does a network learn as well with our dropout, from fewer random bits, as with Keras's own?

Many pairs of short trainings of a small network, each with the same start values, order of images
and precision, that differ in the dropout layers alone; one seed says nothing, for chance alone
makes two trainings differ by half a point here. They learn from 4,000 training images and are
judged on the last 10,000. The test images have no say.

    python -m benchmarks.dropout_accuracy [--pairs N]
"""

import argparse
import statistics
import time
from dataclasses import replace
from math import sqrt
from unittest.mock import patch

import numpy as np

from benchmarks.measuring import Result, keep
from mnist_core.data import dataset
from mnist_core.data.dataset import Digits
from mnist_core.networks import recipes
from mnist_core.networks.layers import Conv, Dense, Dropout, Flatten, MaxPool
from mnist_core.networks.recipes import Recipe

# Ten of 10,000 images: nobody would notice.
BAR_POINTS = 0.1
RECIPE = replace(
    recipes.get("cnn-simple"),
    layers=(
        Conv(8, 5, "relu"),
        MaxPool(2),
        Dropout(0.25),
        Flatten(),
        Dense(48, "relu"),
        Dropout(0.5),
    ),
)
_EPOCHS = 3
_BATCH_SIZE = 50
_LEARNED = 4_000
_HELD_OUT = 10_000


def percent(recipe: Recipe, seed: int) -> float:
    """Train; percent of the held-out images that it reads correctly."""
    import keras

    from mnist_core.training import engine

    everything = dataset.load("train")
    learned = Digits("train", everything.images[:_LEARNED], everything.labels[:_LEARNED])
    settings = replace(
        recipe.settings,
        epochs=_EPOCHS,
        batch_size=_BATCH_SIZE,
        training_images=_LEARNED,
        precision="bfloat16",
        seed=seed,
    )
    loop = engine.Engine(recipe, settings, learned, time.monotonic)
    for number in range(1, _EPOCHS + 1):
        for _ in loop.epoch(number):
            pass
    images = engine.as_input(everything.images[-_HELD_OUT:], recipe.input_shape)
    answers = np.concatenate([said.argmax(axis=1) for said in loop.probabilities(images)])
    keras.utils.clear_session()
    return float(100 * (answers == everything.labels[-_HELD_OUT:]).mean())


def measure(pairs: int) -> None:
    """Measure and keep the result."""
    import keras

    ours, theirs = list[float](), list[float]()
    for seed in range(pairs):
        ours.append(percent(RECIPE, seed))
        with patch("mnist_core.networks.fast_dropout.Dropout", keras.layers.Dropout):
            theirs.append(percent(RECIPE, seed))
        print(f"seed {seed}: {ours[-1]:.2f}, {theirs[-1]:.2f}", flush=True)
    lost = [their - our for our, their in zip(ours, theirs, strict=True)]
    error = statistics.stdev(lost) / sqrt(pairs)
    keep(
        Result(
            name="dropout_accuracy",
            promise="Accuracy lost to dropout from fewer random bits: points on held-out images, "
            "on average",
            unit="points",
            bar=BAR_POINTS,
            figure=round(statistics.mean(lost), 3),
            how=f"{pairs} pairs of trainings that differ in nothing else, compared with Keras's "
            f"own dropout; standard error of the mean {error:.3f} points.",
            details={
                "mean ours, %": round(statistics.mean(ours), 3),
                "mean Keras's, %": round(statistics.mean(theirs), 3),
                "standard error of the difference, points": round(error, 3),
                "pairs": pairs,
            },
        )
    )


def main() -> None:
    """Measure with as many pairs as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100)
    measure(parser.parse_args().pairs)


if __name__ == "__main__":
    main()
