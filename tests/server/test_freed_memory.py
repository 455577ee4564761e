"""Freed memory goes back to the machine."""

import sys
import threading

import psutil
import pytest

from ui.server import freed_memory

BLOCKS = 2_000


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps it, and gives it back")
def test_what_a_thread_has_freed_is_given_back() -> None:
    if freed_memory._function("malloc_trim") is None:
        pytest.skip("another C library")
    process = psutil.Process()

    def use() -> None:
        # Too small for a mapping of their own; the last one keeps the others from being trimmed.
        blocks = [bytearray(20_000) for _ in range(BLOCKS)]
        kept.append(blocks[-1])

    kept: list[bytearray] = []
    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    before = process.memory_info().rss
    freed_memory.give_back()
    assert before - process.memory_info().rss > BLOCKS * 20_000 / 2
