"""Which mistakes are whose? What several networks said of the same images, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Comparison:
    """Where two networks part; all are int64 arrays of positions, ascending.

    Attributes:
        fixed: the first is wrong, the second right.
        broken: the first is right, the second wrong.
        both: both are wrong, not always in the same way.
    """

    fixed: NDArray[np.int64]
    broken: NDArray[np.int64]
    both: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RankedNetwork:
    """One network of the climb, compared with the one before.

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
        second: the same.
        labels: the same.

    Raises:
        ValueError: the shapes differ.
    """
    (one, other), truth = _checked([first, second], labels)
    first_wrong, second_wrong = one != truth, other != truth
    return Comparison(
        fixed=np.flatnonzero(first_wrong & ~second_wrong),
        broken=np.flatnonzero(~first_wrong & second_wrong),
        both=np.flatnonzero(first_wrong & second_wrong),
    )


def hardness(predictions: ArrayLike, labels: ArrayLike) -> NDArray[np.int64]:
    """How many networks fail on each image.

    Args:
        predictions: digits of shape `(networks, n)`.
        labels: digits of shape `(n,)`.

    Returns:
        Counts of shape `(n,)`, 0 to the number of networks.

    Raises:
        ValueError: the shapes do not fit.
    """
    said, truth = _checked(predictions, labels)
    failures: NDArray[np.int64] = (said != truth).sum(axis=0, dtype=np.int64)
    return failures


def rank_by_mistakes(
    predictions: Mapping[str, ArrayLike], labels: ArrayLike
) -> tuple[RankedNetwork, ...]:
    """The networks from the one with most mistakes to the best, each against the one before.

    Args:
        predictions: each network's digits, of shape `(n,)`.
        labels: digits of shape `(n,)`.
    """
    truth = np.asarray(labels)
    mistakes = {name: int((np.asarray(said) != truth).sum()) for name, said in predictions.items()}
    order = sorted(mistakes, key=lambda name: (-mistakes[name], name))
    changes = [None] + [
        compare(predictions[lower], predictions[upper], truth) for lower, upper in pairwise(order)
    ]
    return tuple(
        RankedNetwork(name, mistakes[name], change)
        for name, change in zip(order, changes, strict=True)
    )


def _checked(predictions: Any, labels: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    said, truth = np.asarray(predictions), np.asarray(labels)
    if said.ndim != 2 or truth.shape != said.shape[1:]:
        raise ValueError(
            f"Predictions of shape {said.shape} do not fit labels of shape {truth.shape}."
        )
    return said, truth
