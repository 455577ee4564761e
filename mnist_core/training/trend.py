"""Whether the test accuracy of a training still changes by more than chance."""

from math import sqrt

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.networks.settings import EpochFigures

PLATEAU_EPOCHS = 2
"""This many epochs without a gain make a plateau."""


def plateau(history: tuple[EpochFigures, ...]) -> int | None:
    """The first epoch after which the test accuracy grew by no more than chance.

    Chance is the standard error of an accuracy on 10,000 images: 0.1 points near 99%.

    Returns:
        Its number; None if fewer than two epochs follow it.
    """
    accuracies = [figures.test_accuracy for figures in history]
    for index in range(len(history) - PLATEAU_EPOCHS):
        best = max(accuracies[: index + 1])
        error = sqrt(max(best * (1 - best), 1e-6) / TEST_IMAGES)
        if max(accuracies[index + 1 :]) <= best + error:
            return history[index].epoch
    return None


def still_improving(history: tuple[EpochFigures, ...]) -> bool:
    """Whether the last epoch beats all before it by more than chance; not after a single one."""
    if len(history) == 1:
        return False
    last, best = history[-1].test_accuracy, best_before(history)
    return last - best > standard_error(last, best)


def has_dropped(history: tuple[EpochFigures, ...]) -> bool:
    """Whether the last of at least two epochs is worse than the best by more than chance."""
    last, best = history[-1].test_accuracy, best_before(history)
    return best - last > standard_error(last, best)


def best_before(history: tuple[EpochFigures, ...]) -> float:
    """The best test accuracy before the last of at least two epochs, 0..1."""
    return max(figures.test_accuracy for figures in history[:-1])


def standard_error(one: float, other: float) -> float:
    """The standard error of the difference of two accuracies on 10,000 images each; all 0..1."""
    return sqrt((one * (1 - one) + other * (1 - other)) / TEST_IMAGES)
