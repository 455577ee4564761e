"""A job on disk. Its directory is the only record of it:

spec.json        what to train
drawings.npz     somebody's own digits to learn from; deleted as soon as the worker has read them
process.json     the worker's process
alive            held by the worker for as long as it lives
progress.jsonl   its reports, one a line; see `reports`
latest.json      its latest report
control.json     what is asked of it while it runs; see `control`
stop             present once it was asked to stop
in_line          when it joined the queue, nanoseconds since 1970
working          present once the queue let it start
checkpoint       the state of the training, to resume from
snapshot.npz     the network at the end of the last epoch, to look at
live.npz         a small look at it in between
own_digit        28 x 28 bytes: the digit that the visitor drew last, if there is one
reserve          deleted before the result is written, so that a full disk has room for it
result.json      how it ended
"""

import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from mnist_core.data.dataset import SIDE
from mnist_core.handwriting import archive
from mnist_core.handwriting.archive import BrokenDrawings
from mnist_core.handwriting.score import Handwriting
from mnist_core.jobs import job_process
from mnist_core.jobs.control import Control
from mnist_core.jobs.job_process import JobProcess
from mnist_core.jobs.reports import Reports
from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import job_file_names
from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged

LOG = "worker.log"
_DRAWINGS = "drawings.npz"
_OWN_DIGIT = "own_digit"

