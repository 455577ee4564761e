"""Memory that was used for a moment and that the C library keeps, given back to the machine."""

import ctypes
import sys
from functools import cache
from typing import Any


def give_back() -> None:
    """Give freed memory back to the machine, where the C library can: glibc, most Linuxes.

    It takes about a millisecond. Otherwise glibc keeps for each thread what it once needed, which
    after a visit to all pages is 20 MB and more. Its settings by which it would keep less at any
    time (`M_MMAP_THRESHOLD`) make the search for similar digits three times slower.
    """
    if (trim := _malloc_trim()) is not None:
        trim(0)


@cache
def _malloc_trim() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    # Alpine's C library has none.
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
