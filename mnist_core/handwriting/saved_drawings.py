"""Drawings that a visitor saves on the server: one small file each, found again by a secret code.

They lie in hidden directories beside the models that people train: those of visitors of a hosted
server in one of their own, from which `delete_old` removes them. The code is the only way to them,
and says nothing about anybody.
"""

import re
import secrets
import time
from contextlib import suppress
from pathlib import Path

from mnist_core.handwriting import archive
from mnist_core.handwriting.archive import BrokenDrawings
from mnist_core.handwriting.score import Handwriting
from mnist_core.language.translation import _, to_translate
from mnist_core.system import atomic_file
from mnist_core.system.text_format import whole

MAX_SAVED = 1_000
"""Beyond this number the oldest are deleted; of visitors, whose drawings are nobody else's to
delete, no more are taken."""

_DIRECTORY, _OF_VISITORS = ".hands", ".visitors-hands"
_CODE = re.compile(r"[0-9a-f]{32}")
_NOT_FOUND = to_translate("No drawings are saved under this code (any more).")


class DrawingsNotSaved(Exception):
    """The drawings could not be saved or deleted; the message is a sentence for the visitor."""


def save(
    drawn: Handwriting, models: Path, code: str | None = None, *, of_visitor: bool = False
) -> str:
    """Save drawings, in place of those with this code if it is given; return their code.

    `of_visitor` says that they are of a visitor of a hosted server.

    Raises:
        ValueError: the code is malformed.
        DrawingsNotSaved: the disk is full, or cannot be written to; or visitors have saved
            `MAX_SAVED` already.
    """
    is_new = code is None
    code = code or secrets.token_hex(16)
    path = _path(code, models)
    if is_new and of_visitor:
        path = models / _OF_VISITORS / path.name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_new and of_visitor and sum(1 for _ in path.parent.glob("*.npz")) >= MAX_SAVED:
            raise DrawingsNotSaved(
                _(
                    "{count} sheets of drawings are kept here, as many as there is room for. "
                    "Please try again in a few days; you can download yours.",
                    count=whole(MAX_SAVED),
                )
            )
        atomic_file.write(path, archive.encode(drawn), durable=True)
        if path.parent.name == _OF_VISITORS:
            return code
        for old in sorted(path.parent.glob("*.npz"), key=_modified)[:-MAX_SAVED]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise DrawingsNotSaved(
            _(
                "Your drawings could not be saved: the server's disk is full or cannot be "
                "written to."
            )
        ) from error
    return code


def load(code: str, models: Path) -> Handwriting:
    """The drawings saved under a code.

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
        raise ValueError(_(_NOT_FOUND)) from error


def delete(code: str, models: Path) -> None:
    """Delete the drawings saved under a code, if there are any.

    Raises:
        ValueError: the code is malformed.
        DrawingsNotSaved: they cannot be deleted.
    """
    try:
        _path(code, models).unlink(missing_ok=True)
    except OSError as error:
        raise DrawingsNotSaved(
            _("Your drawings could not be deleted: the server's disk cannot be written to.")
        ) from error


def delete_old(models: Path, seconds: float) -> None:
    """Delete what visitors saved longer ago than this."""
    for path in (models / _OF_VISITORS).glob("*.npz"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > seconds:
                path.unlink(missing_ok=True)


def _path(code: str, models: Path) -> Path:
    """The file of a code, where it is or belongs; anything but a code never becomes a path."""
    if not _CODE.fullmatch(code):
        raise ValueError(_(_NOT_FOUND))
    of_visitor = models / _OF_VISITORS / f"{code}.npz"
    return of_visitor if of_visitor.exists() else models / _DIRECTORY / f"{code}.npz"


def _modified(path: Path) -> float:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime
    return 0.0
