"""How well a network knows each digit: precision, recall, F1; and a tutorial's way to judge it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES


@dataclass(frozen=True, eq=False)
class Scores:
    """One number for each digit; float64 arrays of shape `(10,)`, 0..1, but for the counts.

    Attributes:
        precision: share of the images read as this digit that are labelled so.
        recall: share of the images labelled so that are read as this digit.
        f1: harmonic mean of the two.
        images: int64, how many are labelled so.
    """

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    images: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class FirstPredictions:
    """The first predictions beside their labels, as tutorial T2 looks at them.

    Attributes:
        predictions: int64 of shape `(n,)`.
        labels: the same.
        agrees: bool of shape `(n,)`.
        share: of those that agree, 0..1.
        argmin: position of the smallest value of `agrees`: the first mistake, or 0 without any.
    """

    predictions: NDArray[np.int64]
    labels: NDArray[np.int64]
    agrees: NDArray[np.bool_]
    share: float
    argmin: int


def scores(confusion: ArrayLike) -> Scores:
    """Precision, recall and F1 of each digit; 0 where nothing can be divided.

    Args:
        confusion: counts of shape `(10, 10)`; rows are labels, columns are predictions.

    Raises:
        ValueError: another shape.
    """
    counts = np.asarray(confusion, dtype=np.int64)
    if counts.shape != (CLASSES, CLASSES):
        raise ValueError(f"A confusion matrix has the shape (10, 10), not {counts.shape}.")
    right, labelled, read = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    return Scores(
        precision=_share(right, read),
        recall=_share(right, labelled),
        f1=_share(2 * right, labelled + read),
        images=labelled,
    )


def first_predictions(probabilities: ArrayLike, labels: ArrayLike, count: int) -> FirstPredictions:
    """The first `count` predictions, and T2's trick: argmin of "agrees" finds the first mistake.

    Args:
        probabilities: shape `(n, 10)`.
        labels: digits of shape `(n,)`.
        count: how many, at least one.

    Raises:
        ValueError: there are not so many.
    """
    said, truth = np.asarray(probabilities)[:count], np.asarray(labels)[:count].astype(np.int64)
    if not 1 <= count == len(said) == len(truth):
        raise ValueError(f"There are not {count} predictions with their labels.")
    predictions = said.argmax(axis=1)
    agrees = predictions == truth
    return FirstPredictions(
        predictions, truth, agrees, share=float(agrees.mean()), argmin=int(agrees.argmin())
    )


def _share(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = part / np.maximum(whole, 1)
    return shares
