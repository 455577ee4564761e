"""How often visitors guessed each digit for a doubtful image: counts only, nothing about anybody.

They are kept in one small file beside the models that people train. A damaged file counts as no
guesses.
"""

from collections.abc import Collection
from pathlib import Path

import msgspec
import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES
from mnist_core.system import atomic_file

_DIRECTORY, _COUNTS, _LOCK = ".guesses", "counts.json", "lock"
_LARGEST_FILE = 1_000_000
# Long enough for many writers on a slow disk.
_TIMEOUT_SECONDS = 5.0
# Keeps the file small.
_MAX_COUNT = 999_999_999

_Counts = dict[int, list[int]]


class GuessNotSaved(Exception):
    """A guess could not be counted; the message is a sentence for the visitor."""


class Guesses:
    """The counts in a directory, safe for any number of threads and processes.

    Args:
        models: where models are stored; the counts lie in a hidden directory there.
        elements: the elements that can be guessed; no others are counted, so that the file stays
            small.
    """

    def __init__(self, models: Path, elements: Collection[int]) -> None:
        self._directory = models / _DIRECTORY
        self._elements = frozenset(elements)

    def counts(self, element: int) -> NDArray[np.int64]:
        """How often each digit was guessed: shape `(10,)`; zeros if the file cannot be read."""
        return np.array(self._read().get(element, [0] * CLASSES), np.int64)

    def add(self, element: int, digit: int) -> None:
        """Count one more guess.

        Raises:
            ValueError: this element cannot be guessed, or this is not a digit.
            GuessNotSaved: the disk is full or cannot be written to, or too many others are writing.
        """
        if element not in self._elements:
            raise ValueError(f"Element {element} is not one of those to guess.")
        if not 0 <= digit < CLASSES:
            raise ValueError(f"A guess is a digit from 0 to 9, not {digit}.")
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with FileLock(self._directory / _LOCK, timeout=_TIMEOUT_SECONDS):
                counts = self._read()
                of_element = counts.setdefault(element, [0] * CLASSES)
                of_element[digit] = min(of_element[digit] + 1, _MAX_COUNT)
                data = msgspec.json.encode(counts)
                atomic_file.write(self._directory / _COUNTS, data, durable=True)
        except Timeout as error:
            raise GuessNotSaved(
                "Too many people are guessing right now; your guess was not counted."
            ) from error
        except OSError as error:
            raise GuessNotSaved(
                "Your guess could not be counted: the server's disk is full or cannot be written "
                "to."
            ) from error

    def _read(self) -> _Counts:
        """The valid counts on disk."""
        try:
            with (self._directory / _COUNTS).open("rb") as file:
                counts = atomic_file.decode(file.read(_LARGEST_FILE), _Counts)
        except (OSError, atomic_file.Damaged):
            return {}
        return {
            element: guessed
            for element, guessed in counts.items()
            if element in self._elements
            and len(guessed) == CLASSES
            and all(0 <= count <= _MAX_COUNT for count in guessed)
        }
