"""Drawings that a visitor wants kept: a small file each, found again by a code only they have.

They lie in a hidden directory beside the models people train on this computer, and nowhere else.
The code is the only way to them, and says nothing about anybody.
"""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from mnist_core.hands import archive
from mnist_core.hands.archive import BrokenDrawings
from mnist_core.hands.score import Hand

MOST = 1_000
"""So many are kept; then the oldest are forgotten."""

_DIRECTORY = ".hands"
_CODE = re.compile(r"[0-9a-f]{32}")


class NotKept(Exception):
    """The drawings could not be kept; the message is a sentence for the visitor."""


def keep(drawn: Hand, models: Path, code: str | None = None) -> str:
    """Keep the drawings on disk, and give the code to find them by.

    Args:
        drawn: the drawings.
        models: where models are kept.
        code: of drawings kept already, which these take the place of.

    Raises:
        ValueError: that is no code.
        NotKept: the disk is full, or cannot be written.
    """
    home = models / _DIRECTORY
    code = code or secrets.token_hex(16)
    place = _path(code, models)
    try:
        home.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(".new")
        with draft.open("wb") as file:
            file.write(archive.encode(drawn))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
        _forget_oldest(home)
    except OSError as error:
        raise NotKept(
            "Your drawings could not be kept: the server's disk is full or cannot be written."
        ) from error
    return code


def find(code: str, models: Path) -> Hand:
    """The drawings kept under a code.

    Raises:
        ValueError: there are none, or they are damaged; the message is for the visitor.
    """
    path = _path(code, models)
    try:
        # One byte more than is allowed shows that there is too much.
        with path.open("rb") as file:
            return archive.decode(file.read(archive.LARGEST_BYTES + 1))
    except BrokenDrawings:
        raise
    except OSError as error:
        raise ValueError("No drawings are kept under this code (any more).") from error


def forget(code: str, models: Path) -> None:
    """Delete the drawings kept under a code; none there is as good.

    Raises:
        ValueError: that is no code.
        NotKept: they cannot be deleted.
    """
    try:
        _path(code, models).unlink(missing_ok=True)
    except OSError as error:
        raise NotKept("Your drawings could not be deleted: the disk cannot be written.") from error


def _path(code: str, models: Path) -> Path:
    """Where a code's drawings are; anything but a code never becomes a path."""
    if not _CODE.fullmatch(code):
        raise ValueError("No drawings are kept under this code (any more).")
    return models / _DIRECTORY / f"{code}.npz"


def _forget_oldest(home: Path) -> None:
    kept = sorted(home.glob("*.npz"), key=_age)
    for path in kept[:-MOST]:
        path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime
    return 0.0
