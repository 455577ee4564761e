"""What people say of the models they trained: a note, a star, another name.

Models that came with the app stay as they are.
"""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import msgspec
from filelock import FileLock

from mnist_core.models import staging, store
from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged

LONGEST_NOTE = 500

_NOTES = "notes.json"


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


def get(name: str) -> Notes:
    """What was said of a model; nothing where that cannot be read.

    Raises:
        ValueError: there is no such model.
    """
    return read(store.folder_of(name))


def write_note(name: str, text: str) -> None:
    """Say something of a model, in place of what was said before.

    Raises:
        ValueError: there is no such model, it came with the app, or the text is too long.
        OSError: the disk cannot be written.
    """
    if len(text) > LONGEST_NOTE:
        raise ValueError(f"A note may have {LONGEST_NOTE} characters, not {len(text)}.")
    folder = local_folder(name)
    with FileLock(folder.parent / ".lock"):
        _write(folder, replace(read(folder), note=text))


def star(name: str, starred: bool) -> None:
    """Have a model stay when room is needed, or no longer.

    Raises:
        ValueError, OSError: see `write_note`.
    """
    folder = local_folder(name)
    with FileLock(folder.parent / ".lock"):
        _write(folder, replace(read(folder), starred=starred))


def rename(name: str, wanted: str, *, avoid: Collection[str] = ()) -> str:
    """Give a model another name, and return it.

    Args:
        name: of a model that was trained here.
        wanted: what a person typed; capitals and spaces become what a name may have.
        avoid: names by which other models are still remembered, see `trash.former_names`.

    Raises:
        ValueError: there is no such model, it came with the app, or nobody can be called that.
        OSError: the disk cannot be written.
    """
    new = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")
    if not store.is_name(new):
        raise ValueError("A name needs a letter or a digit, and at most 64 of them.")
    folder = local_folder(name)
    with FileLock(folder.parent / ".lock"):
        if new == name:
            return new
        if new in staging.taken(folder.parent):
            raise ValueError(f"There is a model called {new} already.")
        if new in avoid and new not in read(folder).formerly:
            raise ValueError(
                f"Another model was called {new} once, and is remembered by it. Take another name."
            )
        add_former_name(folder, name)
        folder.rename(folder.with_name(new))
    return new


def add_former_name(folder: Path, name: str) -> None:
    """Note that the model in a directory was called this before.

    Raises:
        OSError: the disk cannot be written.
    """
    said = read(folder)
    _write(folder, replace(said, formerly=(*said.formerly, name)))


def current_name(name: str) -> str:
    """What a model is called now that was called this once; the same if nobody renamed it."""
    folders = store.directories()
    if any(folder.name == name for folder in folders):
        return name
    return next((folder.name for folder in folders if name in read(folder).formerly), name)


def local_folder(name: str) -> Path:
    """The directory of a model that was trained here."""
    folder = store.folder_of(name)
    if folder.parent == store.SHIPPED:
        raise ValueError(f"{name} came with the app and stays as it is.")
    return folder


def read(folder: Path) -> Notes:
    """What was said of the model in a directory; nothing where that cannot be read."""
    with suppress(Damaged):
        return atomic_file.read(folder / _NOTES, Notes) or Notes()
    return Notes()


def _write(folder: Path, said: Notes) -> None:
    atomic_file.write(folder / _NOTES, msgspec.json.encode(said))
