"""MNIST as it was published: 60,000 training and 10,000 test images of handwritten digits.

Source: Yann LeCun, Corinna Cortes and Christopher J.C. Burges, "The MNIST database of handwritten
digits". Licence: CC BY-SA 3.0. The bundled `data/mnist.npz` has the array names and contents of
the file that `keras.datasets.mnist` downloads.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SETS = ("train", "test")
SIDE = 28
BOX = 20
"""The longer side of a digit in its 28 x 28 pixels."""
CLASSES = 10
TRAINING_IMAGES = 60_000
TEST_IMAGES = 10_000
TRAINING_COUNTS = (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)
"""The number of training images labelled 0, 1, ... 9."""
TEST_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)
"""The number of test images labelled 0, 1, ... 9."""

_ARCHIVE = Path(__file__).parent / "mnist.npz"


@dataclass(frozen=True, eq=False)
class Digits:
    """Images of digits and their labels.

    Attributes:
        name: "train" or "test".
        images: uint8 array of shape `(n, 28, 28)`, 0 (paper) to 255 (ink); read-only.
        labels: uint8 array of shape `(n,)`, 0 to 9; read-only.
    """

    name: str
    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    def indices(self, label: int | None = None) -> NDArray[np.int64]:
        """The element numbers, in file order: all of them, or those with this label."""
        if label is None:
            return np.arange(len(self), dtype=np.int64)
        return np.flatnonzero(self.labels == label).astype(np.int64)


@cache
def load(name: str) -> Digits:
    """Read the "train" or the "test" set in file order, once in a process.

    Raises:
        ValueError: there is no set of that name.
    """
    if name not in SETS:
        raise ValueError(f"MNIST has no set called {name!r}; it has {' and '.join(SETS)}.")
    with np.load(_ARCHIVE, allow_pickle=False) as archive:
        images, labels = archive[f"x_{name}"], archive[f"y_{name}"]
    # Every visitor's session shares these arrays.
    images.setflags(write=False)
    labels.setflags(write=False)
    return Digits(name, images, labels)
