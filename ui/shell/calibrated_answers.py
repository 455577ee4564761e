"""A network's answer to prepared images, as sure as it is right."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.analysis.calibration import with_temperature
from mnist_core.models.card import ModelCard
from ui.shell import cached


def read(card: ModelCard, images: ArrayLike) -> NDArray[np.float64]:
    """What a network says of images, its sureness corrected by the card's temperature.

    Args:
        card: of the network.
        images: `(n, 28, 28)`; see `Predictor.predict`.

    Returns:
        float64 `(n, 10)`.

    Raises:
        ValueError: there is no such network, or the images are none.
        BrokenModel: its files are damaged.
    """
    probabilities = cached.predictor(card.name).predict(images)
    return with_temperature(probabilities, card.temperature or 1.0)
