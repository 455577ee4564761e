"""From a recipe to a model on disk: train, test, convert, save. Imports TensorFlow."""

import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from math import ceil
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from mnist_core.analysis.evaluation import evaluate
from mnist_core.data import dataset
from mnist_core.data.dataset import Digits
from mnist_core.models import disk_quota, notes, staging, store
from mnist_core.models.card import FineTuned, ModelCard
from mnist_core.models.inference import Predictor, scale_images
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import EpochFigures, Settings
from mnist_core.system import cpu, machine
from mnist_core.training.checkpoint import Checkpoint
from mnist_core.training.loop import Callbacks, Training, train

LARGEST_DIFFERENCE = 1e-4
"""The largest usual difference between a probability of the converted model and Keras's own."""

# Where two digits are almost equally probable, rounding may make a larger difference, for one image
# in thousands. A wrong conversion changes most images.
_SENSITIVE_IMAGES = 0.001
_LARGEST_SENSITIVE = 0.01


class CannotStart(ValueError):
    """There is no model to start from, or nothing to learn; the message is for the visitor."""


def make_model(
    recipe: Recipe,
    settings: Settings,
    *,
    root: Path,
    name: str | None = None,
    callbacks: Callbacks | None = None,
    on_saving: Callable[[], None] = lambda: None,
    started_from: str | None = None,
    resume_from: Checkpoint | None = None,
    owner: str | None = None,
) -> ModelCard | None:
    """Train the recipe's network and save it, as the page and the command line do.

    Args:
        recipe: which network.
        settings: how to train it; in float32 on a processor without bfloat16.
        root: the directory of models to put it in.
        name: of the new model; None for a free name made from the recipe's.
        callbacks: see `loop.train`.
        on_saving: called when training is over and saving begins.
        started_from: the present or former name of a model whose weights it starts from.
        resume_from: see `loop.train`.
        owner: the visitor whose it will be, see `notes.Notes`.

    Returns:
        The new model's card; None if it was stopped before it had learned anything.

    Raises:
        loop.Diverged: the loss grew beyond all bounds; nothing is saved.
        loop.Suspended: see there.
        CannotStart: there is no model to start from (any more).
        store.BrokenModel: the files of that model, or of the new one, are damaged.
        FileExistsError: there is a model of that name.
        OSError: the disk is full, or cannot be written.
    """
    if settings.precision == "bfloat16" and not cpu.has_bfloat16():
        settings = replace(settings, precision="float32")
    test = dataset.load("test")
    if (callbacks or Callbacks()).should_stop() and resume_from is None:
        # Stopped while TensorFlow was imported.
        return None
    weights = also_learned = None
    # A checkpoint holds all weights; the model it started from may have been deleted.
    if started_from is not None and resume_from is None:
        before, model = open_for_training(started_from)
        weights, also_learned = model.get_weights(), before.also_learned
    trained = train(
        recipe,
        settings,
        training=dataset.load("train"),
        test=test,
        callbacks=callbacks,
        weights=weights,
        resume_from=resume_from,
    )
    if not trained.steps:
        return None
    on_saving()
    return save(
        trained,
        recipe,
        settings,
        test=test,
        root=root,
        name=name,
        started_from=started_from,
        also_learned=also_learned,
        owner=owner,
    )


def open_for_training(name: str) -> tuple[ModelCard, keras.Model]:
    """The card and network of a model that the store lists, its file checked against the card.

    Args:
        name: its present or former name.

    Raises:
        CannotStart: there is no such model (any more).
        store.BrokenModel: its files are damaged.
    """
    name = notes.current_name(name)
    card = next((card for card in store.list_models() if card.name == name), None)
    if card is None:
        raise CannotStart("The network to start from no longer exists.")
    data = store.keras_file(name)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / store.KERAS
        file.write_bytes(data)
        try:
            return card, keras.models.load_model(file, compile=False)
        except (ValueError, OSError, TypeError, KeyError) as error:
            raise store.BrokenModel(f"The network {name} cannot be opened.") from error


