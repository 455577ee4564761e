"""Deleted models, which can be restored for a day unless their room is needed.

Also the former names of models, so that no other model gets them.
"""

import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from mnist_core.models import directory_layout, notes, staging, store
from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged

UNDO_SECONDS = 24 * 3600
"""How long a deleted model can be restored."""

_DELETED = re.compile(r"\.deleted-(?P<when>[0-9]{20})-(?P<name>[a-z0-9-]+)")


@dataclass(frozen=True)
class Deleted:
    """A deleted model that can be restored: its name, and when, in seconds since 1970."""

    name: str
    when: float


@dataclass(frozen=True)
class _Made:
    """The field of a job's result that matters here."""

    model: str | None = None


def delete(name: str) -> None:
    """Delete a model; for a day it can be restored.

    Raises:
        ValueError: there is no such model, or it came with the app.
        OSError: the disk cannot be written.
    """
    hide(notes.local_folder(name), time.time_ns())


def hide(folder: Path, when: int) -> Path:
    """Move a model's directory to the trash, and return where it is now.

    Args:
        folder: the model's.
        when: it was deleted, nanoseconds since 1970.

    Raises:
        OSError: the disk cannot be written.
    """
    return folder.rename(folder.with_name(f".deleted-{when:020}-{folder.name}"))


def list_deleted() -> list[Deleted]:
    """The models that can be restored, the last one deleted first."""
    return [_parse(folder) for folder in reversed(directories(store.local_directory()))]


def restore(name: str) -> str:
    """Undo the last deletion of a model of this name, and return its name now.

    Raises:
        ValueError: there is none (any more).
        OSError: the disk cannot be written.
    """
    root = store.local_directory()
    with FileLock(root / ".lock"):
        found = [folder for folder in directories(root) if _parse(folder).name == name]
        if not found:
            raise ValueError(f"{name} cannot be brought back any more.")
        free = name
        if name in staging.names_in_use(root):
            free = staging.free_name(name, root, former_names())
            notes.add_former_name(found[-1], name)
        found[-1].rename(root / free)
    return free


def former_names() -> set[str]:
    """The names of models that were renamed, or can be restored, or were made by a job.

    Whatever mentions such a name means the model that had it then.
    """
    root = store.local_directory()
    folders = [*store.directories(), *directories(root)]
    renamed = {name for folder in folders for name in notes.read(folder).formerly}
    return renamed | {deleted.name for deleted in list_deleted()} | _made_by_jobs(root)


def directories(root: Path) -> list[Path]:
    """The directories of the models that can be restored, the first one deleted first."""
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if _DELETED.fullmatch(path.name))


def age(folder: Path) -> float:
    """Seconds since the model in one of these directories was deleted."""
    return time.time() - _parse(folder).when


def _parse(folder: Path) -> Deleted:
    match = _DELETED.fullmatch(folder.name)
    assert match
    return Deleted(match["name"], int(match["when"]) / 1e9)


def _made_by_jobs(root: Path) -> set[str]:
    """The models that jobs made, whether these are still there or not."""
    names = set[str]()
    for path in root.glob(directory_layout.EVERY_RESULT):
        with suppress(Damaged):
            if (made := atomic_file.read(path, _Made)) and made.model:
                names.add(made.model)
    return names
