"""The recipe `quick`: seconds of training to 99% of the test images.

In turns with what the tutorials do for 99%: `cnn-simple` by plain Keras, all of its epochs; each
round from another seed. How it was chosen, from trainings on the first 55,000 images and what they
read correctly of the other 5,000, can be repeated with --choose; the test images had no say.

    python -m benchmarks.quick [--rounds N] [--choose]
"""

import argparse
import os
import statistics
import time
from dataclasses import replace

from benchmarks.measuring import Comparison, Result, in_turns, keep
from benchmarks.training_speed import ours, plain
from mnist_core.data import dataset
from mnist_core.data.dataset import Digits
from mnist_core.networks import recipes
from mnist_core.networks.layers import Conv, Dense, Flatten, MaxPool
from mnist_core.networks.recipes import Recipe

BAR_SECONDS = 10.0
BAR_ERROR_PERCENT = 1.0
RECIPE = recipes.get("quick")
THEIRS = recipes.get("cnn-simple")
_LEARNED = 55_000
_SEEDS = (0, 1, 2)


def candidates() -> dict[str, Recipe]:
    """What was tried, by what is different from the recipe."""
    small = (Conv(12, 5, "relu"), MaxPool(2), Conv(32, 5, "relu"), MaxPool(2), Flatten())
    changes = {
        "as it is": {},
        "3 epochs": {"epochs": 3},
        "1 epoch": {"epochs": 1},
        "batches of 128, rate 0.004": {"batch_size": 128, "learning_rate": 0.004},
        "batches of 512, rate 0.012": {"batch_size": 512, "learning_rate": 0.012},
        "rate 0.005": {"learning_rate": 0.005},
        "rate 0.012": {"learning_rate": 0.012},
        "float32": {"precision": "float32"},
    }
    tried = {
        what: replace(RECIPE, settings=replace(RECIPE.settings, **change))  # type: ignore[arg-type]
        for what, change in changes.items()
    }
    tried["12 filters, then 32, dense 64"] = replace(RECIPE, layers=(*small, Dense(64, "relu")))
    return tried


def choose() -> None:
    """Train every candidate and tell what it reads correctly of the images that were kept."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    from mnist_core.training.loop import train

    known = dataset.load("train")
    kept = Digits("kept", known.images[_LEARNED:], known.labels[_LEARNED:])
    for what, recipe in candidates().items():
        settings = replace(recipe.settings, training_images=_LEARNED)
        reached, took = list[float](), list[float]()
        for seed in _SEEDS:
            began = time.process_time()
            trained = train(recipe, replace(settings, seed=seed), training=known, test=kept)
            took.append(time.process_time() - began)
            reached.append(100 * trained.history[-1].test_accuracy)
        print(
            f"{what}: {statistics.mean(reached):.2f}% ({min(reached):.2f} to {max(reached):.2f}), "
            f"{statistics.median(took):.1f} s of processors' time",
            flush=True,
        )


def measure(rounds: int) -> None:
    """Train from several seeds and keep what it takes, and what it reaches."""
    pairs = in_turns(
        lambda seed: ours(RECIPE, RECIPE.settings.epochs, seed),
        lambda seed: plain(THEIRS, THEIRS.settings.epochs, seed),
        rounds=rounds,
    )
    reached = [100 * mine.accuracy for mine, _ in pairs]
    theirs = [100 * other.accuracy for _, other in pairs]
    comparison = Comparison(*zip(*((a.training, b.training) for a, b in pairs), strict=True))
    seconds = statistics.median(comparison.ours)
    keep(
        Result(
            name="quick",
            promise="Training of `quick`",
            unit="s",
            bar=BAR_SECONDS,
            figure=round(seconds, 2),
            how=f"Median of {rounds} seeds, alternating with all {THEIRS.settings.epochs} epochs "
            f"of {THEIRS.name} in plain Keras: {statistics.median(comparison.theirs):.0f} s.",
            details=comparison.details("s"),
        )
    )
    keep(
        Result(
            name="quick_error",
            script="quick",
            promise="Test images that `quick` misreads",
            unit="%",
            bar=BAR_ERROR_PERCENT,
            figure=round(100 - statistics.mean(reached), 3),
            how=f"Mean of {rounds} seeds, none of them chosen.",
            details={
                "fewest, %": round(100 - max(reached), 2),
                "most, %": round(100 - min(reached), 2),
                f"{THEIRS.name} by plain Keras, mean, %": round(100 - statistics.mean(theirs), 3),
            },
        )
    )


def main() -> None:
    """Measure, or choose."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--choose", action="store_true")
    asked = parser.parse_args()
    if asked.choose:
        choose()
    else:
        measure(asked.rounds)


if __name__ == "__main__":
    main()
