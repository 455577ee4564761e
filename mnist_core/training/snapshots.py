"""Snapshots: a network's answers and first weights after an epoch, for people who watch it learn.

A file is NumPy's `.npz` after its SHA-256.
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
        probabilities: its answers to the test images, float32 `(n, 10)`.
        first_weights: of the first layer that has any, float32: `(784, units)` of a dense layer,
            `(size, size, 1, filters)` of a convolution; None if there is no such layer.
    """

    epoch: int
    probabilities: NDArray[np.float32]
    first_weights: NDArray[np.float32] | None


def write(path: Path, snapshot: Snapshot) -> None:
    """Replace the previous snapshot.

    Raises:
        OSError: the disk is full.
    """
    # Half the precision is enough to look at.
    arrays: dict[str, Any] = {"probabilities": snapshot.probabilities.astype(np.float16)}
    if snapshot.first_weights is not None:
        arrays["first_weights"] = snapshot.first_weights.astype(np.float16)
    data = BytesIO()
    np.savez(data, epoch=snapshot.epoch, **arrays)
    atomic_file.write(path, atomic_file.with_checksum(data.getvalue()))


def read(path: Path) -> Snapshot | None:
    """The snapshot in a file; None if there is none or a damaged one."""
    try:
        data = atomic_file.without_checksum(path.read_bytes())
    except (OSError, Damaged):
        return None
    # The digest fits, so the bytes are our own.
    with np.load(BytesIO(data), allow_pickle=False) as file:
        weights = file["first_weights"].astype(np.float32) if "first_weights" in file else None
        return Snapshot(int(file["epoch"]), file["probabilities"].astype(np.float32), weights)
