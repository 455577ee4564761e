"""Selects the images and labels that a training learns from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.centre_lines import CentreLines
from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.networks.settings import ALL_DIGITS, Settings

# Keeps the random numbers of wrong labels apart from those of order and augmentation.
_NOISE_STREAM = 2


@dataclass(frozen=True, eq=False)
class Selection:
    """Some images of a training set.

    Attributes:
        digits: the images and the labels they are learned with, in file order.
        true_labels: the labels without noise.
        indices: of the images in the training set, int64 `(n,)`, ascending.
    """

    digits: Digits
    true_labels: NDArray[np.uint8]
    indices: NDArray[np.int64]


def select(training: Digits, settings: Settings) -> Selection:
    """The first images of the chosen digits, some with a wrong label if the settings ask for that.

    Args:
        training: a training set, in file order.
        settings: how many images of which digits, and what share gets a wrong label. The seed
            decides which images, and which wrong label.

    Raises:
        ValueError: there is no such image in this training set.
    """
    wanted = np.isin(training.labels, settings.digits)
    indices = np.flatnonzero(wanted)[: settings.training_images].astype(np.int64)
    if not len(indices):
        raise ValueError("There is no image of these digits to learn from.")
    # A slice is not a copy.
    count = len(indices)
    which = slice(count) if indices[-1] == count - 1 else indices
    images, true_labels = training.images[which], training.labels[which]
    labels = _mislabelled(true_labels, settings) if settings.label_noise else true_labels
    return Selection(Digits(training.name, images, labels), true_labels, indices)


def select_lines(lines: CentreLines, indices: NDArray[np.int64]) -> CentreLines:
    """The centre lines of these digits, in this order."""
    counts = np.diff(lines.starts)[indices]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    shifts = np.repeat(lines.starts[indices] - starts[:-1], counts)
    return CentreLines(lines.points[shifts + np.arange(starts[-1])], starts)


def _mislabelled(labels: NDArray[np.uint8], settings: Settings) -> NDArray[np.uint8]:
    """The labels, a share of them replaced by another of the learned digits."""
    random = np.random.default_rng((settings.seed, 0, _NOISE_STREAM))
    # A single digit is replaced by any other.
    known = np.array(settings.digits if len(settings.digits) > 1 else ALL_DIGITS)
    wrong = random.permutation(len(labels))[: round(settings.label_noise * len(labels))]
    rank = np.zeros(CLASSES, np.int64)
    rank[known] = np.arange(len(known))
    steps = random.integers(1, len(known), len(wrong))
    changed = labels.copy()
    changed[wrong] = known[(rank[labels[wrong]] + steps) % len(known)]
    return changed