_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-(?:[0-9a-f]{8}|[0-9a-f]{32})")
_RESERVE_BYTES = 8192


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
        """The directory of models that its model is saved in."""
        return self.path.parents[1]

    @property
    def reports(self) -> Reports:
        """What its worker has reported."""
        return Reports(self.path)

    @property
    def control(self) -> Control:
        """What is asked of it while it runs."""
        return Control(self.path)

    @property
    def process(self) -> JobProcess:
        """The process that does it."""
        return JobProcess(self.path)

    @property
    def checkpoint(self) -> Path:
        """The file of its checkpoint, which need not exist."""
        return self.path / job_file_names.CHECKPOINT

    @property
    def snapshot(self) -> Path:
        """The file of the last epoch's snapshot, which need not exist."""
        return self.path / job_file_names.SNAPSHOT

    @property
    def live_snapshot(self) -> Path:
        """The file of the latest live snapshot, which need not exist."""
        return self.path / job_file_names.LIVE_SNAPSHOT

    @property
    def _result(self) -> Path:
        return self.path / job_file_names.RESULT

    def create(
        self,
        spec: Spec,
        drawings: Handwriting | None = None,
        own_digit: NDArray[np.uint8] | None = None,
    ) -> None:
        """Create the directory in one step.

        Args:
            spec: what to train.
            drawings: to learn from.
            own_digit: the visitor's, to read while it trains: uint8 `(28, 28)`.
        """
        draft = JobDirectory(self.path.with_name(f".{self.id}"))
        draft.path.mkdir()
        try:
            (draft.path / "reserve").write_bytes(b" " * _RESERVE_BYTES)
            draft._write(job_file_names.SPEC, spec, durable=True)
            if drawings is not None:
                (draft.path / _DRAWINGS).write_bytes(archive.encode(drawings))
            if own_digit is not None:
                (draft.path / _OWN_DIGIT).write_bytes(own_digit.tobytes())
            draft.path.rename(self.path)
        except BaseException:
            # Usually a full disk. Above all, the drawings must not stay behind.
            shutil.rmtree(draft.path, ignore_errors=True)
            raise

    def remove(self) -> None:
        """Delete the job; it is hidden first, so that nobody sees half of it."""
        hidden = self.path.with_name(f".{self.id}")
        self.path.rename(hidden)
        shutil.rmtree(hidden, ignore_errors=True)

    def spec(self) -> Spec:
        """What was asked for; ValueError if the file is damaged or gone."""
        with suppress(Damaged):
            if spec := atomic_file.read(self.path / job_file_names.SPEC, Spec):
                return spec
        raise ValueError("The notes on this training are damaged or gone.")

    def own_digit(self) -> NDArray[np.uint8]:
        """The visitor's digit, uint8 `(1, 28, 28)`; `(0, 28, 28)` if there is none."""
        try:
            data = (self.path / _OWN_DIGIT).read_bytes()
        except OSError:
            data = b""
        whole = data if len(data) == SIDE * SIDE else b""
        return np.frombuffer(whole, np.uint8).reshape(-1, SIDE, SIDE)

    def take_drawings(self) -> Handwriting:
        """Read the drawings to learn from, and delete them; BrokenDrawings if that fails."""
        try:
            data = (self.path / _DRAWINGS).read_bytes()
        except OSError as error:
            raise BrokenDrawings("The drawings to learn from are gone.") from error
        self.delete_drawings()
        return archive.decode(data, archive.MOST_OF_CLASS)

    def delete_drawings(self) -> None:
        """Delete the drawings, if they are still there."""
        (self.path / _DRAWINGS).unlink(missing_ok=True)

    def delete_own_digit(self) -> None:
        """Delete the visitor's digit, if it is still there."""
        (self.path / _OWN_DIGIT).unlink(missing_ok=True)

    def claim(self, pid: int) -> bool:
        """Record the process that does the job, unless another living one has; whether it may.

        Both the worker and whoever started it do so: the starter may be killed before it can, and
        a second worker may then be started.
        """
        with FileLock(self.path.parent / ".process"):
            if self._result.exists():
                return False
            return self.process.claim(pid)

    def save_result(self, result: Result) -> None:
        """Write how the job ended; a result that is already there stays."""
        if self._result.exists():
            return
        (self.path / "reserve").unlink(missing_ok=True)
        self.delete_drawings()
        self._write(job_file_names.RESULT, result, durable=True)

    def reopen(self) -> None:
        """Make an ended job unfinished again; ValueError if a living process is doing it."""
        with FileLock(self.path.parent / ".process"):
            # A process that has written its result may live on for a moment; it does nothing more.
            if not self._result.exists() and self.process.has_started_and_lives:
                raise ValueError("This training cannot continue: it was not interrupted.")
            for name in (job_process.FILE, "latest.json", "stop", "working", "in_line"):
                (self.path / name).unlink(missing_ok=True)
            for file in (self.checkpoint, self.snapshot, self.live_snapshot):
                # Of a worker that was killed while it wrote.
                for draft in self.path.glob(f"{file.name}.*.draft"):
                    draft.unlink(missing_ok=True)
            (self.path / "reserve").write_bytes(b" " * _RESERVE_BYTES)
            self._result.unlink(missing_ok=True)
            # Last: from here on it counts as just being started.
            os.utime(self.path)

    @property
    def is_unfinished(self) -> bool:
        """Whether it is running or queued."""
        return not self._result.exists() and self.process.is_alive

    @property
    def may_still_start(self) -> bool:
        """Whether it has no process yet, and a slow computer may be about to start one."""
        return not self._result.exists() and self.process.may_still_start

    @property
    def ended(self) -> float | None:
        """When its result was written, seconds since 1970; None while there is none."""
        try:
            return self._result.stat().st_mtime
        except OSError:
            return None

    def result(self) -> Result | None:
        """How the job ended; None while it has not. ValueError if it has just been removed."""
        alive = self.process.is_alive  # asked first: a worker writes its result, then ends
        try:
            result = atomic_file.read(self._result, Result)
        except Damaged:
            # What was learned may still be there to resume from.
            message = "The note on how this training ended is damaged."
            return Result("interrupted", message=message)
        return result if result or alive else self.process.killed()

    def _write(self, name: str, value: object, *, durable: bool = False) -> None:
        atomic_file.write(self.path / name, msgspec.json.encode(value), durable=durable)


def list_jobs(jobs_directory: Path) -> list[JobDirectory]:
    """All jobs in a directory of jobs, in the order of submission."""
    if not jobs_directory.is_dir():
        return []
    with os.scandir(jobs_directory) as entries:
        # A file or a link with such a name is not a job.
        names = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
    return [JobDirectory(jobs_directory / name) for name in sorted(names) if _ID.fullmatch(name)]
