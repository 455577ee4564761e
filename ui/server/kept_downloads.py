"""What a page offers to download is there when the browser comes for it."""

import time
from functools import cache, wraps
from pathlib import PurePosixPath

from streamlit.runtime.media_file_manager import MediaFileManager

KEPT_SECONDS = 30.0
"""How long a file, and what makes one, outlives the page that offered it, in seconds."""

# Takes the place of a visitor's session where Streamlit notes who needs which file.
_NOBODY = "kept downloads"


@cache
def keep_for_a_while() -> None:
    """Have files to download, and what makes them at a click, kept half a minute; once a process.

    At the end of each run of any visitor, Streamlit 1.67 forgets what no page offers at the moment.
    A page that is just being made anew offers nothing, and a file that was made at a click is
    offered by none: it is gone after two such runs. Thirty people in a class have twenty a second,
    and a browser on bad Wi-Fi that came for its file was told that there is none (404).
    """
    add, add_deferred = MediaFileManager.add, MediaFileManager.add_deferred
    execute, remove = MediaFileManager.execute_deferred, MediaFileManager.remove_orphaned_files
    kept_until: dict[str, float] = {}

    def keep(manager: MediaFileManager, file_id: str) -> None:
        with manager._lock:
            kept_until[file_id] = time.monotonic() + KEPT_SECONDS
            manager._files_by_session_and_coord[_NOBODY][file_id] = file_id

    @wraps(add)
    def add_and_keep(self: MediaFileManager, *what: object, **how: object) -> str:
        url = add(self, *what, **how)  # type: ignore[arg-type]
        if how.get("is_for_static_download"):
            keep(self, PurePosixPath(url).stem)
        return url

    @wraps(add_deferred)
    def add_deferred_and_keep(self: MediaFileManager, *what: object, **how: object) -> str:
        file_id = add_deferred(self, *what, **how)  # type: ignore[arg-type]
        keep(self, file_id)
        return file_id

    @wraps(execute)
    def execute_and_keep(self: MediaFileManager, file_id: str) -> str:
        url = execute(self, file_id)
        keep(self, PurePosixPath(url).stem)
        return url

    @wraps(remove)
    def remove_but_kept(self: MediaFileManager) -> None:
        with self._lock:
            now, kept = time.monotonic(), self._files_by_session_and_coord[_NOBODY]
            for file_id in [file_id for file_id in kept if kept_until[file_id] < now]:
                del kept[file_id], kept_until[file_id]
        remove(self)

    MediaFileManager.add = add_and_keep  # type: ignore[method-assign]
    MediaFileManager.add_deferred = add_deferred_and_keep  # type: ignore[method-assign]
    MediaFileManager.execute_deferred = execute_and_keep  # type: ignore[method-assign]
    MediaFileManager.remove_orphaned_files = remove_but_kept  # type: ignore[method-assign]
