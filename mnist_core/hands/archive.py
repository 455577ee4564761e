"""A hand's drawings as the bytes of a small file, and back; what comes back is checked."""

from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from mnist_core.data.dataset import CLASSES, SIDE
from mnist_core.hands.score import PLACES, ROUNDS, Hand

LARGEST_BYTES = 100_000

# All that NumPy and zipfile raise over damaged files; a flipped bit may even ask for a password.
_DAMAGE = (OSError, ValueError, KeyError, EOFError, BadZipFile, RuntimeError)


class BrokenDrawings(ValueError):
    """The drawings are damaged; the message is a sentence for the visitor."""


def encode(drawn: Hand) -> bytes:
    """The drawings as an `.npz` file."""
    file = BytesIO()
    np.savez(
        file,
        images=drawn.images,
        labels=drawn.labels.astype(np.uint8),
        rounds=drawn.rounds.astype(np.uint8),
    )
    return file.getvalue()


def decode(data: bytes) -> Hand:
    """The drawings in these bytes.

    Raises:
        BrokenDrawings: they are not what `encode` wrote.
    """
    if len(data) > LARGEST_BYTES:
        raise BrokenDrawings("These drawings take far too much room to be a hand's.")
    try:
        with np.load(BytesIO(data), allow_pickle=False) as archive:
            images, labels, rounds = (archive[name] for name in ("images", "labels", "rounds"))
    except _DAMAGE as error:
        raise BrokenDrawings("The drawings are damaged.") from error
    count = len(labels) if isinstance(labels, np.ndarray) and labels.ndim == 1 else -1
    if not (
        0 <= count <= PLACES
        and _is_bytes(images, (count, SIDE, SIDE))
        and _is_bytes(labels, (count,))
        and _is_bytes(rounds, (count,))
        and (labels < CLASSES).all()
        and ((rounds >= 1) & (rounds <= ROUNDS)).all()
    ):
        raise BrokenDrawings("The drawings are damaged: they are no hand's digits.")
    return Hand(images, labels.astype(np.int64), rounds.astype(np.int64))


def _is_bytes(array: object, shape: tuple[int, ...]) -> bool:
    return isinstance(array, np.ndarray) and array.dtype == np.uint8 and array.shape == shape
