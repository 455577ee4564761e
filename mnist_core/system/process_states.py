"""What each web process says of itself: one small file, which any other process can read.

So `python -m mnist_core.status` needs no connection to a server. A file is as old as the last sign
of life of its process. Its errors are kept for a day, also after it has ended.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged

LIFE_SIGN_SECONDS = 5.0
"""How often a living process writes its file."""
DAY_SECONDS = 24 * 3600.0
MOST_ERRORS = 100
"""So many errors of each process are kept; older ones are only counted."""

_STALE_SECONDS = 4 * LIFE_SIGN_SECONDS
_LARGEST_BYTES = 100_000
_DIRECTORY = ".status"
_NAME = "web-*.json"


class SeenError(msgspec.Struct, frozen=True):
    """An error that a visitor met.

    Attributes:
        id: as the visitor was told, and as it stands in the log.
        time: of the first, in seconds since 1970.
        kind: the name of the exception's class.
        page: the path of the page, "" for Home.
        times: how often it happened.
    """

    id: str
    time: float
    kind: str
    page: str
    times: int = 1


class ProcessState(msgspec.Struct, frozen=True):
    """What a web process says of itself.

    Attributes:
        name: a random text.
        pid: its number where it runs.
        began: seconds since 1970.
        written: when it said this; seconds since 1970.
        people: open pages.
        memory_bytes: that it takes.
        refusals: how often each limit was reached, by the setting's name.
        errors: those that visitors met, the latest last.
        is_over: it was ended as it should be.
    """

    name: str
    pid: int
    began: float
    written: float
    people: int
    memory_bytes: int
    refusals: dict[str, int] = {}
    errors: tuple[SeenError, ...] = ()
    is_over: bool = False


@dataclass(frozen=True)
class ProcessStates:
    """The files of all web processes that share a directory of models.

    Attributes:
        models: that directory.
        now: the clock, in seconds since 1970.
    """

    models: Path
    now: Callable[[], float] = time.time

    def write(self, state: ProcessState) -> None:
        """Replace what a process has said before; OSError where the disk takes nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        atomic_file.write(self._folder / f"web-{state.name}.json", msgspec.json.encode(state))

    def alive(self) -> list[ProcessState]:
        """The processes that live, the oldest first."""
        return [state for state in self.of_last_day() if self._is_alive(state)]

    def of_last_day(self) -> list[ProcessState]:
        """Every process that lived within the last day, the oldest first; damaged files are not."""
        found = []
        for path in self._paths():
            state = _read(path)
            if state is not None and self.now() - state.written < DAY_SECONDS:
                found.append(state)
        return sorted(found, key=lambda state: state.began)

    def clean_up(self) -> None:
        """Delete the files of processes that have been gone for a day, and what is damaged."""
        for path in self._paths():
            with suppress(OSError):
                if self.now() - path.stat().st_mtime > DAY_SECONDS:
                    path.unlink()

    def _is_alive(self, state: ProcessState) -> bool:
        return not state.is_over and abs(self.now() - state.written) < _STALE_SECONDS

    def _paths(self) -> list[Path]:
        with suppress(OSError):
            return sorted(self._folder.glob(_NAME))
        return []

    @property
    def _folder(self) -> Path:
        return self.models / _DIRECTORY


def _read(path: Path) -> ProcessState | None:
    try:
        with path.open("rb") as file:
            return atomic_file.decode(file.read(_LARGEST_BYTES), ProcessState)
    except (OSError, Damaged):
        return None
