"""Memory that was used for a moment and that the C library keeps, given back to the machine.

Only where the C library is glibc, as on most Linuxes; elsewhere nothing happens.
"""

import ctypes
import sys
from functools import cache
from typing import Any

# Of glibc's malloc.h
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
# Larger blocks are mapped, each by itself, and leave nothing behind. Below, they are used again:
# the search for similar digits needs 1.5 MB, measuring the shape of all test digits 7.8 MB, over
# and over. Both are as quick as with glibc's own settings; with 4 MB, the latter takes longer.
_MAPPED_FROM = 8_000_000
# What may stay free at the end of an arena. By itself glibc lets it grow to twice the largest block
# that was ever freed, up to 64 MB.
_MOST_KEPT = 8_000_000
# Threads share them: nearly all work is done by one thread at a time, which holds Python's lock.
_ARENAS = 2


def keep_less() -> None:
    """Have the C library keep less of what is freed, from now on. Best before threads start."""
    if (set_option := _function("mallopt")) is not None:
        set_option(_ARENA_MAX, _ARENAS)
        set_option(_MMAP_THRESHOLD, _MAPPED_FROM)
        set_option(_TRIM_THRESHOLD, _MOST_KEPT)


def give_back() -> None:
    """Give freed memory back to the machine, also from between what is in use.

    It takes about a millisecond.
    """
    if (trim := _function("malloc_trim")) is not None:
        trim(0)


@cache
def _function(name: str) -> Any:
    if not sys.platform.startswith("linux"):
        return None
    # Alpine's C library has neither.
    return getattr(ctypes.CDLL(None), name, None)
