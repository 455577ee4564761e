"""Which training images a training learns from, and what they are said to be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.centre_lines import CentreLines
from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.networks.settings import ALL_DIGITS, Settings

# Tells the random numbers of wrong labels from those of order and augmentation.
_MISLABELLING = 2


@dataclass(frozen=True, eq=False)
class Chosen:
    """Some images of a training set.

    Attributes:
        digits: the images and the labels they are learned with, in file order.
        true_labels: what the images really are.
        places: where they stand in the training set, int64 `(n,)`, ascending.
    """

    digits: Digits
    true_labels: NDArray[np.uint8]
    places: NDArray[np.int64]


def choose(training: Digits, settings: Settings) -> Chosen:
    """The first images of the digits that are asked for, some of them labelled wrongly on purpose.

    Args:
        training: a training set, in file order.
        settings: how many of which digits, and what share gets a wrong label. Which images do,
            and which wrong label, depends on the seed alone.

    Raises:
        ValueError: there is no such image in this training set.
    """
    wanted = np.isin(training.labels, settings.digits)
    places = np.flatnonzero(wanted)[: settings.training_images].astype(np.int64)
    if not len(places):
        raise ValueError("There is no image of these digits to learn from.")
    # All from the first on need no copy of their own.
    count = len(places)
    which = slice(count) if places[-1] == count - 1 else places
    images, true_labels = training.images[which], training.labels[which]
    labels = _mislabelled(true_labels, settings) if settings.label_noise else true_labels
    return Chosen(Digits(training.name, images, labels), true_labels, places)


def select_lines(lines: CentreLines, places: NDArray[np.int64]) -> CentreLines:
    """The centre lines of the digits that stand at these places, in that order."""
    counts = np.diff(lines.starts)[places]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    shifts = np.repeat(lines.starts[places] - starts[:-1], counts)
    return CentreLines(lines.points[shifts + np.arange(starts[-1])], starts)


def _mislabelled(labels: NDArray[np.uint8], settings: Settings) -> NDArray[np.uint8]:
    """The labels, so many of them replaced by another of the digits that are learned."""
    random = np.random.default_rng((settings.seed, 0, _MISLABELLING))
    # Who learns one digit only can mistake it for any.
    known = np.array(settings.digits if len(settings.digits) > 1 else ALL_DIGITS)
    wrong = random.permutation(len(labels))[: round(settings.label_noise * len(labels))]
    rank = np.zeros(CLASSES, np.int64)
    rank[known] = np.arange(len(known))
    steps = random.integers(1, len(known), len(wrong))
    changed = labels.copy()
    changed[wrong] = known[(rank[labels[wrong]] + steps) % len(known)]
    return changed
