"""Small files that are kept for an hour, and found again by a secret code that is not on the disk.

Whoever has the code finds the files; whoever has the disk finds no code. Each code has a directory
of its own, named after the code's SHA-256. An hour after the last change to it, it is deleted.
"""

import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mnist_core.system import atomic_file

SECONDS = 3600
"""For how long files are kept."""

_NAME = re.compile(r"[a-z0-9-]{1,60}")
# Cleaning up lists all directories: once a minute is enough, whichever process does it.
_CLEAN_UP_SECONDS = 60
_CLEANED_UP = ".cleaned-up"


class TooLarge(ValueError):
    """What is to be kept is larger than is allowed."""


@dataclass(frozen=True)
class HourlyFiles:
    """The files in a directory.

    Attributes:
        directory: where; made when it is needed.
        most_codes: beyond this number of codes, the files of the oldest are deleted.
        most_bytes: beyond so many bytes likewise.
        largest_bytes: the largest file that is taken.
        now: the clock, in seconds as files have them.
    """

    directory: Path
    most_codes: int = 2_000
    most_bytes: int = 200_000_000
    largest_bytes: int = 200_000
    now: Callable[[], float] = time.time

    def write(self, code: str, name: str, data: bytes) -> None:
        """Keep a file, in place of the one of this name.

        Args:
            code: any text.
            name: lower-case letters, digits and hyphens.
            data: its content.

        Raises:
            TooLarge: it is larger than `largest_bytes`.
            OSError: the disk is full, or cannot be written to.
        """
        if len(data) > self.largest_bytes:
            raise TooLarge(f"{len(data)} bytes are more than may be kept.")
        folder = self._folder(code)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic_file.write(folder / _checked(name), data)
        self._clean_up_once_a_minute()

    def read(self, code: str, name: str) -> bytes | None:
        """The content of a file; None if there is none, if it is too old or cannot be read."""
        folder = self._folder(code)
        if not self._is_fresh(folder):
            return None
        with suppress(OSError), (folder / _checked(name)).open("rb") as file:
            data = file.read(self.largest_bytes + 1)
            return data if len(data) <= self.largest_bytes else None
        return None

    def delete(self, code: str, name: str) -> None:
        """Delete a file, if there is one."""
        with suppress(OSError):
            (self._folder(code) / _checked(name)).unlink(missing_ok=True)

    def touch(self, code: str) -> None:
        """Begin the hour of this code's files anew."""
        with suppress(OSError):
            os.utime(self._folder(code), (self.now(), self.now()))

    def copy(self, code: str, successor: str) -> bool:
        """Have what one code has kept found by another, too: all of it, or nothing.

        Returns:
            Whether there was anything.
        """
        folder, target = self._folder(code), self._folder(successor)
        if not self._is_fresh(folder):
            return False
        staged = _out_of_reach(target)
        with suppress(OSError):
            shutil.copytree(folder, staged)
            staged.rename(target)
            return True
        shutil.rmtree(staged, ignore_errors=True)
        return False

    def forget(self, code: str) -> None:
        """Delete all files of a code."""
        _delete(self._folder(code))

    def clean_up(self) -> None:
        """Delete what is older than an hour, and the oldest of too many."""
        with suppress(OSError):
            folders = [one for one in self.directory.iterdir() if one.is_dir()]
            size = 0
            for position, folder in enumerate(sorted(folders, key=_modified, reverse=True)):
                size += _size(folder)
                are_too_many = position >= self.most_codes or size > self.most_bytes
                if are_too_many or not self._is_fresh(folder):
                    _delete(folder)

    def _folder(self, code: str) -> Path:
        return self.directory / hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()[:32]

    def _is_fresh(self, folder: Path) -> bool:
        return self.now() - _modified(folder) < SECONDS

    def _clean_up_once_a_minute(self) -> None:
        mark = self.directory / _CLEANED_UP
        if self.now() - _modified(mark) >= _CLEAN_UP_SECONDS:
            mark.touch()
            self.clean_up()


def _checked(name: str) -> str:
    """A name that may become a path."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"A file cannot be called {name!r}.")
    return name


def _modified(path: Path) -> float:
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _size(folder: Path) -> int:
    with suppress(OSError), os.scandir(folder) as files:
        return sum(file.stat().st_size for file in files)
    return 0


def _out_of_reach(folder: Path) -> Path:
    """A place beside a directory that no code leads to."""
    return folder.with_name(f".{secrets.token_hex(4)}-{folder.name[:8]}")


def _delete(folder: Path) -> None:
    """Out of reach first, so that nobody finds half of it."""
    doomed = _out_of_reach(folder)
    with suppress(OSError):
        folder.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
