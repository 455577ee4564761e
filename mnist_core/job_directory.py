"""A job on disk: the directory is the truth about it.

spec.json        what to train, when it was asked for
process.json     which process does it
progress.jsonl   what that reports, a line each
stop             present once somebody asked it to stop
result.json      how it ended
"""

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
import psutil

from mnist_core.progress import Progress
from mnist_core.recipes import Recipe
from mnist_core.settings import Settings

Phase = Literal["loading", "training", "saving"]
Ending = Literal["done", "stopped", "failed", "interrupted"]

LOG = "worker.log"

_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{8}")
# A job whose directory is there but whose process is not noted yet is just being started.
_STARTING_SECONDS = 10.0
# A process is known by its number and its start; system clocks get set, so not to the second.
_SAME_START_SECONDS = 5.0
# Given back before a result is written, so that a full disk has room for these few lines.
_RESERVE_BYTES = 8192


@dataclass(frozen=True)
class Spec:
    """What was asked for, and when (seconds since 1970)."""

    recipe: Recipe
    settings: Settings
    submitted: float


@dataclass(frozen=True)
class Event:
    """A line of `progress.jsonl`: what the worker is at, and how far."""

    phase: Phase
    progress: Progress | None = None


@dataclass(frozen=True)
class Result:
    """How a job ended: the model it made, if any, and a sentence where something went wrong."""

    state: Ending
    model: str | None = None
    message: str | None = None


@dataclass(frozen=True)
class _Process:
    pid: int
    started: float


@dataclass(frozen=True)
class JobDirectory:
    """The directory of one job."""

    path: Path

    @property
    def id(self) -> str:
        """The job's id; ids sort in the order of submission."""
        return self.path.name

    @property
    def models(self) -> Path:
        """The directory of models this job's model goes to."""
        return self.path.parents[1]

    def create(self, spec: Spec) -> None:
        """Make the directory, with what is to be done in it."""
        self.path.mkdir()
        (self.path / "reserve").write_bytes(b" " * _RESERVE_BYTES)
        self._write("spec.json", spec)

    def spec(self) -> Spec:
        """What was asked for.

        Raises:
            ValueError: the file is damaged or gone.
        """
        try:
            return msgspec.json.decode((self.path / "spec.json").read_bytes(), type=Spec)
        except (OSError, ValueError) as error:
            raise ValueError("The notes on this training are damaged or gone.") from error

    def note_process(self, pid: int) -> None:
        """Write down which process does the job."""
        self._write("process.json", _Process(pid, _start_of(pid)))

    def note_event(self, event: Event) -> None:
        """Add a line to the progress.

        Raises:
            OSError: the disk is full.
        """
        with (self.path / "progress.jsonl").open("ab") as file:
            file.write(msgspec.json.encode(event) + b"\n")

    def note_result(self, result: Result) -> None:
        """Write down how it ended."""
        (self.path / "reserve").unlink(missing_ok=True)
        self._write("result.json", result)

    def request_stop(self) -> None:
        """Ask the worker to stop."""
        (self.path / "stop").touch()

    @property
    def is_stop_requested(self) -> bool:
        """Whether somebody asked it to stop."""
        return (self.path / "stop").exists()

    @property
    def is_unfinished(self) -> bool:
        """Whether it runs or waits."""
        return not (self.path / "result.json").exists() and self._is_alive()

    def events(self) -> list[Event]:
        """What the worker reported so far, in order."""
        try:
            lines = (self.path / "progress.jsonl").read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return []
        return [event for line in lines if (event := _event(line))]

    def result(self) -> Result | None:
        """How the job ended; None while it has not."""
        alive = self._is_alive()  # asked first: a worker writes its result, then ends
        try:
            return msgspec.json.decode((self.path / "result.json").read_bytes(), type=Result)
        except FileNotFoundError:
            return None if alive else self._death()
        except ValueError:
            return Result("failed", message="The note on how this training ended is damaged.")

    def ahead(self) -> list["JobDirectory"]:
        """The unfinished jobs that were asked for before this one."""
        before = (job for job in in_order(self.path.parent) if job.id < self.id)
        return [job for job in before if job.is_unfinished]

    def _death(self) -> Result:
        if psutil.boot_time() > self.path.stat().st_ctime:
            return Result("interrupted", message="The computer was restarted meanwhile.")
        return Result("failed", message="The training program ended unexpectedly.")

    def _is_alive(self) -> bool:
        try:
            noted = msgspec.json.decode((self.path / "process.json").read_bytes(), type=_Process)
        except FileNotFoundError:
            return time.time() - self.path.stat().st_mtime < _STARTING_SECONDS
        except ValueError:
            return False
        return abs(_start_of(noted.pid) - noted.started) < _SAME_START_SECONDS

    def _write(self, name: str, value: Spec | Result | _Process) -> None:
        """Write a file whole or not at all."""
        draft = self.path / f"{name}.draft"
        draft.write_bytes(msgspec.json.encode(value))
        draft.replace(self.path / name)


def in_order(home: Path) -> list[JobDirectory]:
    """All jobs in a directory of jobs, in the order they were asked for."""
    if not home.is_dir():
        return []
    return [JobDirectory(path) for path in sorted(home.iterdir()) if _ID.fullmatch(path.name)]


def _event(line: bytes) -> Event | None:
    """The event in this line; None where a line is damaged or still being written."""
    try:
        return msgspec.json.decode(line, type=Event) if line.endswith(b"\n") else None
    except ValueError:
        return None


def _start_of(pid: int) -> float:
    """When a process started, seconds since 1970; 0 when it is over."""
    try:
        process = psutil.Process(pid)
        return 0.0 if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return 0.0
