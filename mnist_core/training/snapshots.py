"""A network at the end of an epoch, on disk: for people who watch it learn.

A file is NumPy's `.npz`, sealed: for damaged bytes, zipfile, zlib and NumPy raise a dozen errors.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The network at the end of an epoch.

    Attributes:
        epoch: the epoch that ended.
        probabilities: what it says of the test images, float32 `(n, 10)`.
        first_weights: of its first layer that has any, float32: `(784, units)` of a dense layer,
            `(size, size, 1, filters)` of a convolution; None where there is no such layer.
    """

    epoch: int
    probabilities: NDArray[np.float32]
    first_weights: NDArray[np.float32] | None


def write(path: Path, snapshot: Snapshot) -> None:
    """Put a snapshot in place of the one before.

    Raises:
        OSError: the disk is full.
    """
    # To look at, half the digits are enough.
    arrays: dict[str, Any] = {"probabilities": snapshot.probabilities.astype(np.float16)}
    if snapshot.first_weights is not None:
        arrays["first_weights"] = snapshot.first_weights.astype(np.float16)
    data = BytesIO()
    np.savez(data, epoch=snapshot.epoch, **arrays)
    atomic_file.write(path, atomic_file.with_checksum(data.getvalue()))


def read(path: Path) -> Snapshot | None:
    """The snapshot in a file of our own; None where there is none, or none that can be read."""
    try:
        data = atomic_file.without_checksum(path.read_bytes())
    except (OSError, Damaged):
        return None
    # From here on the bytes are our own.
    with np.load(BytesIO(data), allow_pickle=False) as file:
        weights = file["first_weights"].astype(np.float32) if "first_weights" in file else None
        return Snapshot(int(file["epoch"]), file["probabilities"].astype(np.float32), weights)
