"""Fine-tunes a model on somebody's own digits. Imports TensorFlow.

It learns from the first round of drawings only; the second is held out to test on.
"""

from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from mnist_core.data import dataset
from mnist_core.handwriting.fine_tuning_set import training_set
from mnist_core.handwriting.score import Handwriting
from mnist_core.models.card import FineTuned, ModelCard
from mnist_core.models.inference import scale_images
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings
from mnist_core.training import export
from mnist_core.training.export import CannotStart
from mnist_core.training.loop import Callbacks, train


def fine_tune(
    started_from: str,
    settings: Settings,
    drawn: Handwriting,
    *,
    root: Path,
    callbacks: Callbacks | None = None,
    on_saving: Callable[[], None] = lambda: None,
    owner: str | None = None,
) -> ModelCard | None:
    """Let a model of the store learn from the first round of a hand, and keep the result.

    Args:
        started_from: the name of a model.
        settings: see `fine_tuning_set.settings`.
        drawn: the hand; its first round is learned from, its second judged.
        root: the directory of models to put the new one in.
        callbacks: see `loop.train`.
        on_saving: see `export.make_model`.
        owner: likewise.

    Returns:
        The new model's card; None if it was stopped before it had learned anything.

    Raises:
        export.CannotStart: there is no such model (any more), or nothing to learn from.
        store.BrokenModel: its files are damaged.
        loop.Diverged: the loss grew beyond all bounds; nothing is saved.
        OSError: the disk is full, or cannot be written.
    """
    learn, judge = drawn.of_round(1), drawn.of_round(2)
    if not len(learn):
        raise CannotStart("There is no drawing of the first round to learn from.")
    card, before = export.open_for_training(started_from)
    if (callbacks or Callbacks()).should_stop():
        return None
    test = dataset.load("test")
    trained = train(
        card.recipe,
        settings,
        training=training_set(learn, dataset.load("train"), settings),
        test=test,
        callbacks=callbacks,
        weights=before.get_weights(),
    )
    if not trained.steps:
        return None
    on_saving()

    def right(part: Handwriting) -> tuple[int, int]:
        return _correct(before, card.recipe, part), _correct(trained.model, card.recipe, part)

    fine_tuned = FineTuned(
        started_from=card.name,
        test_accuracy_before=card.test_accuracy,
        learned=len(learn),
        learned_right=right(learn),
        held_out=len(judge),
        held_out_right=right(judge),
    )
    return export.save(
        trained,
        card.recipe,
        settings,
        test=test,
        root=root,
        fine_tuned=fine_tuned,
        also_learned=card.also_learned,
        owner=owner,
    )


def _correct(model: keras.Model, recipe: Recipe, part: Handwriting) -> int:
    """How many drawings a network reads correctly."""
    if not len(part):
        return 0
    images = scale_images(part.images).reshape(-1, *recipe.input_shape)
    answers: NDArray[np.float32] = np.asarray(model(images, training=False))
    return int((answers.argmax(axis=1) == part.labels).sum())
