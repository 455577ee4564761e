"""Train `every-hand`, the network that Draw reads with: `cnn-best`, with the strokes of people.

    python -m scripts.train_hands train DIR --choose   without the five writers held out for it
    python -m scripts.train_hands temperature DIR      what suits its answers to those five
    python -m scripts.train_hands train DIR            with all of the first twenty writers
    python -m scripts.train_hands ship DIR DIR DIR --temperature T    saved_models/every-hand

It begins with the weights of `cnn-best` and learns in every epoch, all of it drawn afresh: MNIST's
first 55,000 training images, distorted or redrawn, from their labels and from what `cnn-best` says
of them, so that it forgets none of it; digits of the first writers of `real_strokes`, varied as
strokes; and models of ways to write (`written_strokes`). How many of each, for how long and at
which rate was chosen, and the temperature fitted, with `--choose`, on five of the twenty writers
and the last 5,000 training images. What ships are the mean weights of several trainings (`--seed`),
which read better than each (Wortsman and others, "Model soups", 2022), and of these it lies between
the weights of `cnn-best` and those learned, which reads hands nearly as well and MNIST better (the
same, "Robust fine-tuning of zero-shot models", 2022). Each epoch is a checkpoint, from which the
same command goes on.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.hand_drawings import prepare_all
from mnist_core.analysis.evaluation import evaluate
from mnist_core.data import dataset
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.models.inference import Predictor
from mnist_core.networks.settings import EpochFigures
from scripts import hands_learner, real_strokes
from scripts.fit_temperatures import best_temperature
from scripts.hands_learner import HANDS, LEARNED, MODELS, RECIPE, SETTINGS, Learner
from scripts.real_strokes import HELD_OUT_WRITERS

ALSO_LEARNED = (
    "has learned from MNIST, from twenty people who drew on a screen, and from made-up handwriting"
)
SHARE = 0.8
"""How far the weights go from those of `cnn-best` to those learned: all the way costs MNIST."""
_STATE, _HISTORY = "state.npz", "history.json"


def train(folder: Path, data: Path, seed: int, *, choosing: bool) -> None:
    """Train, or go on after the last finished epoch in this folder."""
    steps = SETTINGS.epochs * ((LEARNED + HANDS + MODELS) // SETTINGS.batch_size)
    learner = Learner(steps, seed)
    source = hands_learner.source(data, seed, choosing=choosing)
    history = load_history(folder)
    if history:
        with np.load(folder / _STATE) as arrays:
            learner.restore(list(arrays.values()))
    test = dataset.load("test")
    held_out = held_out_hands(data) if choosing else None
    for number in range(len(history) + 1, SETTINGS.epochs + 1):
        began = time.monotonic()
        loss, right = learner.epoch(*source.epoch(number), number)
        report = evaluate(learner.answers(test.images), test.labels)
        figures = EpochFigures(
            number, loss, right, report.loss, report.accuracy, seconds=time.monotonic() - began
        )
        history.append(figures)
        np.savez(folder / f"{_STATE}.new.npz", *learner.state())
        (folder / f"{_STATE}.new.npz").replace(folder / _STATE)
        (folder / _HISTORY).write_bytes(msgspec.json.encode(history))
        _say(f"epoch {number}: loss {loss:.4f}, {figures.seconds:.0f} s")
        if held_out:
            _say(judge(learner, *held_out))


def load_history(folder: Path) -> list[EpochFigures]:
    """The finished epochs."""
    file = folder / _HISTORY
    return msgspec.json.decode(file.read_bytes(), type=list[EpochFigures]) if file.exists() else []


def judge(learner: Learner, images: NDArray[np.float32], labels: NDArray[np.int64]) -> str:
    """How the network does, at one look, on MNIST's held-out images and on `held_out_hands`."""
    mnist = dataset.load("train")
    report = evaluate(learner.answers(mnist.images[LEARNED:]), mnist.labels[LEARNED:])
    answers = learner.answers(np.rint(255 * images).astype(np.uint8))
    right = answers.argmax(axis=1) == labels
    weakest = min((float(right[labels == digit].mean()), digit) for digit in range(10))
    return (
        f"MNIST {report.accuracy:.2%}, loss {report.loss:.4f}; hands {right.mean():.2%}, "
        f"loss {evaluate(answers, labels).loss:.4f}, weakest {weakest[1]}: {weakest[0]:.1%}, "
        f"misread at over 95%: {int(((answers.max(axis=1) > 0.95) & ~right).sum())}"
    )


