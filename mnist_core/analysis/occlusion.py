"""Which places of an image matter to a network: cover them one by one, and ask again."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES, SIDE

PATCH = 4
STRIDE = 2

Predict = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""Images `(n, 28, 28)` to probabilities `(n, 10)`, as `Predictor.predict` does."""


@dataclass(frozen=True, eq=False)
class Occlusion:
    """A network's answers to an image of which a small square is covered with paper.

    Attributes:
        whole: float32 of shape `(10,)`: the probabilities of the whole image.
        corners: int64 of shape `(n, 2)`: row and column of each square's upper left pixel; only
            squares that cover some ink.
        covered: float32 of shape `(n, 10)`: the probabilities with that square covered.
        drop: float64 of shape `(28, 28)`: by how much the probability of the answer drops, on
            average over the squares that cover a pixel; negative where it rises.
    """

    whole: NDArray[np.float32]
    corners: NDArray[np.int64]
    covered: NDArray[np.float32]
    drop: NDArray[np.float64]

    @property
    def answer(self) -> int:
        """The digit it reads in the whole image."""
        return int(self.whole.argmax())

    @property
    def worst(self) -> int | None:
        """The square whose covering makes the answer least probable; None without ink."""
        return int(self.covered[:, self.answer].argmin()) if len(self.corners) else None

    @property
    def changes(self) -> int:
        """The number of squares whose covering changes the answer."""
        return int((self.covered.argmax(axis=1) != self.answer).sum())


def occlude(image: NDArray[np.uint8], predict: Predict) -> Occlusion:
    """Cover an image `(28, 28)` with a 4 × 4 square at every second pixel, and ask each time."""
    starts = range(0, SIDE - PATCH + 1, STRIDE)
    squares = [
        np.s_[row : row + PATCH, column : column + PATCH] for row in starts for column in starts
    ]
    inked = [square for square in squares if image[square].any()]
    images = np.repeat(image[np.newaxis], len(inked) + 1, axis=0)
    for covered_image, square in zip(images[1:], inked, strict=True):
        covered_image[square] = 0
    answers = predict(images)
    whole, covered = answers[0], answers[1:].reshape(-1, CLASSES)
    drops = float(whole.max()) - covered[:, whole.argmax()].astype(np.float64)
    total, count = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
    for square in squares:
        count[square] += 1
    for square, drop in zip(inked, drops, strict=True):
        total[square] += drop
    corners = [(rows.start, columns.start) for rows, columns in inked]
    return Occlusion(whole, np.array(corners, np.int64).reshape(-1, 2), covered, total / count)
