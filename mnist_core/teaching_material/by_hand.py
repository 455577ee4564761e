"""The arithmetic of the worksheets, so that no solution is typed."""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray


def neuron(inputs: ArrayLike, weights: ArrayLike, bias: float) -> float:
    """A neuron's weighted sum, before ReLU: inputs and weights of one shape."""
    return float(np.sum(np.multiply(inputs, weights)) + bias)


def relu(values: ArrayLike) -> NDArray[np.float64]:
    """Whatever is negative becomes 0."""
    return np.maximum(np.asarray(values, np.float64), 0)


def convolution(image: ArrayLike, kernel: ArrayLike) -> NDArray[np.float64]:
    """What a kernel finds at each place where it fits: as networks do it, the kernel not turned.

    Args:
        image: `(h, w)`.
        kernel: `(k, k)`.

    Returns:
        float64 `(h - k + 1, w - k + 1)`.
    """
    pattern = np.asarray(kernel, np.float64)
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(image), pattern.shape)
    found: NDArray[np.float64] = np.einsum("ijkl,kl->ij", windows, pattern)
    return found


def softmax(scores: ArrayLike) -> NDArray[np.float64]:
    """Scores of any size as shares of 1."""
    powers = np.exp(np.asarray(scores, np.float64))
    return np.asarray(powers / powers.sum())


def confusion(labels: ArrayLike, read: ArrayLike, digits: ArrayLike) -> NDArray[np.int64]:
    """How often a digit (row) was read as another (column): int `(n, n)`."""
    rows, columns = np.asarray(digits)[:, np.newaxis], np.asarray(digits)[np.newaxis]
    is_row = np.asarray(labels)[:, np.newaxis, np.newaxis] == rows
    is_column = np.asarray(read)[:, np.newaxis, np.newaxis] == columns
    return np.asarray((is_row & is_column).sum(axis=0), np.int64)


def margin(count: int) -> float:
    """By how much an accuracy on so many digits may be off, at most, in 95 of 100 cases: 0..1.

    The rule of thumb for the 95% interval of a share: 2 standard deviations of a share of one half.
    """
    return 1 / sqrt(count)


def points(picture: str, pattern: str) -> int:
    """How well a picture fits a pattern: 1 for each "#" on a "+", 1 less for each on a "-"."""
    value = {"+": 1, "-": -1}
    pairs = zip(picture, pattern, strict=True)
    return sum(value.get(wanted, 0) for square, wanted in pairs if square == "#")
