"""A job on disk: the directory is the truth about it.

spec.json        what to train, when it was asked for
drawings.npz     somebody's own digits to learn from; gone as soon as the worker has read them
process.json     which process does it
progress.jsonl   what that reports, a line each; see `reports`
latest.json      its latest report
control.json     what else was asked of it while it ran
stop             present once somebody asked it to stop
in_line          when it got in line, nanoseconds since 1970; see `line`
working          present once its turn has come
checkpoint       where it is, to go on from
snapshot.npz     the network at the end of the last epoch, to look at
result.json      how it ended
"""

import os
import re
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import psutil
from filelock import FileLock

from mnist_core.hands import archive
from mnist_core.hands.archive import BrokenDrawings
from mnist_core.hands.score import Handwriting
from mnist_core.jobs.queue_order import QueueEntry
from mnist_core.jobs.reports import Reports
from mnist_core.models import directory_layout
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.run_control import RunControl
from mnist_core.networks.settings import Settings
from mnist_core.system import atomic_file, processes
from mnist_core.system.atomic_file import Damaged
from mnist_core.system.processes import Process

Ending = Literal["done", "stopped", "failed", "interrupted", "paused"]

LOG = "worker.log"
_DRAWINGS = "drawings.npz"

_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{8}")
# A job whose directory is there but whose process is not noted yet is just being started.
_STARTING_SECONDS = 10.0
# Given back before a result is written, so that a full disk has room for these few lines.
_RESERVE_BYTES = 8192
# The year 9000: beyond the next thousand years no calendar here goes on.
_LATEST = 221_845_392_000.0


@dataclass(frozen=True)
class Spec:
    """What was asked for, and when (seconds since 1970).

    Attributes:
        recipe: the network.
        settings: how to train it.
        submitted: when it was asked for.
        started_from: the model that goes on learning; None for a fresh network.
        learns_drawings: it learns from drawings, and not from MNIST alone.
        visitor: who asked for it, a random text that a page made up for a visit; None for nobody
            in particular.
        series: what it has in common with others that were asked for together.
    """

    recipe: Recipe
    settings: Settings
    submitted: Annotated[float, msgspec.Meta(ge=0, le=_LATEST)]
    started_from: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    learns_drawings: bool = False
    visitor: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    series: Annotated[str, msgspec.Meta(max_length=64)] | None = None