def held_out_hands(data: Path) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The digits of `HELD_OUT_WRITERS` as the page prepares them, and their labels."""
    hands = [hand for hand in real_strokes.digits(data) if hand.writer in HELD_OUT_WRITERS]
    return prepare_all(hands, 0)["strokes"], np.array([hand.label for hand in hands])


def export(folders: Sequence[Path], temperature: float | None = None) -> ModelCard:
    """Save the network of some trainings in `every-hand` in the first one's folder."""
    import keras

    from mnist_core.networks import keras_model
    from mnist_core.training.export import save
    from mnist_core.training.loop import Training

    trained = [learned_weights(folder) for folder in folders]
    learned = [sum(weights) / len(trained) for weights in zip(*trained, strict=True)]
    model = keras_model.build(RECIPE)
    start = keras.saving.load_model(store.SHIPPED / "cnn-best" / store.KERAS).get_weights()
    pairs = zip(start, learned, strict=True)
    model.set_weights([before + SHARE * (after - before) for before, after in pairs])
    history = [epoch for folder in folders for epoch in load_history(folder)]
    steps = len(history) * ((LEARNED + HANDS + MODELS) // SETTINGS.batch_size)
    seconds = sum(one.seconds or 0.0 for one in history)
    shutil.rmtree(folders[0] / RECIPE.name, ignore_errors=True)
    return save(
        # No epoch had these weights.
        Training(model, (), seconds, steps, stopped_early=False),
        RECIPE,
        SETTINGS,
        test=dataset.load("test"),
        root=folders[0],
        name=RECIPE.name,
        started_from="cnn-best",
        taught_by="cnn-best",
        temperature=temperature,
        also_learned=ALSO_LEARNED,
    )


def learned_weights(folder: Path) -> list[NDArray[np.float32]]:
    """The weights after the last epoch of a training."""
    learner = Learner(1_000)
    with np.load(folder / _STATE) as arrays:
        learner.restore(list(arrays.values()))
    return list(learner.network.get_weights())


def fit_temperature(folder: Path, data: Path) -> float:
    """What suits the answers to the held-out writers, if the network was trained without them."""
    network = Predictor((folder / RECIPE.name / store.LITERT).read_bytes())
    images, labels = held_out_hands(data)
    return round(best_temperature(network.predict(images), labels), 4)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("train", "temperature", "ship"))
    parser.add_argument("folder", type=Path, nargs="+", help="of a training; to ship, of several")
    parser.add_argument("--seed", type=int, default=SETTINGS.seed)
    parser.add_argument("--choose", action="store_true", help="hold five writers out")
    parser.add_argument("--temperature", type=float)
    parser.add_argument("--data", type=Path, default=real_strokes.FOLDER)
    asked = parser.parse_args()
    folder = asked.folder[0]
    folder.mkdir(parents=True, exist_ok=True)
    if asked.task == "train":
        train(folder, asked.data, asked.seed, choosing=asked.choose)
    elif asked.task == "temperature":
        export([folder])
        _say(f"temperature {fit_temperature(folder, asked.data)}")
    else:
        card = export(asked.folder, asked.temperature)
        shutil.rmtree(store.SHIPPED / card.name, ignore_errors=True)
        shutil.copytree(folder / card.name, store.SHIPPED / card.name)
    _say(f"{card.name}: {card.test_accuracy:.2%} of the test images")


if __name__ == "__main__":
    main()
