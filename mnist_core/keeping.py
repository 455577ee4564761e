"""What people do with the models they trained: note, star, rename, delete, take that back.

And what keeps the disk from filling up: beyond `MNIST_DISK_MB` the oldest models without a star
go. Models that came with the app are never touched.
"""

import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import msgspec
from filelock import FileLock

from mnist_core import limits, staging, store
from mnist_core.card import ModelCard

LONGEST_NOTE = 500
UNDO_SECONDS = 24 * 3600
"""So long a deleted model can be brought back, unless its room is needed."""

_NOTES = "notes.json"
_DELETED = re.compile(r"\.deleted-(?P<when>[0-9]{20})-(?P<name>[a-z0-9-]+)")
_JOBS = ".jobs"
_RESULT = "result.json"
_CHECKPOINT = "checkpoint"
# A network at an epoch's end, to look at; and what writers left that were killed while writing.
_REMAINS = ("snapshot.npz", "snapshot.npz.draft", "checkpoint.draft")
_MEGABYTE = 1_000_000


class NoRoom(OSError):
    """The models that have to stay fill the disk; the message is a sentence for the visitor."""


@dataclass(frozen=True)
class Notes:
    """What somebody said of a model.

    Attributes:
        note: any text, up to `LONGEST_NOTE` characters.
        starred: it is to stay when room is needed.
        formerly: the names it had before.
    """

    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)] = ""
    starred: bool = False
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Made:
    """What is of interest here in how a job ended."""

    model: str | None = None


@dataclass(frozen=True)
class Deleted:
    """A model that was deleted and can be brought back: its name, and when, seconds since 1970."""

    name: str
    when: float


def notes(name: str) -> Notes:
    """What was said of a model; nothing where that cannot be read.

    Raises:
        ValueError: there is no such model.
    """
    return _notes(store.folder_of(name))


def write_note(name: str, text: str) -> None:
    """Say something of a model, in place of what was said before.

    Raises:
        ValueError: there is no such model, it came with the app, or the text is too long.
        OSError: the disk cannot be written.
    """
    if len(text) > LONGEST_NOTE:
        raise ValueError(f"A note may have {LONGEST_NOTE} characters, not {len(text)}.")
    folder = _own(name)
    _write(folder, replace(_notes(folder), note=text))


def star(name: str, starred: bool) -> None:
    """Have a model stay when room is needed, or no longer.

    Raises:
        ValueError, OSError: see `write_note`.
    """
    folder = _own(name)
    _write(folder, replace(_notes(folder), starred=starred))


def rename(name: str, wanted: str) -> str:
    """Give a model another name, and return it.

    Args:
        name: of a model that was trained here.
        wanted: what a person typed; capitals and spaces become what a name may have.

    Raises:
        ValueError: there is no such model, it came with the app, or nobody can be called that.
        OSError: the disk cannot be written.
    """
    new = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")
    if not store.is_name(new):
        raise ValueError("A name needs a letter or a digit, and at most 64 of them.")
    folder = _own(name)
    with FileLock(folder.parent / ".lock"):
        if new == name:
            return new
        if new in staging.taken(folder.parent):
            raise ValueError(f"There is a model called {new} already.")
        said = _notes(folder)
        _write(folder, replace(said, formerly=(*said.formerly, name)))
        folder.rename(folder.with_name(new))
    return new


def present_name(name: str) -> str:
    """What a model is called now that was called this once; the same if nobody renamed it."""
    folders = store.directories()
    if any(folder.name == name for folder in folders):
        return name
    return next((folder.name for folder in folders if name in _notes(folder).formerly), name)


def former_names() -> set[str]:
    """The names of models that were renamed, or deleted and can be brought back, or made by a job.

    What is told of a name is meant of the model that had it then.
    """
    root = store.local_directory()
    folders = [*store.directories(), *_deleted_folders(root)]
    renamed = {name for folder in folders for name in _notes(folder).formerly}
    return renamed | {gone.name for gone in deleted()} | _made_by_jobs(root)


