"""Takes live snapshots of a network while it trains. Imports TensorFlow."""

from collections.abc import Callable

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from mnist_core.data.dataset import Digits
from mnist_core.networks.recipes import Recipe
from mnist_core.training import live_snapshots
from mnist_core.training.engine import Engine, as_input
from mnist_core.training.live_snapshots import MOST_WEIGHTS, LiveSnapshot, Pace


class Watcher:
    """Looks at a network several times an epoch; the pace keeps the cost small.

    Args:
        engine: trains the network.
        recipe: of the network.
        test: the test images, of which a sample is read.
        watched: images whose answers are wanted, uint8 `(n, 28, 28)`.
        on_live_snapshot: called with each; None where nobody watches.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        engine: Engine,
        recipe: Recipe,
        test: Digits,
        watched: NDArray[np.uint8],
        on_live_snapshot: Callable[[LiveSnapshot], object] | None,
        clock: Callable[[], float],
    ) -> None:
        self._engine, self._hand_over, self._clock = engine, on_live_snapshot, clock
        self._pace = Pace(clock)
        chosen = live_snapshots.sample(test)
        self._labels = test.labels[chosen]
        # In one call: the watched images first, then the sample.
        self._watched = len(watched)
        images = np.concatenate([watched, test.images[chosen]])
        self._images = as_input(images, recipe.input_shape)

    @property
    def taken(self) -> int:
        """How many live snapshots there were."""
        return self._pace.taken

    def look(self, epochs: float) -> float | None:
        """Take a live snapshot if one is due.

        Args:
            epochs: how much the network has learned.

        Returns:
            The accuracy on the sample of test images, 0..1; None if there was no live snapshot.
        """
        if self._hand_over is None or not self._pace.is_due:
            return None
        began = self._clock()
        answers = self._answers(self._images)
        right = answers[self._watched :].argmax(axis=1) == self._labels
        accuracy = float(right.mean())
        self._save(epochs, accuracy, answers[: self._watched])
        self._pace.took(self._clock() - began)
        # Numbers beyond all bounds: the training is about to fail, and says so.
        return accuracy if np.isfinite(answers).all() else None

    def look_at_end(self, epoch: int, accuracy: float) -> None:
        """Take a live snapshot at the end of an epoch, given its accuracy on all test images."""
        if self._hand_over is None:
            return
        began = self._clock()
        self._save(epoch, accuracy, self._answers(self._images[: self._watched]))
        self._pace.took(self._clock() - began)

    def _answers(self, images: tf.Tensor) -> NDArray[np.float32]:
        return np.concatenate(list(self._engine.probabilities(images)))

    def _save(self, epochs: float, accuracy: float, answers: NDArray[np.float32]) -> None:
        weights = self._engine.first_weights
        some = None if weights is None else weights[..., :MOST_WEIGHTS]
        assert self._hand_over is not None
        number = self._pace.taken + 1
        self._hand_over(LiveSnapshot(number, epochs, accuracy, answers, some))
