"""How much of the server's memory pages may keep: photos that were sent, and pages that sleep.

A page that lost its connection is kept by Streamlit for two minutes, 128 of them; a small machine
keeps fewer. Photos stay until another takes their place, or the page is gone.
"""

import gc
import threading
import time
from functools import cache, wraps
from typing import Any

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from mnist_core.system import machine, server_settings

_MEGABYTE = 1_000_000
_PAGES_WORTH = 20
_SHARE_OF_MEMORY = 0.1
_LOOK_SECONDS = 60.0
_MOST_ASLEEP = 128


@cache
def keep_small() -> None:
    """See to it that pages keep no more than they may; once a process."""
    add = MemoryUploadedFileManager.add_file

    @wraps(add)
    def add_file(self: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        make_room(self, session_id, len(file.data))
        add(self, session_id, file)

    MemoryUploadedFileManager.add_file = add_file  # type: ignore[method-assign]
    # Streamlit has no public way to them. A page in a test has none.
    manager: Any = getattr(runtime.get_instance(), "_session_mgr", None)
    if manager is not None:
        manager._session_storage._cache._maxsize = most_asleep()
        threading.Thread(target=_let_go, args=(manager,), daemon=True).start()


def make_room(files: MemoryUploadedFileManager, session_id: str, needed: int) -> None:
    """Forget photos until so many more bytes fit: the page's own oldest, then of who has most."""
    most = server_settings.session_mb() * _MEGABYTE
    _forget_until(files, {session_id}, most - needed)
    everybody = min(_PAGES_WORTH * most, int(_SHARE_OF_MEMORY * machine.here().memory_mb * 1e6))
    _forget_until(files, set(), max(most, everybody) - needed)


def most_asleep() -> int:
    """How many pages without a connection are kept."""
    return max(10, min(_MOST_ASLEEP, server_settings.max_sessions() // 2))


def _forget_until(files: MemoryUploadedFileManager, only: set[str], allowed: int) -> None:
    """Forget files, of these sessions or of all, until those that are left take so few bytes."""
    while True:
        held = {
            session: list(stored.values())
            for session, stored in list(files.file_storage.items())
            if stored and (not only or session in only)
        }
        sizes = {
            session: sum(len(file.data) for file in stored) for session, stored in held.items()
        }
        if not sizes or sum(sizes.values()) <= max(0, allowed):
            return
        largest = max(sizes, key=sizes.__getitem__)
        files.remove_file(largest, held[largest][0].file_id)


def _let_go(manager: Any) -> None:
    """Remove pages whose time is over: Streamlit does so only when another falls asleep."""
    asleep = manager._session_storage._cache
    while True:
        time.sleep(_LOOK_SECONDS)
        with manager._storage_lock:
            before = len(asleep._data)
            # Asking how many there are removes those whose time is over.
            is_less = len(asleep) < before
        if is_less:
            # A page is a circle of objects, which only the collector finds.
            gc.collect()
