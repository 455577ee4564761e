"""The quota on the disk, `MNIST_DISK_MB`: beyond it, old models are deleted.

Those of visitors go first, of whoever has most of them the oldest, so that nobody pushes out the
models of others. Models that came with the app are never touched.
"""

import os
import shutil
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from mnist_core.models import job_file_names, notes, staging, store, trash
from mnist_core.models.card import ModelCard
from mnist_core.system import events, server_settings

_MEGABYTE = 1_000_000


class QuotaExceeded(OSError):
    """The models that must stay fill the quota; the message is a sentence for the visitor."""


def commit(folder: Path, card: ModelCard, *, owner: str | None = None) -> ModelCard:
    """Save a new model within the quota, under a name that no other model had.

    Args:
        folder: see `staging.commit`.
        card: likewise; the model it started from may have been renamed since.
        owner: the visitor whose it is, see `notes.Notes`.

    Raises:
        QuotaExceeded: there is no room for it.
        FileExistsError, OSError, BrokenModel: see `staging.commit`.
    """
    # Its files are in the staging directory, and so are counted already.
    make_room(folder.parent, 0)
    if card.started_from is not None:
        card = replace(card, started_from=notes.current_name(card.started_from))
    if owner is not None:
        notes.write_owner(folder, owner)
    return staging.commit(folder, card, avoid=trash.former_names())


def make_room(root: Path, needed: int, *, keep: Collection[str] = ()) -> list[str]:
    """Make room for so many more bytes within the quota, and return the models that were deleted.

    Deleted first: models in the trash, then checkpoints of trainings that have ended, then their
    other large files, then models of visitors (with a star only when the others are gone), then the
    oldest others without a star, then checkpoints of paused trainings. If even that is not enough,
    nothing is deleted.

    Args:
        root: the directory of models.
        needed: bytes that are not written yet.
        keep: models that must stay, as trainings are to start from them.

    Raises:
        QuotaExceeded: there is no room.
    """
    if root.resolve() == store.SHIPPED or not root.is_dir():
        return []
    with FileLock(root / ".lock"):
        for path in trash.directories(root):
            if trash.age(path) > trash.UNDO_SECONDS:
                shutil.rmtree(path, ignore_errors=True)
        to_delete = _choose(root, needed, keep)
        for path in to_delete:
            _delete(path)
    return [path.name for path in to_delete if path.parent == root and path.name[0] != "."]


def disk_use(path: Path) -> int:
    """The size of a file, or of all files below a directory, in bytes."""
    files = [path] if path.is_file() else []
    # Unlike `rglob`, `os.walk` copes with directories that vanish meanwhile.
    files += [Path(place, name) for place, _, names in os.walk(path) for name in names]
    total = 0
    for file in files:
        with suppress(FileNotFoundError):
            total += file.stat().st_size
    return total


def _choose(root: Path, needed: int, keep: Collection[str]) -> list[Path]:
    """What has to be deleted, and no more than that."""
    quota = server_settings.disk_mb() * _MEGABYTE
    if needed > quota:
        events.refused(server_settings.disk_mb.name)
        raise QuotaExceeded(
            f"This needs {needed // _MEGABYTE:,} MB, more than the {quota // _MEGABYTE:,} MB for "
            "all models here. A smaller network needs less, and so do fewer trainings at once."
        )
    excess = disk_use(root) + needed - quota
    chosen = list[Path]()
    if excess <= 0:
        return chosen
    for path in _deletable(root, keep):
        if excess <= 0:
            break
        chosen.append(path)
        excess -= disk_use(path)
    if excess > 0:
        events.refused(server_settings.disk_mb.name)
        raise QuotaExceeded(
            f"The models here fill all of their {quota // _MEGABYTE:,} MB. Delete one, or take a "
            "star away."
        )
    return chosen


def _deletable(root: Path, keep: Collection[str]) -> list[Path]:
    """What may be deleted, in this order."""
    kept = {*map(notes.current_name, {*keep, *job_file_names.started_from(root)})}
    models = [path for path in root.iterdir() if path.is_dir() and store.is_name(path.name)]
    about = {path: notes.read(path) for path in models if path.name not in kept}
    visitors = {path: found.owner for path, found in about.items() if found.owner is not None}
    free = [path for path in about if path not in visitors and not about[path].starred]
    states = {
        path.parent: job_file_names.read_facts(path).state
        for path in root.glob(job_file_names.EVERY_RESULT)
    }
    ended = [job for job, state in states.items() if state != "paused"]
    paused = [job for job, state in states.items() if state == "paused"]
    return [
        *trash.directories(root),
        *_oldest_first(job / job_file_names.CHECKPOINT for job in ended),
        *_oldest_first(path for job in ended for path in job_file_names.leftovers(job)),
        *_fairly({path: one for path, one in visitors.items() if not about[path].starred}),
        *_fairly({path: one for path, one in visitors.items() if about[path].starred}),
        *_oldest_first(free),
        *_oldest_first(job / job_file_names.CHECKPOINT for job in paused),
    ]


def _fairly(owners: Mapping[Path, str]) -> Iterator[Path]:
    """Models of visitors in the order in which they go: of whoever has most, the oldest."""
    of_owner = defaultdict[str, deque[Path]](deque)
    for path in _oldest_first(owners):
        of_owner[owners[path]].append(path)
    while of_owner:
        most = max(of_owner, key=lambda owner: len(of_owner[owner]))
        yield of_owner[most].popleft()
        if not of_owner[most]:
            del of_owner[most]


def _oldest_first(paths: Iterable[Path]) -> list[Path]:
    def modified(path: Path) -> float:
        card = path / store.CARD
        with suppress(FileNotFoundError):
            return (card if card.exists() else path).stat().st_mtime
        return 0.0

    return sorted(filter(Path.exists, paths), key=modified)


def _delete(path: Path) -> None:
    if path.is_dir():
        # Hidden first, so that nobody sees half a model.
        path = path if path.name[0] == "." else trash.hide(path, 0)
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
