"""How much of what keeps a processor busy for a while is computed at once, for all visitors."""

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Literal

from mnist_core.system import machine

Work = Literal["robustness", "maps"]

BUSY = (
    "Others are having something computed at this moment. Yours follows in a few seconds, by "
    "itself."
)


@contextmanager
def place(work: Work, patience_seconds: float) -> Iterator[bool]:
    """Whether there was room within so many seconds; if so, it is taken until the block ends."""
    places = _places(work)
    has_place = places.acquire(timeout=patience_seconds)
    try:
        yield has_place
    finally:
        if has_place:
            places.release()


@lru_cache(maxsize=4)
def _places(work: str) -> threading.BoundedSemaphore:
    del work
    return threading.BoundedSemaphore(max(1, math.floor(machine.here().cores)))
