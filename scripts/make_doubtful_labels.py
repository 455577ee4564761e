"""Judge every training image by a network that has never seen it.

Writes mnist_core/data/doubtful_labels.npz.

    python -m scripts.make_doubtful_labels

Five-fold cross-validation: the 60,000 training images are dealt into five parts, and the images of
each part are read by a network that learned from the other four. Takes a few minutes.
"""

import time
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray
from tqdm import tqdm

from mnist_core.data import dataset, doubtful_labels
from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.data.doubtful_labels import LabelDoubt
from mnist_core.networks import recipes
from mnist_core.networks.settings import Settings
from mnist_core.training.engine import Engine, as_input

FOLDS = 5
SEED = 0
RECIPE = recipes.get("cnn-larger")
EPOCHS = 3


def held_out(digits: Digits, folds: NDArray[np.int64]) -> NDArray[np.float32]:
    """What networks say of images they did not learn from.

    Args:
        digits: the training set, of `n` images.
        folds: shape `(n,)`: the part that each image is in.

    Returns:
        Probabilities of shape `(n, 10)`.
    """
    answers = np.empty((len(digits), CLASSES), np.float32)
    for fold in tqdm(range(FOLDS), desc="folds"):
        learned, judged = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        part = Digits("train", digits.images[learned], digits.labels[learned])
        settings = Settings(
            epochs=EPOCHS,
            batch_size=200,
            optimizer="adam",
            learning_rate=0.001,
            seed=SEED + fold,
            training_images=len(part),
        )
        engine = Engine(RECIPE, settings, part, time.monotonic)
        for epoch in range(1, EPOCHS + 1):
            for _ in engine.epoch(epoch):
                pass
        images = as_input(digits.images[judged], RECIPE.input_shape)
        answers[judged] = np.concatenate(list(engine.probabilities(images)))
    return answers


def judge(probabilities: ArrayLike, labels: ArrayLike) -> LabelDoubt:
    """Compare probabilities, shape `(n, 10)`, with labels 0 to 9, shape `(n,)`.

    Raises:
        ValueError: the shapes do not fit each other.
    """
    chances, truth = np.array(probabilities, np.float32), np.asarray(labels).astype(np.int64)
    if chances.shape != (len(truth), CLASSES):
        raise ValueError(f"{len(truth)} labels need answers of shape ({len(truth)}, {CLASSES}).")
    rows = np.arange(len(truth))
    given = chances[rows, truth]
    chances[rows, truth] = -1.0
    other = chances.argmax(axis=1)
    return LabelDoubt(given, other.astype(np.uint8), chances[rows, other])


def save(doubt: LabelDoubt, path: Path) -> None:
    """Write the file that `doubtful_labels.load` reads."""
    np.savez_compressed(
        path,
        given=doubt.label_probability,
        other=doubt.alternative,
        other_given=doubt.alternative_probability,
    )


def main() -> None:
    """Deal, train, judge, write."""
    digits = dataset.load("train")
    folds = np.random.default_rng(SEED).permutation(len(digits)) % FOLDS
    save(judge(held_out(digits, folds), digits.labels), doubtful_labels.FILE)


if __name__ == "__main__":
    main()
