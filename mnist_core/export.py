"""From a recipe to a model on disk: train, judge, convert, save. Imports TensorFlow."""

import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from mnist_core import dataset, staging, store
from mnist_core.card import FineTuned, ModelCard
from mnist_core.dataset import Digits
from mnist_core.evaluation import evaluate
from mnist_core.inference import Predictor
from mnist_core.progress import Progress
from mnist_core.recipes import Recipe
from mnist_core.settings import Settings
from mnist_core.training import Training, train

LARGEST_DIFFERENCE = 1e-4
"""How far a probability of the converted model may be from Keras's own."""


def make_model(
    recipe: Recipe,
    settings: Settings,
    *,
    root: Path,
    name: str | None = None,
    on_report: Callable[[Progress], None] = lambda report: None,
    should_stop: Callable[[], bool] = lambda: False,
    on_saving: Callable[[], None] = lambda: None,
) -> ModelCard | None:
    """Train the recipe's network and keep it. The page and the command line both do this.

    Args:
        recipe: which network.
        settings: how to train it.
        root: the directory of models to put it in.
        name: what to call it; by default a free name made from the recipe's.
        on_report: see `training.train`.
        should_stop: see `training.train`.
        on_saving: called when training is over and saving begins.

    Returns:
        The new model's card; None when it was stopped before it had learned anything.

    Raises:
        training.Diverged: the loss ran away; nothing is kept.
        FileExistsError: there is a model of that name.
        OSError: the disk is full, or cannot be written.
    """
    test = dataset.load("test")
    if should_stop():
        # Importing TensorFlow took seconds; what a step or two would teach is not worth keeping.
        return None
    trained = train(
        recipe,
        settings,
        training=dataset.load("train"),
        test=test,
        on_report=on_report,
        should_stop=should_stop,
    )
    if not trained.steps:
        return None
    on_saving()
    return save(trained, recipe, settings, test=test, root=root, name=name)


def save(
    trained: Training,
    recipe: Recipe,
    settings: Settings,
    *,
    test: Digits,
    root: Path,
    name: str | None = None,
    fine_tuned: FineTuned | None = None,
) -> ModelCard:
    """Judge a trained network on the test images and commit it to the store.

    Args:
        trained: the network, and how its training went.
        recipe: which network it is.
        settings: how it was trained.
        test: the test images.
        root: see `make_model`.
        name: see `make_model`.
        fine_tuned: for the card, where it did not start fresh.

    Raises:
        store.BrokenModel: what was written does not read back as the network that was trained.
        FileExistsError, OSError: see `make_model`.
    """
    with staging.directory(root) as folder:
        trained.model.save(folder / store.KERAS)
        trained.model.export(folder / store.LITERT, format="litert", verbose=False)
        answers = Predictor((folder / store.LITERT).read_bytes()).predict(test.images)
        np.save(folder / store.PROBABILITIES, answers)
        difference = float(np.abs(answers - _keras_answers(folder, recipe, test)).max())
        if not difference <= LARGEST_DIFFERENCE:
            raise store.BrokenModel(
                f"The saved network answers differently from the trained one (by {difference:g})."
            )
        report = evaluate(answers, test.labels)
        card = ModelCard(
            name=name or "",
            recipe=recipe,
            settings=settings,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            seconds=trained.seconds,
            steps=trained.steps,
            stopped_early=trained.stopped_early,
            history=trained.history,
            test_accuracy=report.accuracy,
            test_loss=report.loss,
            mistakes=len(report.mistakes),
            litert_difference=difference,
            versions=_versions(),
            machine=f"{processor()}, {os.cpu_count()} cores",
            fine_tuned=fine_tuned,
        )
        return staging.commit(folder, card)


def _keras_answers(folder: Path, recipe: Recipe, test: Digits) -> NDArray[np.float32]:
    """What the file that was just written says of the test images, read back by Keras."""
    model = keras.models.load_model(folder / store.KERAS)
    images = test.images.reshape(-1, *recipe.input_shape).astype(np.float32) / 255
    answers: NDArray[np.float32] = model.predict(images, batch_size=1000, verbose=0)
    return answers


def processor() -> str:
    """The processor's name as the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "ai-edge-litert": version("ai-edge-litert"),
        "numpy": np.__version__,
    }
