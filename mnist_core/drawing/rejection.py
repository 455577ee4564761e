"""Is it one digit at all? A small network beside the others that has also seen what is none.

A network that only knows ten digits is sure of a heart as well. So every drawing is first shown to
this one, which learned from digits in many hands and from letters, shapes, scribbles and pairs of
digits (`scripts/make_gate.py`).
"""

from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES
from mnist_core.models.inference import Predictor

FILE = Path(__file__).parent / "gate.tflite"

THRESHOLD = 0.4
"""Below this share of certainty an image is no digit."""


class NonDigitDetector:
    """The network. Safe to share between threads.

    Args:
        network: the bytes of the file that `scripts/make_gate.py` wrote.
    """

    def __init__(self, network: bytes) -> None:
        self._predictor = Predictor(network, answers=CLASSES + 1)

    def digit_probability(self, images: ArrayLike) -> NDArray[np.float32]:
        """How sure it is that each image is one digit.

        Args:
            images: `(n, 28, 28)`, prepared as MNIST is; see `Predictor.predict`.

        Returns:
            float32 `(n,)` in 0..1.

        Raises:
            ValueError: see `Predictor.predict`.
        """
        share: NDArray[np.float32] = 1 - self._predictor.predict(images)[:, CLASSES]
        return share


def load(path: Path = FILE) -> NonDigitDetector:
    """The gate that came with the app."""
    return NonDigitDetector(path.read_bytes())
