"""Precision, recall and F1 of each digit; and tutorial T2's look at the first predictions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of each digit; arrays of shape `(10,)`, float64 in 0..1 except for `images`.

    Attributes:
        precision: share of the images predicted as this digit that have this label.
        recall: share of the images with this label that are predicted as this digit.
        f1: harmonic mean of the two.
        images: int64, images with this label.
    """

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    images: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class FirstPredictions:
    """The first predictions beside their labels, of shape `(n,)`, and the share that agrees.

    `argmin` of `agrees` is the position of the first mistake, or 0 without any.
    """

    predictions: NDArray[np.int64]
    labels: NDArray[np.int64]
    agrees: NDArray[np.bool_]
    share: float
    argmin: int


def scores(confusion: ArrayLike) -> Scores:
    """Compute precision, recall and F1 (0 where undefined) of each digit from a confusion matrix.

    Raises:
        ValueError: the matrix has another shape.
    """
    counts = np.asarray(confusion, dtype=np.int64)
    if counts.shape != (CLASSES, CLASSES):
        raise ValueError(f"A confusion matrix has the shape (10, 10), not {counts.shape}.")
    correct, labelled, predicted = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    return Scores(
        precision=_share(correct, predicted),
        recall=_share(correct, labelled),
        f1=_share(2 * correct, labelled + predicted),
        images=labelled,
    )


def first_predictions(probabilities: ArrayLike, labels: ArrayLike, count: int) -> FirstPredictions:
    """Compare the first predictions; probabilities have the shape `(n, 10)`, labels `(n,)`.

    Raises:
        ValueError: there are fewer than `count`, or none is wanted.
    """
    chances, truth = np.asarray(probabilities)[:count], np.asarray(labels)[:count].astype(np.int64)
    if not 1 <= count == len(chances) == len(truth):
        raise ValueError(f"There are not {count} predictions with their labels.")
    predictions = chances.argmax(axis=1)
    agrees = predictions == truth
    return FirstPredictions(
        predictions, truth, agrees, share=float(agrees.mean()), argmin=int(agrees.argmin())
    )


def _share(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(part / np.maximum(whole, 1))