def save(
    trained: Training,
    recipe: Recipe,
    settings: Settings,
    *,
    test: Digits,
    root: Path,
    name: str | None = None,
    started_from: str | None = None,
    fine_tuned: FineTuned | None = None,
    temperature: float | None = None,
    taught_by: str | None = None,
    also_learned: str | None = None,
    owner: str | None = None,
) -> ModelCard:
    """Test a trained network on the test images and commit it to the store.

    For `root`, `name` and `owner` see `make_model`; what is between them is for the card.

    Raises:
        store.BrokenModel: the saved network answers differently from the trained one.
        FileExistsError, OSError: see `make_model`; or QuotaExceeded.
    """
    with staging.directory(root) as folder:
        trained.model.save(folder / store.KERAS)
        converted = _as_litert(trained.model)
        (folder / store.LITERT).write_bytes(converted)
        answers = Predictor(converted, threads=max(1, ceil(machine.here().cores))).predict(
            test.images
        )
        np.save(folder / store.PROBABILITIES, answers)
        saved = keras.models.load_model(folder / store.KERAS)
        images = scale_images(test.images).reshape(-1, *recipe.input_shape)
        difference = _difference(answers, saved.predict(images, batch_size=1000, verbose=0))
        report = evaluate(answers, test.labels)
        packages = {name: version(name) for name in ("keras", "ai-edge-litert", "numpy")}
        card = ModelCard(
            name=name or "",
            recipe=recipe,
            settings=settings,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            seconds=trained.seconds,
            steps=trained.steps,
            stopped_early=trained.stopped_early,
            history=_history(trained, recipe, report.accuracy),
            test_accuracy=report.accuracy,
            test_loss=report.loss,
            mistakes=len(report.mistakes),
            litert_difference=difference,
            versions={"python": platform.python_version(), "tensorflow": tf.__version__} | packages,
            machine=f"{cpu.name()}, {os.cpu_count()} cores",
            started_from=started_from,
            rate_changes=trained.rate_changes,
            fine_tuned=fine_tuned,
            temperature=temperature,
            taught_by=taught_by,
            also_learned=also_learned,
        )
        return disk_quota.commit(folder, card, owner=owner)


def _as_litert(model: keras.Model) -> bytes:
    """A network for LiteRT: `model.tflite`.

    Keras's own `export` comes to the same operations by way of a SavedModel, for which it goes
    through the network several times: 1 s instead of 0.3, and 7 instead of 2.4 for a committee.
    """

    def answer(images: Any) -> Any:
        return model(images, training=False)

    images = tf.TensorSpec((None, *model.input_shape[1:]), tf.float32)
    traced = tf.function(answer, autograph=False).get_concrete_function(images)
    frozen = convert_variables_to_constants_v2(traced)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([frozen])
    converter.experimental_lower_to_saved_model = False
    converted: bytes = converter.convert()
    return converted


def _history(trained: Training, recipe: Recipe, test_accuracy: float) -> tuple[EpochFigures, ...]:
    """The figures of every epoch; the last has the accuracy of the network as it is saved.

    While it trained it was measured by other instructions, which may decide one image in 10,000
    otherwise: nobody should read two figures for one thing.
    """
    history = trained.history
    # After its last epoch a stopped training went on; looks are left out while it trains.
    if trained.stopped_early or not history or recipe.looks > 1:
        return history
    return (*history[:-1], replace(history[-1], test_accuracy=test_accuracy))


def _difference(answers: NDArray[np.float32], own: NDArray[np.float32]) -> float:
    """The largest difference between a probability of the converted model and Keras's own.

    Raises:
        store.BrokenModel: it is not the same network.
    """
    by_image = np.abs(answers - own).max(axis=1)
    largest = float(by_image.max())
    sensitive = np.mean(by_image > LARGEST_DIFFERENCE)
    # Written with `not`, it refuses NaN as well.
    if not (largest <= _LARGEST_SENSITIVE and sensitive <= _SENSITIVE_IMAGES):
        raise store.BrokenModel(
            f"The saved network answers differently from the trained one (by {largest:g})."
        )
    return largest
