"""How often something may happen: at most so many times in any so many seconds, for each name.

A sliding window: of each name the moments are remembered at which it was counted, and no longer
than they matter. In memory, or in one small file that all processes on a disk share. There the
names are scrambled with a random key, so that nobody reads an address or a visitor in it.
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged

MOST_NAMES = 5_000
"""Beyond this number, the names that were counted longest ago are forgotten."""

_TIMEOUT_SECONDS = 5.0
# After a time as short as this, somebody who was refused because the file was busy may try again.
_BUSY_SECONDS = 1.0


class _Window(msgspec.Struct):
    """What is remembered: the key of the names, and when each was counted, in seconds."""

    key: str = ""
    counted: dict[str, list[float]] = {}


class RateLimit:
    """A limit over a sliding window; safe for any number of threads and, with a file, processes.

    Args:
        seconds: the length of the window.
        file: where to keep it, for all processes; None keeps it in this process. Its directory is
            made when needed.
        clock: seconds since 1970.
    """

    def __init__(
        self, seconds: float, file: Path | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._seconds, self._file, self._clock = seconds, file, clock
        self._lock = threading.Lock()
        self._window = _Window()

    def take(self, most: Mapping[str, int], count: int = 1) -> float:
        """Count something for all of these names, unless that is too much for one of them.

        Where the file cannot be written, it is counted in this process alone.

        Args:
            most: how often it may happen in the window, by name.
            count: how many times it happens now.

        Returns:
            0 if it was counted; otherwise the seconds until it would be, at least 1. If it is
            more than may ever happen at once, the length of the window.
        """
        with self._lock:
            try:
                with self._open() as window:
                    return self._count(window, most, count)
            except Timeout:
                return _BUSY_SECONDS
            except OSError:
                return self._count(self._window, most, count)

    def _count(self, window: _Window, most: Mapping[str, int], count: int) -> float:
        now = self._clock()
        self._forget(window, now)
        names = {self._scrambled(name, window.key): limit for name, limit in most.items()}
        waits = [
            self._wait(window.counted.get(name, []), limit, count, now)
            for name, limit in names.items()
        ]
        if any(waits):
            return max(1.0, *waits)
        for name in names:
            # Put at the end: the first in the dictionary was counted longest ago.
            window.counted[name] = [*window.counted.pop(name, []), *[now] * count]
        while len(window.counted) > max(MOST_NAMES, len(names)):
            del window.counted[next(iter(window.counted))]
        return 0.0

    def _wait(self, moments: list[float], limit: int, count: int, now: float) -> float:
        """How long until so many more fit."""
        if count > limit:
            return self._seconds
        surplus = len(moments) + count - limit
        return moments[surplus - 1] + self._seconds - now if surplus > 0 else 0.0

    def _forget(self, window: _Window, now: float) -> None:
        # What lies in the future is from before the clock was set back.
        kept = {
            name: [moment for moment in moments if now - self._seconds < moment <= now]
            for name, moments in window.counted.items()
        }
        window.counted = {name: moments for name, moments in kept.items() if moments}

    def _scrambled(self, name: str, key: str) -> str:
        if self._file is None:
            return name
        data = name.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, key=key.encode()[:64], digest_size=12).hexdigest()

    @contextmanager
    def _open(self) -> Iterator[_Window]:
        """What is remembered, to be changed; of a file, by one process at a time."""
        if self._file is None:
            yield self._window
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._file.with_suffix(".lock"), timeout=_TIMEOUT_SECONDS):
            window = None
            with suppress(Damaged):
                window = atomic_file.read(self._file, _Window)
            if window is None or not window.key:
                window = _Window(secrets.token_hex(16))
            yield window
            atomic_file.write(self._file, msgspec.json.encode(window))
