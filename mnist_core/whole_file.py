"""Files that others read at any moment: the old one or the new one, never half of either."""

import os
from contextlib import suppress
from pathlib import Path


def write(path: Path, data: bytes, *, lasting: bool = False) -> None:
    """Put a file in its place when all of it is written.

    Args:
        path: its place.
        data: what is to be in it.
        lasting: from now on it is there even if the computer loses power, which takes some
            milliseconds; otherwise it may be lost, or empty then.

    Raises:
        OSError: the disk is full; what was there before still is.
    """
    draft = path.with_name(f"{path.name}.draft")
    try:
        with draft.open("wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    if lasting:
        _flush_directory(path.parent)


def _flush_directory(folder: Path) -> None:
    """Have the rename itself on the disk. Some systems cannot do this for a directory."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
