"""Importing TensorFlow in half the time, in a process that is there to train."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

# Keras imports them if they are there, for what nobody here uses. That is a third of the time.
_NOT_NEEDED = ("pandas", "sklearn")


def prepare_process() -> None:
    """Have TensorFlow print little, and Keras do without what it does not need here."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
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
