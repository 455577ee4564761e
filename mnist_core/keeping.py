"""Keeping a model that was made: room for it, and a name that no other had.

Beyond `MNIST_DISK_MB` the oldest models without a star go. Models that came with the app are never
touched.
"""

import shutil
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from mnist_core import job_files, limits, model_notes, staging, store, trash
from mnist_core.card import ModelCard

_MEGABYTE = 1_000_000


class NoRoom(OSError):
    """The models that have to stay fill the disk; the message is a sentence for the visitor."""


def commit(folder: Path, card: ModelCard) -> ModelCard:
    """Keep a model that was made: room for it, and a name that no other had.

    Args:
        folder: see `staging.commit`.
        card: likewise; what it began with may have been renamed meanwhile.

    Raises:
        NoRoom: what is there has to stay.
        FileExistsError, OSError, store.BrokenModel: see `staging.commit`.
    """
    # Its files lie there already, and are counted.
    make_room(folder.parent, 0)
    if card.started_from is not None:
        card = replace(card, started_from=model_notes.present_name(card.started_from))
    return staging.commit(folder, card, avoid=trash.former_names())


def make_room(root: Path, needed: int) -> list[str]:
    """Have room for so many bytes more within the quota, and return the models that had to go.

    Deleted models go first, then checkpoints of trainings that are over, then what else these
    left, then the oldest models without a star.

    Args:
        root: the directory of models they are to go to.
        needed: bytes that are not written yet.

    Raises:
        NoRoom: what is left has to stay.
    """
    if root.resolve() == store.SHIPPED or not root.is_dir():
        return []
    quota = limits.setting("MNIST_DISK_MB", 2_000) * _MEGABYTE
    gone = []
    with FileLock(root / ".lock"):
        for path in trash.directories(root):
            if trash.age(path) > trash.UNDO_SECONDS:
                shutil.rmtree(path, ignore_errors=True)
        for path in _dispensable(root):
            if disk_use(root) + needed <= quota:
                break
            _remove(path)
            gone += [path.name] if path.parent == root and path.name[0] != "." else []
        if disk_use(root) + needed > quota:
            raise NoRoom(
                f"The models here fill the {quota // _MEGABYTE:,} MB there are for them. Delete "
                "one, or take a star away."
            )
    return gone


def disk_use(root: Path) -> int:
    """Bytes that models, deleted ones and checkpoints take."""
    total = 0
    for path in root.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            # Somebody deletes, or a training writes, this very moment.
            continue
    return total


def _dispensable(root: Path) -> list[Path]:
    """What may go, first things first."""
    models = [path for path in root.iterdir() if path.is_dir() and store.is_name(path.name)]
    free = [path for path in models if not model_notes.read(path).starred]
    over = [path.parent for path in root.glob(job_files.EVERY_RESULT)]
    checkpoints = [job / job_files.CHECKPOINT for job in over]
    remains = [job / name for job in over for name in job_files.REMAINS]
    return [
        *trash.directories(root),
        *sorted(filter(Path.exists, checkpoints), key=_written),
        *sorted(filter(Path.exists, remains), key=_written),
        *sorted(free, key=_written),
    ]


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
