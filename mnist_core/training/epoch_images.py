"""The images of each epoch: those selected, as they are or augmented."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mnist_core.data import centre_lines
from mnist_core.data.dataset import Digits
from mnist_core.networks.settings import Settings
from mnist_core.training import augmentation, image_selection

# Keeps the random numbers of augmentation apart from those of the images' order.
_AUGMENTATION_STREAM = 1


class EpochImages:
    """The images of each epoch. The next epoch's are prefetched while this one is learned.

    Args:
        training: the training set, in file order.
        settings: which images, and how they are augmented.

    Attributes:
        digits: the images without augmentation, and the labels they are learned with.

    Raises:
        ValueError: there is no image to learn from.
    """

    def __init__(self, training: Digits, settings: Settings) -> None:
        selection = image_selection.select(training, settings)
        self.digits = selection.digits
        # A 7 that is labelled 9 gets a 7's bar, not a 9's tail.
        self._true_digits = replace(selection.digits, labels=selection.true_labels)
        self._settings = settings
        self._executor = ThreadPoolExecutor(1, "augmentation")
        self._prefetched: tuple[int, Future[NDArray[np.uint8]]] | None = None
        self._lines = None
        if settings.augmentation == "hands":
            lines = centre_lines.load(int(selection.indices[-1]) + 1)
            self._lines = image_selection.select_lines(lines, selection.indices)

    def of(self, epoch: int) -> NDArray[np.uint8]:
        """The images of this epoch, uint8 `(n, 28, 28)`, decided by the seed and its number."""
        number, made = self._prefetched or (epoch, self._executor.submit(self._make, epoch))
        if number != epoch:
            made = self._executor.submit(self._make, epoch)
        images = made.result()
        if epoch < self._settings.epochs:
            self._prefetched = epoch + 1, self._executor.submit(self._make, epoch + 1)
        return images

    def _make(self, epoch: int) -> NDArray[np.uint8]:
        random = np.random.default_rng((self._settings.seed, epoch, _AUGMENTATION_STREAM))
        if self._lines is None:
            return augmentation.distort_all(self.digits, random)
        return augmentation.distort_or_redraw(self._true_digits, self._lines, random)
