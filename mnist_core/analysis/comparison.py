"""Which network makes which mistakes? Several networks' answers to the same images."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Comparison:
    """Where two networks differ; all are int64 arrays of positions, ascending.

    Attributes:
        fixed: only the first is wrong.
        broken: only the second is wrong.
        both: both are wrong, though their answers may differ.
    """

    fixed: NDArray[np.int64]
    broken: NDArray[np.int64]
    both: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RankedNetwork:
    """A network in the ranking, compared with the one before.

    Attributes:
        name: the network.
        mistakes: how many it makes.
        change: against the network before; None for the first.
    """

    name: str
    mistakes: int
    change: Comparison | None


def compare(first: ArrayLike, second: ArrayLike, labels: ArrayLike) -> Comparison:
    """Compare two networks' predictions.

    Args:
        first: digits of shape `(n,)`.
        second: digits of shape `(n,)`.
        labels: digits of shape `(n,)`.

    Raises:
        ValueError: the shapes differ.
    """
    first_wrong, second_wrong = _mistakes([first, second], labels)
    return Comparison(
        fixed=np.flatnonzero(first_wrong & ~second_wrong),
        broken=np.flatnonzero(~first_wrong & second_wrong),
        both=np.flatnonzero(first_wrong & second_wrong),
    )


def hardness(predictions: ArrayLike, labels: ArrayLike) -> NDArray[np.int64]:
    """How many networks fail on each image, int64 of shape `(n,)`.

    Args:
        predictions: digits of shape `(networks, n)`.
        labels: digits of shape `(n,)`.

    Raises:
        ValueError: the shapes do not fit.
    """
    failures: NDArray[np.int64] = _mistakes(predictions, labels).sum(axis=0, dtype=np.int64)
    return failures


def rank_by_mistakes(
    predictions: Mapping[str, ArrayLike], labels: ArrayLike
) -> tuple[RankedNetwork, ...]:
    """Rank the networks from most mistakes to fewest, each compared with the one before.

    Args:
        predictions: each network's digits, of shape `(n,)`.
        labels: digits of shape `(n,)`.
    """
    truth = np.asarray(labels)
    mistakes = {name: int((np.asarray(one) != truth).sum()) for name, one in predictions.items()}
    order = sorted(mistakes, key=lambda name: (-mistakes[name], name))
    changes = [None] + [
        compare(predictions[worse], predictions[better], truth) for worse, better in pairwise(order)
    ]
    return tuple(
        RankedNetwork(name, mistakes[name], change)
        for name, change in zip(order, changes, strict=True)
    )


def _mistakes(predictions: Any, labels: ArrayLike) -> NDArray[np.bool_]:
    """Where each network is wrong, bool of shape `(networks, n)`."""
    predicted, truth = np.asarray(predictions), np.asarray(labels)
    if predicted.ndim != 2 or truth.shape != predicted.shape[1:]:
        raise ValueError(
            f"Predictions of shape {predicted.shape} do not fit labels of shape {truth.shape}."
        )
    return np.asarray(predicted != truth)
