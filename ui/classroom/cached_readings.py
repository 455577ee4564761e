"""What networks say to a class's digits, and how far these are from MNIST: each worked out once.

Only networks that come with the app are asked. Ten of them read 300 digits in 0.9 s of processor
time, so what has come is read in the background while the class still writes (`read_ahead`).
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cache, partial
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from mnist_core.models import store
from mnist_core.models.store import BrokenModel
from ui.shell import cached
from ui.shell.prefetch import prefetch

# Two rooms of sixty people with ten networks each; some 100 bytes an answer.
_MOST = 15_000
_BATCH = 20
"""So many new digits are worth opening ten networks for, before anybody asks."""

Digits = NDArray[np.int64]
Images = NDArray[np.uint8]


class WorkedOut:
    """Numbers worked out for images, those used last; safe to share between threads."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, bytes], tuple[float, ...]] = OrderedDict()

    def missing(self, about: str, keys: Sequence[bytes]) -> list[int]:
        """The positions of those that are not known yet."""
        with self._lock:
            return [n for n, one in enumerate(keys) if (about, one) not in self._known]

    def get(
        self,
        about: str,
        keys: Sequence[bytes],
        work_out: Callable[[list[int]], Sequence[tuple[float, ...]]],
    ) -> list[tuple[float, ...]]:
        """The numbers for these keys; `work_out` gets the positions of those that are new."""
        new = self.missing(about, keys)
        found = dict(zip(new, work_out(new), strict=True)) if new else {}
        with self._lock:
            for position, one in enumerate(keys):
                found.setdefault(position, self._known.get((about, one), ()))
                self._known[about, one] = found[position]
                self._known.move_to_end((about, one))
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        # What another thread has pushed out meanwhile.
        gone = [position for position in range(len(keys)) if not found[position]]
        if gone:
            found.update(zip(gone, work_out(gone), strict=True))
        return [found[position] for position in range(len(keys))]


@cache
def _known() -> WorkedOut:
    return WorkedOut()


def predictions(images: Images) -> dict[str, Digits]:
    """What each network that comes with the app says to images `(n, 28, 28)`: digits `(n,)`."""
    keys = _keys(images)
    found = {}
    for card in cached.cards():
        if not card.shipped:
            continue
        try:
            said = _known().get(card.name, keys, partial(_read, card.name, images))
        except (ValueError, BrokenModel):
            # Damaged: Mistakes says so.
            continue
        found[card.name] = np.array([one for (one,) in said], np.int64)
    return found


def read_ahead(code: str, images: Images) -> None:
    """Have the networks read in the background what has come, whenever twenty more have come.

    Args:
        code: of the room.
        images: all digits of the room, `(n, 28, 28)`.
    """
    batch = len(images) // _BATCH
    if batch and _read_last().get(code) != batch:
        _read_last()[code] = batch
        prefetch(predictions, images)


@cache
def _read_last() -> dict[str, int]:
    """How many batches of each room have been read ahead; a few bytes each."""
    return {}


def nearest(images: Images, labels: Digits) -> tuple[NDArray[np.float64], Digits]:
    """See `hand_distance.nearest`: distances and the numbers of training digits."""
    from mnist_core.classroom import hand_distance

    keys = [bytes([label]) + key for label, key in zip(labels.tolist(), _keys(images), strict=True)]

    def work_out(new: list[int]) -> list[tuple[float, ...]]:
        train = cached.digits("train")
        found = hand_distance.nearest(images[new], labels[new], train.images, train.labels)
        return list(zip(*(one.tolist() for one in found), strict=True))

    both = np.array(_known().get("nearest", keys, work_out)).reshape(-1, 2)
    return both[:, 0], both[:, 1].astype(np.int64)


def _read(name: str, images: Images, chosen: list[int]) -> list[tuple[float, ...]]:
    # Not by way of `cached.predictor`: ten networks would push out those that people draw for.
    said = store.open_model(name).predict(images[chosen]).argmax(axis=1)
    return [(float(digit),) for digit in said]


def _keys(images: Images) -> list[bytes]:
    return [blake2b(one.tobytes(), digest_size=16).digest() for one in images]
