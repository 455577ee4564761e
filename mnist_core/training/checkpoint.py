"""Checkpoints: a training's state on disk, written atomically and checked when read.

A file holds the SHA-256 of the rest, the length of a JSON text, that text, and the arrays as NumPy
writes them.
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

from mnist_core.networks.settings import EpochFigures, RateChange
from mnist_core.system import atomic_file

MOST_TIME_SHARE = 0.02
"""Regular checkpoints take at most this share of a training's time."""

_MAGIC = b"digit-lab checkpoint 1\n"
_LENGTH = struct.Struct("<Q")


class BrokenCheckpoint(ValueError):
    """A file is not a checkpoint, or is damaged."""


@dataclass(frozen=True)
class Position:
    """How far a training is.

    Attributes:
        epoch: the current epoch, 1 for the first; one more than there are when all are over.
        step: updates of the weights so far in this epoch.
        images: images shown in it.
        loss_sum: their summed loss.
        right: how many of them were correct.
        history: the figures of the finished epochs.
        seconds: how long the training took so far, without pauses.
        epoch_seconds: how long this epoch took so far.
        total_steps: updates in all.
        rate_changes: when the learning rate was changed by hand.
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
    """What resumes a training: its position and `Engine.state`."""

    position: Position
    state: Sequence[NDArray[np.generic]]


def write(path: Path, checkpoint: Checkpoint) -> None:
    """Replace the previous checkpoint atomically.

    Raises:
        OSError: the disk is full; the previous one is still there.
    """
    atomic_file.write(path, encode(checkpoint), durable=True)


def read(path: Path) -> Checkpoint | None:
    """The checkpoint in a file; None if there is no file.

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
    """The checkpoint in a file; None if there is none or, with a warning in the log, a damaged one.

    A training that starts again comes to the same result.
    """
    try:
        return read(path)
    except BrokenCheckpoint as error:
        logging.getLogger(__name__).warning("training starts again: %s", error)
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
    """The checkpoint that `encode` made these bytes from.

    Raises:
        BrokenCheckpoint: they are none.
    """
    try:
        body = atomic_file.without_checksum(data.removeprefix(_MAGIC))
    except atomic_file.Damaged as error:
        raise BrokenCheckpoint("The checkpoint is damaged.") from error
    if not data.startswith(_MAGIC):
        raise BrokenCheckpoint("This is no checkpoint.")
    # The digest fits, so the bytes are our own.
    stream = BytesIO(body)
    (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
    position = msgspec.json.decode(stream.read(length), type=Position)
    (count,) = _LENGTH.unpack(stream.read(_LENGTH.size))
    return Checkpoint(position, [np.load(stream, allow_pickle=False) for _ in range(count)])
