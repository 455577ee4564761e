"""What a network sees in each of the 70,000 images: mnist_core/data/neighbours.npz.

    python -m scripts.make_features

The 128 numbers that the shipped cnn-32-32 has before its output, turned to their 32 main
directions and rounded to a byte each. Needs scikit-learn (requirements-dev.txt).
"""

import keras
import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from mnist_core.data import dataset, neighbours
from mnist_core.models import store
from mnist_core.models.inference import scale_images

DIRECTIONS = 32


def seen(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The layer before the output: shape `(n, 128)`."""
    model = keras.saving.load_model(store.SHIPPED / neighbours.NETWORK / store.KERAS)
    inside = keras.Model(model.inputs, model.layers[-2].output)
    answers: NDArray[np.float32] = inside.predict(scale_images(images)[..., np.newaxis], 1_000)
    return answers


def as_bytes(features: NDArray[np.float32]) -> NDArray[np.uint8]:
    """One scale for all directions, so that distances stay in proportion."""
    low, high = features.min(axis=0), features.max(axis=0)
    step = (high - low).max() / 255
    return np.rint((features - low) / step).astype(np.uint8)


def main() -> None:
    """Read, turn, round, write."""
    train, test = (seen(dataset.load(name).images) for name in dataset.SETS)
    turn = PCA(DIRECTIONS, svd_solver="full").fit(train)
    rounded = as_bytes(turn.transform(np.concatenate([train, test])))
    parts = np.split(rounded, [len(train)])
    np.savez_compressed(neighbours.FILE, **dict(zip(dataset.SETS, parts, strict=True)))


if __name__ == "__main__":
    main()
