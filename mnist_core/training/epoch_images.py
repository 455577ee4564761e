"""The images that a training shows in each epoch: those chosen, as they are or augmented."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mnist_core.data import centre_lines
from mnist_core.data.dataset import Digits
from mnist_core.networks.settings import Settings
from mnist_core.training import augmentation, image_selection

# Tells the random numbers of augmentation from those of the images' order.
_AUGMENTING = 1


class EpochImages:
    """What a training shows in each epoch. The next epoch's are made while this one is learned.

    Args:
        training: the training set, in file order.
        settings: how many of it, of which digits, and what is done to them.

    Attributes:
        digits: the images as they are, and what they are said to be, wrong labels among them
            where the settings ask for that.

    Raises:
        ValueError: there is no image to learn from.
    """

    def __init__(self, training: Digits, settings: Settings) -> None:
        chosen = image_selection.choose(training, settings)
        self.digits = chosen.digits
        # What is drawn onto a 7 that is said to be a 9 is a 7's bar, not a 9's tail.
        self._as_they_are = replace(chosen.digits, labels=chosen.true_labels)
        self._settings = settings
        self._maker = ThreadPoolExecutor(1, "augmentation")
        self._next: tuple[int, Future[NDArray[np.uint8]]] | None = None
        self._lines = None
        if settings.augmentation == "hands":
            lines = centre_lines.load(int(chosen.places[-1]) + 1)
            self._lines = image_selection.select_lines(lines, chosen.places)

    def of(self, epoch: int) -> NDArray[np.uint8]:
        """The images of this epoch, which depend on the seed and on its number alone."""
        number, made = self._next or (epoch, self._maker.submit(self._make, epoch))
        if number != epoch:
            made = self._maker.submit(self._make, epoch)
        images = made.result()
        if epoch < self._settings.epochs:
            self._next = epoch + 1, self._maker.submit(self._make, epoch + 1)
        return images

    def _make(self, epoch: int) -> NDArray[np.uint8]:
        random = np.random.default_rng((self._settings.seed, epoch, _AUGMENTING))
        if self._lines is None:
            return augmentation.distort_all(self.digits, random)
        return augmentation.distort_or_redraw(self._as_they_are, self._lines, random)
