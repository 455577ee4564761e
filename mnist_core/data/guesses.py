"""What visitors of this server took doubtful digits for: counts only, nothing about anybody.

One small file beside the models that people train. Whatever happens to it, the pages go on: a
damaged file counts as no guesses, and one that cannot be written is a sentence.
"""

import os
from collections.abc import Collection
from pathlib import Path

import msgspec
import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES

_DIRECTORY = ".guesses"
_COUNTS, _WRITTEN, _LOCK = "counts.json", "counts.new", "lock"
_LARGEST_FILE = 1_000_000
_PATIENCE_SECONDS = 2.0
# A count that stops growing here will never be missed, and keeps the file small.
_MOST = 999_999_999

_Counts = dict[int, list[int]]


class NotKept(Exception):
    """A guess could not be written down; the message is a sentence for the visitor."""


class Guesses:
    """The counts in a directory. Safe for any number of threads and processes.

    Args:
        models: where models are kept; the counts lie in a hidden directory there.
        elements: the elements that can be guessed; nothing is kept about others, so the file
            cannot grow beyond these.
    """

    def __init__(self, models: Path, elements: Collection[int]) -> None:
        self._directory = models / _DIRECTORY
        self._elements = frozenset(elements)

    def counts(self, element: int) -> NDArray[np.int64]:
        """How often each digit was guessed: shape `(10,)`; zeros if nothing can be read."""
        return np.array(self._read().get(element, [0] * CLASSES), np.int64)

    def add(self, element: int, digit: int) -> None:
        """Count one more guess.

        Raises:
            ValueError: this element is not one to guess, or that is not a digit.
            NotKept: the disk is full, cannot be written, or others were writing all the time.
        """
        if element not in self._elements:
            raise ValueError(f"Element {element} is not one of those to guess.")
        if not 0 <= digit < CLASSES:
            raise ValueError(f"A guess is a digit from 0 to 9, not {digit}.")
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with FileLock(self._directory / _LOCK, timeout=_PATIENCE_SECONDS):
                counts = self._read()
                of_element = counts.setdefault(element, [0] * CLASSES)
                of_element[digit] = min(of_element[digit] + 1, _MOST)
                self._write(counts)
        except Timeout as error:
            raise NotKept("Too many people are guessing; yours was not counted.") from error
        except OSError as error:
            raise NotKept(
                "Your guess could not be counted: the server's disk is full or cannot be written."
            ) from error

    def _read(self) -> _Counts:
        """What is on disk and makes sense; a damaged file is as good as none."""
        try:
            with (self._directory / _COUNTS).open("rb") as file:
                found = msgspec.json.decode(file.read(_LARGEST_FILE), type=_Counts)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return {}
        return {
            element: counts
            for element, counts in found.items()
            if element in self._elements
            and len(counts) == CLASSES
            and all(0 <= count <= _MOST for count in counts)
        }

    def _write(self, counts: _Counts) -> None:
        """Whole or not at all: into a file beside it, then renamed. The lock is held."""
        written = self._directory / _WRITTEN
        with written.open("wb") as file:
            file.write(msgspec.json.encode(counts))
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._directory / _COUNTS)
