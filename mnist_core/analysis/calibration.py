"""How sure, how right? Whether a network's confidence means what it says."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

BINS = 15

# A float32 probability of 0 was too small to be stored; its logarithm would be infinite.
_SMALLEST = 1e-38


@dataclass(frozen=True, eq=False)
class Reliability:
    """Images sorted into bins by how sure the network was of its answer.

    Attributes:
        counts: int64 of shape `(bins,)`: images in each bin, which holds its upper edge.
        confidence: float64 of shape `(bins,)`: the mean confidence; NaN if empty.
        accuracy: float64 of shape `(bins,)`: the share correct; NaN if empty.
        error: the expected calibration error: the mean distance between the two, by images.
    """

    counts: NDArray[np.int64]
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    error: float


def reliability(probabilities: ArrayLike, labels: ArrayLike, *, bins: int = BINS) -> Reliability:
    """Compare how sure a network was with how often it was correct, in bins of equal width.

    The probabilities have the shape `(n, 10)`, with at least one row, and the labels `(n,)`.
    """
    chances, truth = np.asarray(probabilities, np.float64), np.asarray(labels)
    surest = chances.max(axis=1)
    correct = chances.argmax(axis=1) == truth
    edges = np.linspace(0.0, 1.0, bins + 1)
    bin_of = np.searchsorted(edges[1:-1], surest)
    counts = np.bincount(bin_of, minlength=bins)
    sums = (np.bincount(bin_of, values, minlength=bins) for values in (surest, correct))
    with np.errstate(invalid="ignore"):
        confidence, accuracy = (total / counts for total in sums)
    distances = np.abs(accuracy - confidence)[counts > 0]
    error = float((distances * counts[counts > 0]).sum() / len(truth))
    return Reliability(counts.astype(np.int64), confidence, accuracy, error)


def with_temperature(probabilities: ArrayLike, temperature: float) -> NDArray[np.float64]:
    """The probabilities `(n, 10)` if the network's logits were divided by a temperature.

    Above 1 the network becomes less sure, below 1 surer; its answers stay the same.

    Raises:
        ValueError: the temperature is not above 0.
    """
    if not temperature > 0:
        raise ValueError("A temperature must be above 0.")
    return _softmax(_logits(probabilities) / temperature)


def selective_accuracy(probabilities: ArrayLike, labels: ArrayLike) -> NDArray[np.float64]:
    """The accuracy of a network that says "I don't know" where it is least sure.

    The probabilities have the shape `(n, 10)`, and the labels `(n,)`. Element `k` of the result,
    shape `(n,)`, is the accuracy on the others if it abstains on `k` images.
    """
    chances = np.asarray(probabilities)
    correct = chances.argmax(axis=1) == np.asarray(labels)
    surest_first = np.argsort(-chances.max(axis=1), kind="stable")
    answered = np.arange(1, len(correct) + 1)
    return (np.cumsum(correct[surest_first]) / answered)[::-1]


def _logits(probabilities: ArrayLike) -> NDArray[np.float64]:
    """The logits of each row, up to a constant."""
    logits: NDArray[np.float64] = np.log(np.maximum(np.asarray(probabilities, float), _SMALLEST))
    return logits


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return shares
