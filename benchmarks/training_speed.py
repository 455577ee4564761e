"""Our training beside the tutorials' own way: plain Keras and `model.fit` with validation.

Both are whole commands in new processes, in turns: `python -m mnist_core.train RECIPE`, and the
script that the app exports for the same network and settings, in float32, followed by a
`model.save`. Compared are the training alone (ours as the model's card says, theirs the call of
`fit`), which judges the test images after each epoch on either side, and the command from start to
end. Ours draws a progress bar meanwhile, measures the settled figures, converts the network and
reads it back.

    python -m benchmarks.training_speed [--rounds N] [--only RECIPE]
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measuring import Comparison, Result, empty_folder, in_turns, keep
from mnist_core.models import store
from mnist_core.networks import keras_source, recipes
from mnist_core.networks.recipes import Recipe

ROOT = Path(__file__).parents[1]
MNIST = ROOT / "mnist_core" / "data" / "mnist.npz"


@dataclass(frozen=True)
class Promise:
    """How many times faster than plain Keras, and over how many epochs.

    Attributes:
        epochs: of either.
        training: the training alone.
        command: the whole command; None where nothing is promised.
    """

    epochs: int
    training: float
    command: float | None = None


PROMISES = {
    "mlp-512-512": Promise(5, 2.0, 1.5),
    "mlp-784": Promise(5, 2.0),
    "mlp-1024-128-64": Promise(5, 2.0),
    "mlp-800-sgd": Promise(5, 2.0),
    "cnn-32-32": Promise(2, 2.5, 2.0),
    "cnn-simple": Promise(3, 1.5),
    "cnn-larger": Promise(3, 1.5),
}

# Before the script: tells what a call of `fit` takes. After it: what saving takes is theirs, too.
_TIMED = """
import time
import keras
_fit = keras.Model.fit
def _timed(*arguments, **options):
    began = time.perf_counter()
    try:
        return _fit(*arguments, **options)
    finally:
        print("fit took", time.perf_counter() - began)
keras.Model.fit = _timed
"""
_SAVING = 'model.save("model.keras")\n'


@dataclass(frozen=True)
class Run:
    """One command: seconds of its training and of all of it, and the accuracy it came to, 0..1."""

    training: float
    command: float
    accuracy: float


def ours(recipe: Recipe, epochs: int, seed: int) -> Run:
    """Train as anybody does from the shell."""
    with empty_folder() as folder:
        command = [sys.executable, "-m", "mnist_core.train", recipe.name]
        command += ["--epochs", f"{epochs}", "--seed", f"{seed}"]
        command += ["--name", "timed", "--models", f"{folder}"]
        seconds, _ = _timed(command, ROOT)
        card = store.read_card(folder / "timed")
    return Run(card.seconds, seconds, card.test_accuracy)


def plain(recipe: Recipe, epochs: int, seed: int) -> Run:
    """Train as the tutorials do."""
    settings = replace(recipe.settings, epochs=epochs, seed=seed, precision="float32")
    with empty_folder() as folder:
        script = folder / "script.py"
        script.write_text(_TIMED + keras_source.script(recipe, settings) + _SAVING, "utf-8")
        seconds, said = _timed([sys.executable, f"{script}"], folder)
    return Run(_number("fit took ", said), seconds, _number("Test accuracy: ", said))


def _timed(command: list[str], folder: Path) -> tuple[float, str]:
    environment = {**os.environ, keras_source.LOCAL_FILE: f"{MNIST}", "TF_CPP_MIN_LOG_LEVEL": "2"}
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return time.perf_counter() - began, done.stdout


def _number(words: str, said: str) -> float:
    (found,) = re.findall(rf"{words}([0-9.e-]+)", said)
    return float(found)


def measure(name: str, rounds: int) -> None:
    """Compare one recipe's training, and keep what was promised of it."""
    recipe, promise = recipes.get(name), PROMISES[name]
    # Another seed each round: the accuracies show a spread.
    pairs = in_turns(
        lambda seed: ours(recipe, promise.epochs, seed),
        lambda seed: plain(recipe, promise.epochs, seed),
        rounds=rounds,
    )
    accuracies: dict[str, float | str] = {}
    for who, runs in (("ours", [a for a, _ in pairs]), ("compared with", [b for _, b in pairs])):
        reached = [100 * run.accuracy for run in runs]
        accuracies[f"test accuracy {who}, %"] = (
            f"{statistics.mean(reached):.2f} ({min(reached):.2f} to {max(reached):.2f})"
        )
    for what, bar in (("training", promise.training), ("command", promise.command)):
        if bar is None:
            continue
        took = [(getattr(a, what), getattr(b, what)) for a, b in pairs]
        comparison = Comparison(*zip(*took, strict=True))
        keep(
            Result(
                name=f"{what}_speed-{name}",
                script="training_speed",
                promise=f"{'Training' if what == 'training' else 'The whole command for'} {name}, "
                f"{promise.epochs} epochs, compared with plain Keras",
                unit="times",
                bar=round(1 / bar, 3),
                figure=round(comparison.ratio, 3),
                how=f"{1 / comparison.ratio:.2f} times as fast; {rounds} alternating rounds, each "
                "with its own seed, median ratio.",
                details={**comparison.details("s"), **accuracies},
            )
        )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=PROMISES)
    asked = parser.parse_args()
    for name in [asked.only] if asked.only else PROMISES:
        print(f"{name} ...", flush=True)
        measure(name, asked.rounds)


if __name__ == "__main__":
    main()
