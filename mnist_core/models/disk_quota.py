"""Keeping a model that was made: room for it, and a name that no other had.

Beyond `MNIST_DISK_MB` the oldest models without a star go. Models that came with the app are never
touched.
"""

import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from mnist_core.models import directory_layout, notes, staging, store, trash
from mnist_core.models.card import ModelCard
from mnist_core.networks import limits
from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class _Note:
    """What is of interest here in what is noted of a job: how it ended, or what it goes on from."""

    state: str | None = None
    started_from: str | None = None


class QuotaExceeded(OSError):
    """The models that have to stay fill the disk; the message is a sentence for the visitor."""


def commit(folder: Path, card: ModelCard) -> ModelCard:
    """Keep a model that was made: room for it, and a name that no other had.

    Args:
        folder: see `staging.commit`.
        card: likewise; what it began with may have been renamed meanwhile.

    Raises:
        QuotaExceeded: what is there has to stay.
        FileExistsError, OSError, store.BrokenModel: see `staging.commit`.
    """
    # Its files lie there already, and are counted.
    make_room(folder.parent, 0)
    if card.started_from is not None:
        card = replace(card, started_from=notes.current_name(card.started_from))
    return staging.commit(folder, card, avoid=trash.former_names())


def make_room(root: Path, needed: int, *, keep: Collection[str] = ()) -> list[str]:
    """Have room for so many bytes more within the quota, and return the models that had to go.

    Deleted models go first, then checkpoints of trainings that are over, then what else these
    left, then the oldest models without a star, then what paused trainings wait with. Nothing goes
    where that would not be enough.

    Args:
        root: the directory of models they are to go to.
        needed: bytes that are not written yet.
        keep: models that shall not go: something is to start from them.

    Raises:
        QuotaExceeded: what is left has to stay.
    """
    if root.resolve() == store.SHIPPED or not root.is_dir():
        return []
    with FileLock(root / ".lock"):
        for path in trash.directories(root):
            if trash.age(path) > trash.UNDO_SECONDS:
                shutil.rmtree(path, ignore_errors=True)
        going = _enough(root, needed, keep)
        for path in going:
            _remove(path)
    return [path.name for path in going if path.parent == root and path.name[0] != "."]


def disk_use(path: Path) -> int:
    """Bytes that a file takes, or all that is below a directory."""
    files = [path] if path.is_file() else []
    # Unlike `rglob`, it takes it that directories vanish: somebody deletes, or a training ends.
    files += [Path(place, name) for place, _, names in os.walk(path) for name in names]
    total = 0
    for file in files:
        with suppress(FileNotFoundError):
            total += file.stat().st_size
    return total


def _enough(root: Path, needed: int, keep: Collection[str]) -> list[Path]:
    """What has to go, and no more than that."""
    quota = limits.from_environment("MNIST_DISK_MB", 2_000) * _MEGABYTE
    if needed > quota:
        raise QuotaExceeded(
            f"This takes {needed // _MEGABYTE:,} MB, more than the {quota // _MEGABYTE:,} MB there "
            "are for all models here. A smaller network takes less, and so do fewer at once."
        )
    excess = disk_use(root) + needed - quota
    going = []
    for path in _dispensable(root, keep):
        if excess <= 0:
            break
        going.append(path)
        excess -= disk_use(path)
    if excess > 0:
        raise QuotaExceeded(
            f"The models here fill the {quota // _MEGABYTE:,} MB there are for them. Delete "
            "one, or take a star away."
        )
    return going


def _dispensable(root: Path, keep: Collection[str]) -> list[Path]:
    """What may go, first things first."""
    kept = {*map(notes.current_name, {*keep, *_wanted(root)})}
    models = [path for path in root.iterdir() if path.is_dir() and store.is_name(path.name)]
    free = [path for path in models if path.name not in kept and not notes.read(path).starred]
    ended = {path.parent: _noted(path).state for path in root.glob(directory_layout.EVERY_RESULT)}
    over = [job for job, state in ended.items() if state != "paused"]
    paused = [job for job, state in ended.items() if state == "paused"]
    return [
        *trash.directories(root),
        *_oldest_first(job / directory_layout.CHECKPOINT for job in over),
        *_oldest_first(path for job in over for path in directory_layout.remains(job)),
        *_oldest_first(free),
        *_oldest_first(job / directory_layout.CHECKPOINT for job in paused),
    ]


def _wanted(root: Path) -> set[str]:
    """The models that trainings go on from which are not over."""
    specs = root.glob(directory_layout.EVERY_SPEC)
    return {
        wanted
        for path in specs
        if not (path.parent / directory_layout.RESULT).exists()
        and (wanted := _noted(path).started_from) is not None
    }


def _noted(path: Path) -> _Note:
    with suppress(Damaged):
        return atomic_file.read(path, _Note) or _Note()
    return _Note()


def _oldest_first(paths: Iterable[Path]) -> list[Path]:
    return sorted(filter(Path.exists, paths), key=_written)


def _written(path: Path) -> float:
    card = path / store.CARD
    try:
        return (card if card.exists() else path).stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _remove(path: Path) -> None:
    if path.is_dir():
        # Hidden first: nobody sees half a model.
        path = path if path.name[0] == "." else trash.hide(path, 0)
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
