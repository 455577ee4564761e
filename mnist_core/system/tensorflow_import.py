"""Importing TensorFlow in half the time, in a process that is there to train."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from types import ModuleType

from mnist_core.system import machine

# Keras imports them if they are there, for what nobody here uses. That is a third of the time.
_NOT_NEEDED = ("pandas", "sklearn")


def prepare_process() -> None:
    """Have TensorFlow print little, and Keras do without what it does not need here."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if (here := machine.here()).are_cores_limited:
        # It would start a thread for each processor, which then stop each other.
        os.environ.setdefault("TF_NUM_INTRAOP_THREADS", str(max(1, ceil(here.cores))))
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    for name in _NOT_NEEDED:
        # Python then says that there is no such module.
        modules.setdefault(name, None)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Import hundreds of thousands of objects, which all stay, without ever searching them."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
