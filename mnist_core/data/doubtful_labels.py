"""How doubtful is each training label? Judged by networks that never saw the image.

`scripts/make_doubtful_labels.py` trained five networks, each on four fifths of the training set,
and had each read the remaining fifth. The lower the probability of the label, the more doubtful it
is. (After Northcutt, Jiang and Chuang, "Confident Learning", with the simplest score.)
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import Digits

FILE = Path(__file__).parent / "doubtful_labels.npz"


@dataclass(frozen=True, eq=False)
class LabelDoubt:
    """What the networks thought of each label; read-only arrays.

    Attributes:
        label_probability: float32 of shape `(n,)`: the probability of the label, 0..1.
        alternative: uint8 of shape `(n,)`: the most probable other digit.
        alternative_probability: float32 of shape `(n,)`: its probability, 0..1.
    """

    label_probability: NDArray[np.float32]
    alternative: NDArray[np.uint8]
    alternative_probability: NDArray[np.float32]

    def __post_init__(self) -> None:
        for array in (self.label_probability, self.alternative, self.alternative_probability):
            array.setflags(write=False)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """All elements, the most doubtful first; ties in file order."""
        return np.argsort(self.label_probability, kind="stable").astype(np.int64)

    @property
    def disputed(self) -> int:
        """The number of images read as another digit than their label."""
        return int((self.alternative_probability > self.label_probability).sum())

    def rank(self, element: int) -> int:
        """1 for the most doubtful label.

        Raises:
            ValueError: there is no such element.
        """
        if not 0 <= element < len(self.order):
            raise ValueError(f"There is no element {element} among {len(self.order):,}.")
        return int(np.flatnonzero(self.order == element)[0]) + 1

    def most_doubtful(
        self, digits: Digits, label: int | None = None, count: int | None = None
    ) -> NDArray[np.int64]:
        """The most doubtful elements of the training set, of one label if it is given."""
        order = self.order if label is None else self.order[digits.labels[self.order] == label]
        return order[:count]


def load(path: Path = FILE) -> LabelDoubt:
    """Read the bundled file: the 60,000 training images in file order."""
    with np.load(path, allow_pickle=False) as archive:
        return LabelDoubt(archive["given"], archive["other"], archive["other_given"])
