"""Deleted models, which can be restored for a day unless their room is needed.

Also the former names of models, so that no other model gets them.
"""

import re
import time
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from mnist_core.models import job_file_names, model_names, notes, store

UNDO_SECONDS = 24 * 3600
"""How long a deleted model can be restored."""

_DELETED = re.compile(r"\.deleted-(?P<when>[0-9]{20})-(?P<name>[a-z0-9-]+)")


@dataclass(frozen=True)
class Deleted:
    """A deleted model that can be restored: its name, and when, in seconds since 1970."""

    name: str
    when: float


def delete(name: str) -> None:
    """Delete a model; for a day it can be restored. For errors see `notes.write_note`."""
    hide(notes.local_folder(name), time.time_ns())


def hide(folder: Path, when: int) -> Path:
    """Move a model's directory to the trash, as deleted `when` (nanoseconds since 1970)."""
    return folder.rename(folder.with_name(f".deleted-{when:020}-{folder.name}"))


def list_deleted(visitor: str | None = None) -> list[Deleted]:
    """The models that can be restored, the last one deleted first; of a visitor, only theirs."""
    folders = reversed(directories(store.local_directory()))
    return [
        _parse(folder)
        for folder in folders
        if visitor is None or notes.read(folder).owner == visitor
    ]


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
            raise ValueError(f"{name} cannot be restored any more.")
        free = name
        if name in model_names.in_use(root):
            free = model_names.free(name, root, former_names())
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
    results = root.glob(job_file_names.EVERY_RESULT)
    made = {name for path in results if (name := job_file_names.read_facts(path).model)}
    return renamed | made | {deleted.name for deleted in list_deleted()}


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
