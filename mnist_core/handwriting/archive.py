"""Somebody's digits as the bytes of a small `.npz` file, and back, checked."""

from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from mnist_core.data.dataset import CLASSES, SIDE
from mnist_core.handwriting.score import ROUNDS, SHEET_SIZE, Handwriting

LARGEST_BYTES = 100_000
"""Of one person's drawings."""
MOST_OF_CLASS = 1_260
"""Drawings of a whole class: sixty people's sheets of twenty, and a few."""
_MORE_BYTES = 10_000

# All that NumPy and zipfile raise over damaged files; a flipped bit may even ask for a password.
_DAMAGE = (OSError, ValueError, KeyError, EOFError, BadZipFile, RuntimeError)


class BrokenDrawings(ValueError):
    """The drawings are damaged; the message is a sentence for the visitor."""


def encode(drawn: Handwriting) -> bytes:
    """The drawings as an `.npz` file."""
    file = BytesIO()
    labels, rounds = drawn.labels.astype(np.uint8), drawn.rounds.astype(np.uint8)
    np.savez(file, images=drawn.images, labels=labels, rounds=rounds)
    return file.getvalue()


def decode(data: bytes, most: int = SHEET_SIZE) -> Handwriting:
    """Read the drawings that `encode` wrote.

    Args:
        data: what it wrote.
        most: how many drawings there may be: one person's, or `MOST_OF_CLASS`.

    Raises:
        BrokenDrawings: these are other bytes.
    """
    if len(data) > max(LARGEST_BYTES, most * SIDE * SIDE + _MORE_BYTES):
        raise BrokenDrawings(f"This file is far too large to hold {most} drawings.")
    try:
        with np.load(BytesIO(data), allow_pickle=False) as archive:
            images, labels, rounds = (archive[name] for name in ("images", "labels", "rounds"))
    except _DAMAGE as error:
        raise BrokenDrawings("The saved drawings are damaged.") from error
    count = len(labels) if isinstance(labels, np.ndarray) and labels.ndim == 1 else -1
    if not (
        0 <= count <= most
        and _is_bytes(images, (count, SIDE, SIDE))
        and _is_bytes(labels, (count,))
        and _is_bytes(rounds, (count,))
        and (labels < CLASSES).all()
        and ((rounds >= 1) & (rounds <= ROUNDS)).all()
    ):
        raise BrokenDrawings("The saved drawings are damaged: these are not drawn digits.")
    return Handwriting(images, labels.astype(np.int64), rounds.astype(np.int64))


def _is_bytes(array: object, shape: tuple[int, ...]) -> bool:
    return isinstance(array, np.ndarray) and array.dtype == np.uint8 and array.shape == shape
