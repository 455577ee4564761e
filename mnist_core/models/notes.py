"""Notes, stars and new names that people give the models they trained, and whose each is.

Models that came with the app cannot be changed.
"""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import msgspec
from filelock import FileLock

from mnist_core.models import model_names, store
from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged

LONGEST_NOTE = 500
MOST_FORMER_NAMES = 50
"""How often a model may get another name, so that its notes stay small."""

_NOTES = "notes.json"


@dataclass(frozen=True)
class Notes:
    """What people wrote about a model.

    Attributes:
        note: any text, up to `LONGEST_NOTE` characters.
        starred: it must stay when room is needed.
        formerly: the names it had before.
        owner: the visitor of a hosted server who trained it, as in `Spec.owner`; None for the
            models of whoever owns the computer, which everybody sees.
        shared: its owner lets everybody see it.
    """

    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)] = ""
    starred: bool = False
    formerly: tuple[str, ...] = ()
    owner: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    shared: bool = False

    def is_listed_for(self, visitor: str) -> bool:
        """Whether a visitor finds the model in the lists."""
        return self.owner in (None, visitor) or self.shared


def get(name: str) -> Notes:
    """The notes on a model, empty if they cannot be read; ValueError if there is no such model."""
    return read(store.folder_of(name))


def write_note(name: str, text: str) -> None:
    """Write a note on a model, in place of the one before.

    Raises:
        ValueError: the text is too long; or see `local_folder`.
        OSError: the disk cannot be written.
    """
    if len(text) > LONGEST_NOTE:
        raise ValueError(f"A note may have {LONGEST_NOTE} characters, not {len(text)}.")
    _change(name, note=text)


def star(name: str, starred: bool) -> None:
    """Give a model a star, or take it away; for errors see `write_note`."""
    _change(name, starred=starred)


def share(name: str, shared: bool) -> None:
    """Let everybody see a model, or only its owner; for errors see `write_note`."""
    _change(name, shared=shared)


def write_owner(folder: Path, owner: str) -> None:
    """Note in the directory of a new model whose it is."""
    _write(folder, Notes(owner=owner))


def rename(name: str, wanted: str, *, avoid: Collection[str] = ()) -> str:
    """Give a model another name, and return it.

    Args:
        name: of a model that was trained here.
        wanted: what a person typed; capitals and spaces become what a name may have.
        avoid: names that other models are still known by, see `trash.former_names`.

    Raises:
        ValueError: the name is not allowed or in use; or see `local_folder`.
        OSError: the disk cannot be written.
    """
    new = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")
    if not store.is_name(new):
        raise ValueError("A name needs a letter or a digit, and at most 64 characters.")
    folder = local_folder(name)
    with FileLock(folder.parent / ".lock"):
        if new == name:
            return new
        if new in model_names.in_use(folder.parent):
            raise ValueError(f"There is a model called {new} already.")
        if new in avoid and new not in read(folder).formerly:
            raise ValueError(
                f"Another model used to be called {new}. Please choose a different name."
            )
        if len(read(folder).formerly) >= MOST_FORMER_NAMES:
            raise ValueError(
                f"This network has had {MOST_FORMER_NAMES} other names, the most that are "
                "remembered. It keeps the one it has."
            )
        add_former_name(folder, name)
        folder.rename(folder.with_name(new))
    return new


def add_former_name(folder: Path, name: str) -> None:
    """Note that the model in a directory had this name before."""
    notes = read(folder)
    _write(folder, replace(notes, formerly=(*notes.formerly, name)))


def current_name(name: str) -> str:
    """What the model that had this name is called now; the same if nobody renamed it."""
    folders = store.directories()
    if any(folder.name == name for folder in folders):
        return name
    return next((folder.name for folder in folders if name in read(folder).formerly), name)


def local_folder(name: str) -> Path:
    """The directory of a model; ValueError if there is none, or it came with the app."""
    folder = store.folder_of(name)
    if folder.parent == store.SHIPPED:
        raise ValueError(f"{name} came with the app and cannot be changed.")
    return folder


def read(folder: Path) -> Notes:
    """The notes in a model's directory; empty if they cannot be read."""
    path = folder / _NOTES
    with suppress(OSError):
        facts = path.stat()
        return _read(path, facts.st_mtime_ns, facts.st_size, facts.st_ino)
    return Notes()


# Every page reads those of all models at every click; what is written anew has other facts.
@lru_cache(maxsize=1_000)
def _read(path: Path, *_facts: int) -> Notes:
    with suppress(Damaged):
        return atomic_file.read(path, Notes) or Notes()
    return Notes()


def _change(name: str, **changes: Any) -> None:
    folder = local_folder(name)
    with FileLock(folder.parent / ".lock"):
        _write(folder, replace(read(folder), **changes))


def _write(folder: Path, notes: Notes) -> None:
    atomic_file.write(folder / _NOTES, msgspec.json.encode(notes))
