"""How far a hand is from the people who wrote MNIST's digits.

For each digit, the most similar training digit of the same label is looked for, pixel by pixel. How
far that is away is divided by how far MNIST's own test digits of this label are from the training
digits, on average. The mean over somebody's digits is the distance of the hand: 1 is as far as new
digits of MNIST. MNIST does not say who wrote a test digit, so sets of ten of them, one of each, by
different people, show how much the mean varies by chance (`scripts/make_hand_reference.py`).
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES

FILE = Path(__file__).with_suffix(".json")
FEWEST_DIGITS = 5
"""Of somebody whose hand is compared: fewer say little."""


class HandReference(msgspec.Struct, frozen=True):
    """MNIST's own digits, measured.

    Attributes:
        means: of each label, how far a test digit is from its nearest training digit, on average:
            the square root of the summed squares of the differences of pixels of 0..1.
        low: 95 in 100 sets of ten test digits are at least as far as this, and at most as `high`
            (95% lie between both).
        high: see `low`.
        typical: of each label, the training image that is nearest to the label's mean image.
    """

    means: tuple[float, ...]
    low: float
    high: float
    typical: tuple[int, ...]


@dataclass(frozen=True)
class HandDistance:
    """How far somebody's hand is from MNIST.

    Attributes:
        person: whose.
        ratio: 1 is as far as new digits of MNIST.
        positions: of the digits, among those of all.
    """

    person: int
    ratio: float
    positions: tuple[int, ...]


def load(path: Path = FILE) -> HandReference:
    """The figures that came with the app."""
    return msgspec.json.decode(path.read_bytes(), type=HandReference)


def nearest(
    images: NDArray[np.uint8],
    labels: ArrayLike,
    train_images: NDArray[np.uint8],
    train_labels: NDArray[np.uint8],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The most similar training digit of the same label, for each of several digits.

    Args:
        images: uint8 `(n, 28, 28)`.
        labels: `(n,)`.
        train_images: uint8 `(m, 28, 28)`, with all labels.
        train_labels: `(m,)`.

    Returns:
        The distances, float64 `(n,)`, as of `HandReference.means`, and the numbers of the
        training digits, int64 `(n,)`.
    """
    wanted = np.asarray(labels)
    distances, elements = np.zeros(len(wanted)), np.zeros(len(wanted), np.int64)
    for label in np.unique(wanted):
        mine = np.flatnonzero(wanted == label)
        same = np.flatnonzero(train_labels == label)
        points = images[mine].reshape(len(mine), -1).astype(np.float32) / 255
        rows = train_images[same].reshape(len(same), -1).astype(np.float32) / 255
        # What is left out, the points' own squares, is the same for all rows.
        squares = (rows**2).sum(axis=1) - 2 * (points @ rows.T)
        closest = squares.argmin(axis=1)
        elements[mine] = same[closest]
        differences = rows[closest].astype(np.float64) - points
        distances[mine] = np.sqrt((differences**2).sum(axis=1))
    return distances, elements


def hands(
    distances: ArrayLike, labels: ArrayLike, people: ArrayLike, reference: HandReference
) -> tuple[HandDistance, ...]:
    """Everybody with at least `FEWEST_DIGITS` digits, whose hand is furthest from MNIST first.

    Args:
        distances: from `nearest`, `(n,)`.
        labels: `(n,)`.
        people: who wrote them, `(n,)`.
        reference: of MNIST's own digits.
    """
    ratios = ratios_of(distances, labels, reference)
    writers = np.asarray(people)
    found = [
        HandDistance(int(person), float(ratios[own].mean()), tuple(np.flatnonzero(own).tolist()))
        for person in np.unique(writers)
        if (own := writers == person).sum() >= FEWEST_DIGITS
    ]
    return tuple(sorted(found, key=lambda one: (-one.ratio, one.person)))


def ratios_of(
    distances: ArrayLike, labels: ArrayLike, reference: HandReference
) -> NDArray[np.float64]:
    """Distances of digits, divided by the average of MNIST's own of the same label: `(n,)`."""
    means = np.array(reference.means)
    assert means.shape == (CLASSES,)
    return np.asarray(np.asarray(distances) / means[np.asarray(labels)])
