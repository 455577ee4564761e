"""How doubtful is each label? Every training image, judged by a network that never saw it.

`scripts/make_doubt.py` trained five networks, each on four fifths of the training set, and let
each read the fifth that it had not seen. The less such a network believes the label, the more
doubtful it is. (After Northcutt, Jiang and Chuang, "Confident Learning", with the plainest score.)
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES, Digits

FILE = Path(__file__).parent / "doubt.npz"


@dataclass(frozen=True, eq=False)
class Doubt:
    """What networks said of images that they had not learned from.

    Attributes:
        given: float32 of shape `(n,)`: the probability of the label, 0..1.
        other: uint8 of shape `(n,)`: the likeliest digit besides the label.
        other_given: float32 of shape `(n,)`: the probability of that one.
    """

    given: NDArray[np.float32]
    other: NDArray[np.uint8]
    other_given: NDArray[np.float32]

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """All elements, the most doubtful first; equals in file order."""
        return np.argsort(self.given, kind="stable").astype(np.int64)

    @cached_property
    def _ranks(self) -> NDArray[np.int64]:
        ranks = np.empty(len(self.order), np.int64)
        ranks[self.order] = np.arange(1, len(self.order) + 1)
        return ranks

    @property
    def disputed(self) -> int:
        """How many images were read as another digit than their label."""
        return int((self.other_given > self.given).sum())

    def rank(self, element: int) -> int:
        """1 for the most doubtful label of all.

        Raises:
            ValueError: there is no such element.
        """
        if not 0 <= element < len(self.given):
            raise ValueError(f"There is no element {element} among {len(self.given):,}.")
        return int(self._ranks[element])

    def most_doubtful(
        self, digits: Digits, label: int | None = None, count: int | None = None
    ) -> NDArray[np.int64]:
        """The most doubtful elements first.

        Args:
            digits: the training set.
            label: only those with this label.
            count: at most so many.
        """
        order = self.order if label is None else self.order[digits.labels[self.order] == label]
        return order[:count]

    def save(self, path: Path) -> None:
        """Write it as `load` reads it."""
        np.savez_compressed(path, given=self.given, other=self.other, other_given=self.other_given)


def from_answers(probabilities: ArrayLike, labels: ArrayLike) -> Doubt:
    """Compare what networks said with the labels.

    Args:
        probabilities: shape `(n, 10)`.
        labels: whole numbers of shape `(n,)`, 0 to 9.

    Raises:
        ValueError: the arrays do not fit each other.
    """
    chances, truth = np.array(probabilities, np.float32), np.asarray(labels).astype(np.int64)
    if chances.ndim != 2 or chances.shape != (len(truth), CLASSES):
        raise ValueError(f"{len(truth)} labels need answers of shape ({len(truth)}, {CLASSES}).")
    rows = np.arange(len(truth))
    given = chances[rows, truth]
    chances[rows, truth] = -1.0
    other = chances.argmax(axis=1)
    return _read_only(Doubt(given, other.astype(np.uint8), chances[rows, other]))


def load(path: Path = FILE) -> Doubt:
    """What came with the app, for the 60,000 training images in file order."""
    with np.load(path, allow_pickle=False) as archive:
        return _read_only(Doubt(archive["given"], archive["other"], archive["other_given"]))


def _read_only(doubt: Doubt) -> Doubt:
    for array in (doubt.given, doubt.other, doubt.other_given):
        array.setflags(write=False)
    return doubt
