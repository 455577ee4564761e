"""Sheets of Score my handwriting as they are being filled: kept for an hour under a secret code.

So a lost connection or a new server costs nobody what they have drawn. The code is the browser's;
the disk holds only its SHA-256 (`mnist_core.system.hourly_files`).
"""

from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np

from mnist_core.data.dataset import SIDE
from mnist_core.handwriting.score import SHEET_SIZE, Drawing, Sheet
from mnist_core.system import atomic_file
from mnist_core.system.hourly_files import HourlyFiles, TooLarge

_DIRECTORY = ".sheets"
# Twenty drawings in base64 are 22 kB.
_LARGEST_BYTES = 40_000
_NAME = "sheet"

_Digit = Annotated[int, msgspec.Meta(ge=0, le=9)]


class _Drawing(msgspec.Struct):
    """A drawing as it is written: its pixels, row by row, and its label."""

    image: bytes
    label: _Digit


class _Sheet(msgspec.Struct):
    """A sheet as it is written; see `score.Sheet`."""

    prompts: Annotated[
        tuple[_Digit, ...], msgspec.Meta(min_length=SHEET_SIZE, max_length=SHEET_SIZE)
    ]
    drawings: Annotated[
        tuple[_Drawing | None, ...], msgspec.Meta(min_length=SHEET_SIZE, max_length=SHEET_SIZE)
    ]
    position: Annotated[int, msgspec.Meta(ge=0, le=SHEET_SIZE)]


def save(sheet: Sheet, models: Path, code: str, name: str = _NAME) -> bool:
    """Keep a sheet for an hour, in place of the one with this code and name.

    Args:
        sheet: finished or not.
        models: the directory of people's models, in which it is kept.
        code: the browser's.
        name: tells several sheets of one browser apart; lower-case letters, digits and hyphens.

    Returns:
        Whether it is kept. A full disk is no reason to disturb somebody who draws.
    """
    drawings = [
        None if one is None else _Drawing(one.image.tobytes(), one.label) for one in sheet.drawings
    ]
    written = _Sheet(sheet.prompts, tuple(drawings), sheet.position)
    try:
        _files(models).write(code, name, msgspec.json.encode(written))
    except (OSError, TooLarge):
        return False
    return True


def load(models: Path, code: str, name: str = _NAME) -> Sheet | None:
    """The sheet kept under a code; None if there is none, or none that can be read."""
    data = _files(models).read(code, name)
    if data is None:
        return None
    try:
        found = atomic_file.decode(data, _Sheet)
        return Sheet(found.prompts, tuple(map(_drawing, found.drawings)), found.position)
    except ValueError:
        return None


def delete(models: Path, code: str, name: str = _NAME) -> None:
    """Delete the sheet kept under a code, if there is one."""
    _files(models).delete(code, name)


def _drawing(written: _Drawing | None) -> Drawing | None:
    if written is None:
        return None
    return Drawing(np.frombuffer(written.image, np.uint8).reshape(SIDE, SIDE), written.label)


def _files(models: Path) -> HourlyFiles:
    return HourlyFiles(models / _DIRECTORY, largest_bytes=_LARGEST_BYTES)