def delete(name: str) -> None:
    """Take a model away, so that it can be brought back for a day.

    Raises:
        ValueError: there is no such model, or it came with the app.
        OSError: the disk cannot be written.
    """
    folder = _own(name)
    folder.rename(folder.with_name(f".deleted-{time.time_ns():020}-{name}"))


def deleted() -> list[Deleted]:
    """The models that can be brought back, the last one deleted first."""
    found = []
    for folder in _deleted_folders(store.local_directory()):
        match = _DELETED.fullmatch(folder.name)
        assert match
        found.append(Deleted(match["name"], int(match["when"]) / 1e9))
    return sorted(found, key=lambda one: one.when, reverse=True)


def bring_back(name: str) -> str:
    """Undo the last deletion of a model of this name; what it is called now.

    Raises:
        ValueError: there is none (any more).
        OSError: the disk cannot be written.
    """
    root = store.local_directory()
    folders = [path for path in _deleted_folders(root) if path.name.endswith(f"-{name}")]
    with FileLock(root / ".lock"):
        for folder in reversed(folders):
            match = _DELETED.fullmatch(folder.name)
            if match and match["name"] == name:
                # Another may have taken its name meanwhile.
                free = name
                if name in staging.taken(root):
                    free = staging.free_name(name, root, former_names())
                folder.rename(folder.with_name(free))
                return free
    raise ValueError(f"{name} cannot be brought back any more.")


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
        card = replace(card, started_from=present_name(card.started_from))
    return staging.commit(folder, card, avoid=former_names())


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
        for path in _deleted_folders(root):
            if _age(path) > UNDO_SECONDS:
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
    free = [path for path in models if path.parent != store.SHIPPED and not _notes(path).starred]
    over = [path.parent for path in root.glob(f"{_JOBS}/*/{_RESULT}")]
    checkpoints = [job / _CHECKPOINT for job in over]
    remains = [job / name for job in over for name in _REMAINS]
    return [
        *_deleted_folders(root),
        *sorted(filter(Path.exists, checkpoints), key=_written),
        *sorted(filter(Path.exists, remains), key=_written),
        *sorted(free, key=_written),
    ]


def _made_by_jobs(root: Path) -> set[str]:
    """The models that jobs say they made, whether these are still there or not."""
    names = set[str]()
    for path in root.glob(f"{_JOBS}/*/{_RESULT}"):
        with suppress(OSError, ValueError):
            if name := msgspec.json.decode(path.read_bytes(), type=_Made).model:
                names.add(name)
    return names


def _written(path: Path) -> float:
    card = path / store.CARD
    try:
        return (card if card.exists() else path).stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _remove(path: Path) -> None:
    if path.is_dir():
        # Hidden first: nobody sees half a model.
        hidden = path.with_name(f".deleted-{0:020}-{path.name.lstrip('.')}")
        path = path.rename(hidden) if path.name[0] != "." else path
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _deleted_folders(root: Path) -> list[Path]:
    """The first one deleted first."""
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if _DELETED.fullmatch(path.name))


def _age(path: Path) -> float:
    match = _DELETED.fullmatch(path.name)
    assert match
    return time.time() - int(match["when"]) / 1e9


def _own(name: str) -> Path:
    """The directory of a model that was trained here."""
    folder = store.folder_of(name)
    if folder.parent == store.SHIPPED:
        raise ValueError(f"{name} came with the app and stays as it is.")
    return folder


def _notes(folder: Path) -> Notes:
    try:
        return msgspec.json.decode((folder / _NOTES).read_bytes(), type=Notes)
    except (OSError, ValueError, RecursionError):
        return Notes()


def _write(folder: Path, said: Notes) -> None:
    # Under a name no model may have, and that the sweeping of other leftovers does not know.
    draft = folder / f".{_NOTES}"
    draft.write_bytes(msgspec.json.encode(said))
    draft.replace(folder / _NOTES)
