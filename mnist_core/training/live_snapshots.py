"""Live snapshots: small looks at a network several times within an epoch, for people who watch.

A full snapshot (`snapshots`) takes an epoch's end; a live one costs a few hundredths of a second.
A file is NumPy's `.npz` after its SHA-256.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.data import dataset
from mnist_core.data.dataset import SIDE, Digits
from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged

HARD_DIGITS = (3818, 3906, 1224, 381, 247, 340, 2118, 1039, 2896, 2129)
"""Test images from 0 to 9 that some networks read and some do not."""

SAMPLE_IMAGES = 500
"""How many test images the accuracy is measured on, at most."""

MOST_WEIGHTS = 16
"""How many neurons or filters of the first layer a live snapshot has, at most."""

_SHARE = 0.02
_SHORTEST_PAUSE_SECONDS = 0.3
# A training of an hour need not have more of them than one can watch.
_PER_AGE = 400


@dataclass(frozen=True, eq=False)
class LiveSnapshot:
    """The network at some moment of a training.

    Attributes:
        number: 1 for the training's first.
        epochs: how much it had learned: 1.5 in the middle of the second epoch.
        accuracy: on a sample of the test images, or on all of them at an epoch's end, 0..1.
        probabilities: its answers to the watched images, float32 `(n, 10)`.
        first_weights: as in `snapshots.Snapshot`, of at most `MOST_WEIGHTS` neurons or filters.
    """

    number: int
    epochs: float
    accuracy: float
    probabilities: NDArray[np.float32]
    first_weights: NDArray[np.float32] | None


class Pace:
    """Decides when the next live snapshot is due, so that all of them cost a small share.

    Args:
        clock: seconds, monotonic.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._began = clock, clock()
        self._due = -math.inf
        self.taken = 0
        """How many there were."""

    @property
    def is_due(self) -> bool:
        """Whether it is time for one."""
        return self._clock() >= self._due

    def took(self, seconds: float) -> None:
        """Note that one has just been taken in so many seconds."""
        self.taken += 1
        now = self._clock()
        # The first one builds the graph, which the end of the epoch would have had to do anyway.
        share = seconds / _SHARE if self.taken > 1 else 0.0
        self._due = now + max(_SHORTEST_PAUSE_SECONDS, share, (now - self._began) / _PER_AGE)


def sample(test: Digits) -> slice:
    """Evenly chosen test images, `SAMPLE_IMAGES` or a few less."""
    return slice(None, None, max(1, -(-len(test) // SAMPLE_IMAGES)))


def hard_images() -> NDArray[np.uint8]:
    """The images of `HARD_DIGITS`, uint8 `(10, 28, 28)`."""
    return dataset.load("test").images[list(HARD_DIGITS)]


def no_images() -> NDArray[np.uint8]:
    """No image to watch, uint8 `(0, 28, 28)`."""
    return np.zeros((0, SIDE, SIDE), np.uint8)


def write(path: Path, snapshot: LiveSnapshot) -> None:
    """Replace the previous live snapshot.

    Raises:
        OSError: the disk is full.
    """
    arrays: dict[str, Any] = {"probabilities": snapshot.probabilities.astype(np.float16)}
    if snapshot.first_weights is not None:
        arrays["first_weights"] = snapshot.first_weights.astype(np.float16)
    figures = [snapshot.number, snapshot.epochs, snapshot.accuracy]
    data = BytesIO()
    np.savez(data, figures=figures, **arrays)
    atomic_file.write(path, atomic_file.with_checksum(data.getvalue()))


def read(path: Path) -> LiveSnapshot | None:
    """The live snapshot in a file; None if there is none or a damaged one.

    It is the same object as long as the file is: many look at it, several times a second.
    """
    try:
        file = path.stat()
    except OSError:
        return None
    return _read(path, file.st_ino, file.st_mtime_ns, file.st_size)


@lru_cache(maxsize=64)
def _read(path: Path, *_version: int) -> LiveSnapshot | None:
    try:
        data = atomic_file.without_checksum(path.read_bytes())
    except (OSError, Damaged):
        return None
    # The digest fits, so the bytes are our own.
    with np.load(BytesIO(data), allow_pickle=False) as file:
        number, epochs, accuracy = file["figures"].tolist()
        weights = file["first_weights"].astype(np.float32) if "first_weights" in file else None
        said = file["probabilities"].astype(np.float32)
    return LiveSnapshot(int(number), epochs, accuracy, said, weights)
