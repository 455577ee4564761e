"""Which network makes which mistakes? Several networks' answers to the same images."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Comparison:
    """Positions, int64 and ascending, that only the first of two networks misread ("fixed"), only
    the second ("broken"), or both.
    """

    fixed: NDArray[np.int64]
    broken: NDArray[np.int64]
    both: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RankedNetwork:
    """A network in a ranking; `change` compares it with the one before, if there is one."""

    name: str
    mistakes: int
    change: Comparison | None


def compare(first: ArrayLike, second: ArrayLike, labels: ArrayLike) -> Comparison:
    """Compare two networks' predictions; all three are digits of shape `(n,)`.

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
    """How many networks fail on each image: predictions `(networks, n)`, labels and result `(n,)`.

    Raises:
        ValueError: the shapes do not fit.
    """
    failures: NDArray[np.int64] = _mistakes(predictions, labels).sum(axis=0, dtype=np.int64)
    return failures


def rank_by_mistakes(
    predictions: Mapping[str, ArrayLike], labels: ArrayLike
) -> tuple[RankedNetwork, ...]:
    """Rank networks from most mistakes to fewest; predictions and labels are of shape `(n,)`."""
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
