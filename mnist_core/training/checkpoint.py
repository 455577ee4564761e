"""Where a training is, on disk: whole or not at all, and known to be whole.

A file holds the SHA-256 of the rest, the length of a JSON text, that text, and the arrays as NumPy
writes them. It is written beside its place, flushed to the disk, and renamed.
"""

import logging
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from mnist_core.networks.run_control import RateChange
from mnist_core.networks.settings import EpochFigures
from mnist_core.system import atomic_file

_MAGIC = b"digit-lab checkpoint 1\n"
_LENGTH = struct.Struct("<Q")


class BrokenCheckpoint(ValueError):
    """A file is no checkpoint, or not as it was written."""


@dataclass(frozen=True)
class Position:
    """How far a training is.

    Attributes:
        epoch: the epoch under way, 1 for the first; one more than there are when all are over.
        step: corrections of the weights made in this epoch.
        images: images seen in it.
        loss_sum: their summed loss.
        right: how many of them were read rightly.
        history: the figures of the epochs before.
        seconds: what training took so far, pauses left out.
        epoch_seconds: what this epoch took so far.
        total_steps: corrections made in all.
        rate_changes: when somebody changed the learning rate.
    """

    epoch: int
    step: int
    images: int
    loss_sum: float
    right: float
    history: tuple[EpochFigures, ...]
    seconds: float
    epoch_seconds: float
    total_steps: int
    rate_changes: tuple[RateChange, ...] = ()


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A training to go on with: how far it is, and `Engine.state`."""

    position: Position
    state: Sequence[NDArray[np.generic]]


def write(path: Path, checkpoint: Checkpoint) -> None:
    """Put a checkpoint in place of the one before; at any moment one of them is there.

    Raises:
        OSError: the disk is full; the one before is still there.
    """
    atomic_file.write(path, encode(checkpoint), durable=True)


def read(path: Path) -> Checkpoint | None:
    """The checkpoint in a file; None where there is no file.

    Raises:
        BrokenCheckpoint: it is damaged.
    """
    try:
        return decode(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BrokenCheckpoint("The checkpoint cannot be read.") from error


def read_or_none(path: Path) -> Checkpoint | None:
    """The checkpoint in a file; None where there is none, or a damaged one, which is logged.

    From the beginning a training comes to the same end, only later.
    """
    try:
        return read(path)
    except BrokenCheckpoint as error:
        logging.getLogger(__name__).warning("started again: %s", error)
        return None


def encode(checkpoint: Checkpoint) -> bytes:
    """The bytes of a checkpoint's file."""
    text = msgspec.json.encode(checkpoint.position)
    arrays = BytesIO()
    for array in checkpoint.state:
        np.save(arrays, array, allow_pickle=False)
    count = _LENGTH.pack(len(checkpoint.state))
    body = _LENGTH.pack(len(text)) + text + count + arrays.getvalue()
    return _MAGIC + atomic_file.with_checksum(body)


def decode(data: bytes) -> Checkpoint:
    """The checkpoint in these bytes.

    Raises:
        BrokenCheckpoint: they are not what `encode` gave.
    """
    try:
        body = atomic_file.without_checksum(data.removeprefix(_MAGIC))
    except atomic_file.Damaged as error:
        raise BrokenCheckpoint("The checkpoint is damaged.") from error
    if not data.startswith(_MAGIC):
        raise BrokenCheckpoint("This is no checkpoint.")
    # From here on the bytes are our own.
    length, body = _split(body, _LENGTH.size)
    text, body = _split(body, _LENGTH.unpack(length)[0])
    count, body = _split(body, _LENGTH.size)
    arrays = BytesIO(body)
    state = [np.load(arrays, allow_pickle=False) for _ in range(_LENGTH.unpack(count)[0])]
    return Checkpoint(msgspec.json.decode(text, type=Position), state)


def _split(data: bytes, length: int) -> tuple[bytes, bytes]:
    return data[:length], data[length:]
