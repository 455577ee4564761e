"""Why? Which places of an image matter to a network: cover them one by one, and ask again."""

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
    """What a network says of an image of which a small square is covered with paper.

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
        """The square that costs the answer most; None if there is no ink."""
        return int(self.covered[:, self.answer].argmin()) if len(self.corners) else None

    @property
    def changes(self) -> int:
        """How many squares make it read another digit."""
        return int((self.covered.argmax(axis=1) != self.answer).sum())


def occlude(image: NDArray[np.uint8], predict: Predict) -> Occlusion:
    """Cover an image with a square of 4 × 4 pixels at every second place, and ask each time.

    Args:
        image: uint8 of shape `(28, 28)`.
        predict: the network.
    """
    places = range(0, SIDE - PATCH + 1, STRIDE)
    corners = [
        (row, column)
        for row in places
        for column in places
        if image[row : row + PATCH, column : column + PATCH].any()
    ]
    images = np.repeat(image[np.newaxis], len(corners) + 1, axis=0)
    for number, (row, column) in enumerate(corners, start=1):
        images[number, row : row + PATCH, column : column + PATCH] = 0
    answers = predict(images)
    whole, covered = answers[0], answers[1:].reshape(-1, CLASSES)
    drops = float(whole.max()) - covered[:, whole.argmax()].astype(np.float64)
    return Occlusion(
        whole, np.array(corners, np.int64).reshape(-1, 2), covered, _spread(corners, drops)
    )


def _spread(corners: list[tuple[int, int]], drops: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean drop by pixel; squares without ink change nothing, and count."""
    places = range(0, SIDE - PATCH + 1, STRIDE)
    total, count = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
    for row in places:
        for column in places:
            count[row : row + PATCH, column : column + PATCH] += 1
    for (row, column), drop in zip(corners, drops, strict=True):
        total[row : row + PATCH, column : column + PATCH] += drop
    return total / count
