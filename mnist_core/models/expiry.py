"""What visitors of a hosted server made goes after `MNIST_KEEP_DAYS`.

Models without an owner stay: they are of whoever owns the computer, or from before there were
owners.
"""

import shutil
import time
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from mnist_core.models import job_file_names, notes, store, trash
from mnist_core.system import server_settings

_DAY = 24 * 3600.0
_TIMEOUT_SECONDS = 1.0


def keep_seconds() -> float | None:
    """How long what visitors make is kept; None for ever."""
    days = server_settings.keep_days()
    return days * _DAY if days else None


def delete_old_models(root: Path) -> list[str]:
    """Delete the models of visitors that are too old, and return their names.

    Not while a training that has not ended starts from one.
    """
    seconds = keep_seconds()
    if seconds is None or not root.is_dir():
        return []
    deleted = list[str]()
    needed = {notes.current_name(name) for name in job_file_names.started_from(root)}
    # Others are at it, or the disk cannot be written: it is done next time.
    with suppress(Timeout, OSError), FileLock(root / ".lock", timeout=_TIMEOUT_SECONDS):
        for folder in [path for path in root.iterdir() if store.is_name(path.name)]:
            is_old = time.time() - _made(folder) > seconds
            if is_old and folder.name not in needed and notes.read(folder).owner is not None:
                shutil.rmtree(trash.hide(folder, 0), ignore_errors=True)
                deleted.append(folder.name)
    return deleted


def _made(folder: Path) -> float:
    """When a model was saved, in seconds since 1970; now if that cannot be told."""
    with suppress(OSError):
        return (folder / store.CARD).stat().st_mtime
    return time.time()
