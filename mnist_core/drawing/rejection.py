"""Is it one digit at all? A small network that has also seen what is none.

A network that knows only ten digits is sure of a heart as well. So every drawing is first shown to
this one, which learned from digits in many hands and from letters, shapes, scribbles and pairs of
digits (`scripts/make_rejection_network.py`).
"""

from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES
from mnist_core.models.inference import Predictor

FILE = Path(__file__).parent / "rejection.tflite"

THRESHOLD = 0.25
"""Images with a lower probability of being a digit are rejected.

At most 0.3% of the digits of five people whom the network did not learn from: 0.24%."""


class NonDigitDetector:
    """The network, safe to share between threads; `network` holds the bytes of its file."""

    def __init__(self, network: bytes) -> None:
        self._predictor = Predictor(network, answers=CLASSES + 1)

    def digit_probability(self, images: ArrayLike) -> NDArray[np.float32]:
        """The probability that each prepared image `(n, 28, 28)` is one digit: float32 `(n,)`.

        Raises:
            ValueError: see `Predictor.predict`.
        """
        probability: NDArray[np.float32] = 1 - self._predictor.predict(images)[:, CLASSES]
        return probability


def load(path: Path = FILE) -> NonDigitDetector:
    """The network that came with the app."""
    return NonDigitDetector(path.read_bytes())
