"""Whether the figures of a training still move, or no more than chance would have them move."""

from math import sqrt

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.networks.settings import EpochFigures

PLATEAU_EPOCHS = 2
"""So many epochs without a gain make a plateau."""


def plateau(history: tuple[EpochFigures, ...]) -> int | None:
    """The first epoch after which the test accuracy grew by no more than chance would do.

    Chance is the standard error of an accuracy on 10,000 images: 0.1 points near 99%.

    Returns:
        Its number; None if fewer than two epochs follow it, so that nobody can tell.
    """
    accuracies = [figures.test_accuracy for figures in history]
    for place in range(len(history) - PLATEAU_EPOCHS):
        best = max(accuracies[: place + 1])
        error = sqrt(max(best * (1 - best), 1e-6) / TEST_IMAGES)
        if max(accuracies[place + 1 :]) <= best + error:
            return history[place].epoch
    return None


def still_improving(history: tuple[EpochFigures, ...]) -> bool:
    """Whether the last epoch is better than all before it, and by more than chance would do.

    Chance is the standard error of the difference of two accuracies on 10,000 images. Of a single
    epoch nobody can tell.
    """
    if len(history) == 1:
        return False
    last, best = history[-1].test_accuracy, best_before(history)
    return last - best > standard_error(last, best)


def has_dropped(history: tuple[EpochFigures, ...]) -> bool:
    """Whether the last epoch is worse than one before it, and by more than chance would do.

    There are at least two.
    """
    last, best = history[-1].test_accuracy, best_before(history)
    return best - last > standard_error(last, best)


def best_before(history: tuple[EpochFigures, ...]) -> float:
    """The best accuracy before the last epoch; there are at least two."""
    return max(figures.test_accuracy for figures in history[:-1])


def standard_error(one: float, other: float) -> float:
    """The standard error of the difference of two accuracies on 10,000 images each; all 0..1."""
    return sqrt((one * (1 - one) + other * (1 - other)) / TEST_IMAGES)
