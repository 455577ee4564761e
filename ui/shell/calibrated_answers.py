"""A network's answers to prepared images, no surer than it is right."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.analysis.calibration import with_temperature
from mnist_core.models.card import ModelCard
from ui.shell import cached


def read(card: ModelCard, images: ArrayLike) -> NDArray[np.float64]:
    """A network's probabilities for images, corrected by the temperature on its card.

    Takes images `(n, 28, 28)` as `Predictor.predict` does, and returns float64 `(n, 10)`.

    Raises:
        ValueError: there is no such network, or the images are not images.
        BrokenModel: its files are damaged.
    """
    probabilities = cached.predictor(card.name).predict(images)
    return with_temperature(probabilities, card.temperature or 1.0)
