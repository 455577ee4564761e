"""How good are a network's answers? Probabilities and labels in, figures out."""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES

# Keras clips probabilities here before taking the logarithm, so that losses agree with its own.
_SMALLEST_PROBABILITY = 1e-7
# 95% of a normal distribution lie within this many standard deviations of its mean.
_NORMAL_95 = 1.959964


@dataclass(frozen=True, eq=False)
class Report:
    """What a network got right and wrong on labelled images.

    Attributes:
        accuracy: share of images classified correctly, 0..1.
        error: `1 - accuracy`.
        loss: mean categorical cross-entropy, in nats.
        confusion: int64 array of shape `(10, 10)`: rows are labels, columns are predictions.
        mistakes: int64 array of the misclassified positions, ascending.
    """

    accuracy: float
    error: float
    loss: float
    confusion: NDArray[np.int64]
    mistakes: NDArray[np.int64]


def evaluate(probabilities: ArrayLike, labels: ArrayLike) -> Report:
    """Compare probabilities, shape `(n, 10)`, with labels, integers 0 to 9 of shape `(n,)`.

    Raises:
        ValueError: the arrays do not fit each other, hold NaN, or there is not a single image.
    """
    chances, truth = _checked(probabilities, labels)
    predictions = chances.argmax(axis=1)
    mistakes = np.flatnonzero(predictions != truth)
    confusion = np.bincount(truth * CLASSES + predictions, minlength=CLASSES * CLASSES)
    given = chances[np.arange(len(truth)), truth]
    loss = -np.log(np.clip(given, _SMALLEST_PROBABILITY, 1.0)).mean()
    error = len(mistakes) / len(truth)
    return Report(
        accuracy=1.0 - error,
        error=error,
        loss=float(loss),
        confusion=confusion.reshape(CLASSES, CLASSES).astype(np.int64),
        mistakes=mistakes.astype(np.int64),
    )


def wilson_interval(correct: int, count: int) -> tuple[float, float]:
    """The ends, 0..1, of the 95% confidence interval of an accuracy (Wilson score interval).

    Raises:
        ValueError: the counts do not fit each other.
    """
    if not 0 <= correct <= count or count < 1:
        raise ValueError(f"{correct} of {count} images is no accuracy.")
    share, certainty = correct / count, _NORMAL_95**2 / count
    middle = (share + certainty / 2) / (1 + certainty)
    reach = _NORMAL_95 * sqrt(share * (1 - share) / count + certainty / (4 * count))
    reach /= 1 + certainty
    # Rounding must not put the accuracy outside its interval.
    return min(max(middle - reach, 0.0), share), max(min(middle + reach, 1.0), share)


def normalised(confusion: ArrayLike, *, by: Literal["row", "column"]) -> NDArray[np.float64]:
    """Normalise a confusion matrix `(10, 10)` so that its rows or columns add up to 1 (or 0)."""
    counts = np.asarray(confusion, dtype=np.float64)
    totals = counts.sum(axis=1 if by == "row" else 0, keepdims=True)
    return np.asarray(counts / np.maximum(totals, 1.0))


def most_confident_first(probabilities: ArrayLike, indices: ArrayLike) -> NDArray[np.int64]:
    """Sort positions by the network's confidence, given its probabilities `(n, 10)`."""
    positions = np.asarray(indices, dtype=np.int64)
    confidence = np.asarray(probabilities)[positions].max(axis=1, initial=0.0)
    return positions[np.argsort(-confidence, kind="stable")]


def _checked(
    probabilities: ArrayLike, labels: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    chances = np.asarray(probabilities, dtype=np.float64)
    truth = np.asarray(labels)
    if chances.ndim != 2 or chances.shape[1] != CLASSES or len(chances) == 0:
        raise ValueError(f"Probabilities need the shape (n, {CLASSES}), not {chances.shape}.")
    if truth.shape != chances.shape[:1]:
        raise ValueError(f"{len(chances)} answers need as many labels, not {truth.shape}.")
    if not np.isfinite(chances).all():
        raise ValueError("Probabilities must be finite numbers.")
    if not np.issubdtype(truth.dtype, np.integer) or truth.min() < 0 or truth.max() >= CLASSES:
        raise ValueError(f"Labels must be whole numbers from 0 to {CLASSES - 1}.")
    return chances, truth.astype(np.int64)