@dataclass(frozen=True)
class Result:
    """How a job ended: the model it made, if any, and a sentence where something went wrong."""

    state: Ending
    model: str | None = None
    message: str | None = None


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

    def create(self, spec: Spec, drawings: Handwriting | None = None) -> None:
        """Make the directory, with what is to be done in it; it is there whole or not at all."""
        draft = JobDirectory(self.path.with_name(f".{self.id}"))
        draft.path.mkdir()
        try:
            (draft.path / "reserve").write_bytes(b" " * _RESERVE_BYTES)
            draft._write(directory_layout.SPEC, spec, lasting=True)
            if drawings is not None:
                (draft.path / _DRAWINGS).write_bytes(archive.encode(drawings))
            draft.path.rename(self.path)
        except BaseException:
            # A full disk, most often. The drawings above all shall not stay.
            shutil.rmtree(draft.path, ignore_errors=True)
            raise

    def remove(self) -> None:
        """Forget the job; nobody sees it half removed."""
        hidden = self.path.with_name(f".{self.id}")
        self.path.rename(hidden)
        shutil.rmtree(hidden, ignore_errors=True)

    def spec(self) -> Spec:
        """What was asked for.

        Raises:
            ValueError: the file is damaged or gone.
        """
        with suppress(Damaged):
            if spec := atomic_file.read(self.path / directory_layout.SPEC, Spec):
                return spec
        raise ValueError("The notes on this training are damaged or gone.")

    def take_drawings(self) -> Handwriting:
        """The drawings to learn from, which are on disk no longer then.

        Raises:
            hand_archive.BrokenDrawings: they are damaged or gone.
        """
        try:
            data = (self.path / _DRAWINGS).read_bytes()
        except OSError as error:
            raise BrokenDrawings("The drawings to learn from are gone.") from error
        self.forget_drawings()
        return archive.decode(data)

    def forget_drawings(self) -> None:
        """Have no drawings on disk, such as those of a job that ended before it began."""
        (self.path / _DRAWINGS).unlink(missing_ok=True)

    def note_process(self, pid: int) -> bool:
        """Write down which process does the job, unless another that lives does it already.

        Both do, the process itself first thing and whoever started it: that one may be killed in
        between, and somebody else then start another.

        Returns:
            Whether it may do the job: nobody else does, and it is not over.
        """
        with FileLock(self.path.parent / ".process"):
            if (self.path / directory_layout.RESULT).exists():
                return False
            noted = self._noted()
            if noted and processes.is_alive(noted) and not processes.is_same(noted.pid, pid):
                return False
            self._write("process.json", processes.of(pid))
            return True

    def note_result(self, result: Result) -> None:
        """Write down how it ended; what was written first holds."""
        if (self.path / directory_layout.RESULT).exists():
            return
        (self.path / "reserve").unlink(missing_ok=True)
        self.forget_drawings()
        self._write(directory_layout.RESULT, result, lasting=True)

    def restart(self) -> None:
        """Have the job unfinished again, to go on from its checkpoint.

        Raises:
            ValueError: a process has come forward that does it.
        """
        with FileLock(self.path.parent / ".process"):
            # One with a result has nothing more to do, though it may not be over yet.
            noted = None if (self.path / directory_layout.RESULT).exists() else self._noted()
            if noted and processes.is_alive(noted):
                raise ValueError("This training cannot go on: it is not interrupted.")
            self._begin_anew()

    def _begin_anew(self) -> None:
        (self.path / "process.json").unlink(missing_ok=True)
        self.reports.latest.unlink(missing_ok=True)
        for name in (directory_layout.CHECKPOINT, directory_layout.SNAPSHOT):
            for draft in self.path.glob(f"{name}.*.draft"):
                # Of a worker that was killed while it wrote.
                draft.unlink(missing_ok=True)
        for name in ("stop", "working", "in_line"):
            (self.path / name).unlink(missing_ok=True)
        (self.path / "reserve").write_bytes(b" " * _RESERVE_BYTES)
        (self.path / directory_layout.RESULT).unlink(missing_ok=True)
        # Only now is it a job that is just being started.
        os.utime(self.path)

    @property
    def reports(self) -> Reports:
        """What its worker tells of the training."""
        return Reports(self.path)

    @property
    def checkpoint(self) -> Path:
        """The file in which the training's checkpoint is, if it has one."""
        return self.path / directory_layout.CHECKPOINT

    @property
    def snapshot(self) -> Path:
        """The file in which the last epoch's snapshot is, if there is one."""
        return self.path / directory_layout.SNAPSHOT

    def forget_checkpoint(self) -> None:
        """Have no checkpoint on disk: there is nothing (more) to go on from."""
        self.checkpoint.unlink(missing_ok=True)

    def steering(self) -> RunControl:
        """What is asked of the training now; nothing where the note cannot be read."""
        asked = None
        with suppress(Damaged):
            asked = atomic_file.read(self.path / "control.json", RunControl)
        return replace(asked or RunControl(), stop=self.is_stop_requested)

    def steer(self, steering: RunControl) -> None:
        """Ask this of the training, in place of what was asked before."""
        self._write("control.json", steering)

    def change_steering(
        self,
        *,
        paused: bool | None = None,
        stop: bool | None = None,
        learning_rate: float | None = None,
    ) -> None:
        """Ask this of the training; what is None stays as it is.

        One at a time: of two that ask for something else neither is lost.
        """
        with FileLock(self.path.parent / ".steering"):
            asked = self.steering()
            self.steer(
                replace(
                    asked,
                    paused=asked.paused if paused is None else paused,
                    stop=asked.stop if stop is None else stop,
                    learning_rate=asked.learning_rate if learning_rate is None else learning_rate,
                )
            )

    def join_queue(self, others: Iterable[QueueEntry] = ()) -> None:
        """From now on it waits for its turn; see `line`.

        Args:
            others: who is there already and stays before it, even where the clock was set back.
        """
        latest = max((other.joined for other in others if other.joined is not None), default=0)
        arrived = max(time.time_ns(), latest + 1)
        atomic_file.write(self.path / "in_line", str(arrived).encode())

    def mark_started(self) -> None:
        """Its turn has come."""
        (self.path / "working").touch()

    def queue_entry(self) -> QueueEntry:
        """Its place in the line, as `line.order` takes it.

        Raises:
            ValueError: the notes on it are damaged or gone.
        """
        try:
            arrived = int((self.path / "in_line").read_text())
        except (OSError, ValueError):
            arrived = None
        return QueueEntry(self.id, self.spec().visitor, arrived, (self.path / "working").exists())

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
        return not (self.path / directory_layout.RESULT).exists() and self._is_alive()

    def result(self) -> Result | None:
        """How the job ended; None while it has not.

        Raises:
            ValueError: it is gone, removed this very moment.
        """
        alive = self._is_alive()  # asked first: a worker writes its result, then ends
        try:
            result = atomic_file.read(self.path / directory_layout.RESULT, Result)
        except Damaged:
            # What was learned may be there all the same, to go on from.
            message = "The note on how this training ended is damaged."
            return Result("interrupted", message=message)
        return result or (None if alive else self._death())

    def _death(self) -> Result:
        try:
            began = self.path.stat().st_ctime
        except OSError as error:
            raise ValueError("There is no such training here (any more).") from error
        if psutil.boot_time() > began:
            return Result("interrupted", message="The computer was restarted meanwhile.")
        return Result("interrupted", message="The training program ended unexpectedly.")

    def _noted(self) -> Process | None:
        with suppress(Damaged):
            return atomic_file.read(self.path / "process.json", Process)
        return None

    def _is_alive(self) -> bool:
        try:
            noted = atomic_file.read(self.path / "process.json", Process)
        except Damaged:
            return False
        return processes.is_alive(noted) if noted else self._is_new()

    def _is_new(self) -> bool:
        try:
            # Either way: where the clock was set back, it would be new for as long as that.
            return abs(time.time() - self.path.stat().st_mtime) < _STARTING_SECONDS
        except FileNotFoundError:
            return False  # removed this very moment

    def _write(
        self, name: str, value: Spec | Result | RunControl | Process, *, lasting: bool = False
    ) -> None:
        """Write a file whole or not at all."""
        atomic_file.write(self.path / name, msgspec.json.encode(value), lasting=lasting)


def in_order(home: Path) -> list[JobDirectory]:
    """All jobs in a directory of jobs, in the order they were asked for."""
    if not home.is_dir():
        return []
    with os.scandir(home) as entries:
        # Nothing else that is called so is a job: neither a file nor a link to somewhere.
        names = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
    return [JobDirectory(home / name) for name in sorted(names) if _ID.fullmatch(name)]
