"""`python -m mnist_core.jobs.worker JOB_DIR`: one training in a process of its own."""

import errno
import logging
import math
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import psutil

from mnist_core.hands.archive import BrokenDrawings
from mnist_core.jobs import queue_position
from mnist_core.jobs.directory import JobDirectory, Result
from mnist_core.jobs.reports import Event
from mnist_core.models import disk_quota, store
from mnist_core.networks import limits
from mnist_core.networks.run_control import RunControl
from mnist_core.training import checkpoint, snapshots
from mnist_core.training.progress import Progress

if TYPE_CHECKING:
    from mnist_core.training.loop import Callbacks

_LOOK_SECONDS = 0.3
_LONGEST_LOOK_SECONDS = 0.9
_REPORT_SECONDS = 0.25
# The lines of a training grow further apart, so that reading them stays quick: some 500 in its
# first two minutes, as many again until it is five minutes old, a thousand more in an hour.
_LINES_PER_AGE = 500
# So long a paused training keeps its memory, if nobody else wants it.
_LONGEST_PAUSE_SECONDS = 120.0
# Behind the pages that visitors look at meanwhile.
_NICENESS = 5


class _Interrupted(BaseException):
    """The system asks this process to end; no handler of errors on the way may keep it."""


def step_back() -> None:
    """Let the pages that visitors look at meanwhile go first, and keep TensorFlow's chatter low."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


def main(path: Path, warmed_up: Callable[[], object] = lambda: None) -> None:
    """Wait for the job's turn, do it, and write down how it ended.

    Args:
        path: the job's directory.
        warmed_up: waits until this process has imported what it is importing already.
    """
    run_job(path, lambda job: _work(job, warmed_up))


def run_job(path: Path, work: Callable[[JobDirectory], Result]) -> None:
    """Do a job in this way, and write down how it ended, even if the system asks us to end.

    Nothing is done where another process does it already.
    """
    job = JobDirectory(path)
    if not _may_begin(job):
        return
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        result = work(job)
        # The work is done: nothing may get between it and the note.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        job.note_result(result)
        if result.model:
            # Not before: who is killed in between has only to save it again.
            job.forget_checkpoint()
    except _Interrupted:
        job.note_result(Result("interrupted", message="The computer ended this training."))


def _may_begin(job: JobDirectory) -> bool:
    try:
        return job.note_process(os.getpid())
    except OSError as error:
        # A disk may be full for a while; whoever started this process notes it as well.
        logging.getLogger(__name__).warning("process not noted: %s", error)
        return True


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Interrupted


def wait_in_queue(job: JobDirectory) -> bool:
    """Wait in line; whether there is still something to do when the turn has come."""
    # The further back in the line, the less often it looks.
    # Who stops a training that has learned something wants to keep that: it waits, and saves it.
    while not is_cancelled(job) and (ahead := queue_position.try_start(job)):
        time.sleep(min(_LOOK_SECONDS * ahead, _LONGEST_LOOK_SECONDS))
    return not is_cancelled(job)


def _work(job: JobDirectory, warmed_up: Callable[[], object]) -> Result:
    if not wait_in_queue(job):
        return Result("stopped")
    start = checkpoint.read_or_none(job.checkpoint)
    job.reports.rewind(start.position if start else None)
    job.reports.add(Event("loading"))
    warmed_up()
    # Importing TensorFlow takes seconds and memory: not before this job's turn.
    from mnist_core.training.export import CannotStart, make_model
    from mnist_core.training.fine_tuning import fine_tune
    from mnist_core.training.loop import Diverged, Suspended

    spec = job.spec()
    steering = SteeringReader(job, may_leave=not spec.learns_drawings)
    watched: Any = {
        "root": job.models,
        "callbacks": watch(job, steering),
        "on_saving": lambda: written("progress", lambda: job.reports.add(Event("saving"))),
    }
    try:
        if spec.learns_drawings:
            assert spec.started_from is not None
            card = fine_tune(spec.started_from, spec.settings, job.take_drawings(), **watched)
        else:
            watched |= {"started_from": spec.started_from, "resume_from": start}
            card = make_model(spec.recipe, spec.settings, **watched)
    except Suspended:
        return Result("paused")
    except (Diverged, store.BrokenModel, CannotStart, BrokenDrawings) as error:
        return Result("failed", message=str(error))
    except OSError as error:
        return not_saved(job, error)
    if card is None:
        return Result("stopped")
    return Result("stopped" if card.stopped_early else "done", card.name, steering.message)


def is_cancelled(job: JobDirectory) -> bool:
    """Somebody stopped it before it had learned anything that could be kept."""
    return job.is_stop_requested and not job.checkpoint.exists()


def watch(job: JobDirectory, steering: "SteeringReader") -> "Callbacks":
    """All that looks on while a job trains, and has it steered."""
    from mnist_core.training.loop import Callbacks

    report = reporter(job)

    def on_report(progress: Progress) -> None:
        steering.seconds = progress.seconds
        report(progress)

    return Callbacks(
        on_report=on_report,
        should_stop=lambda: job.is_stop_requested,
        control=steering.read,
        on_checkpoint=lambda kept: written(
            "checkpoint", lambda: checkpoint.write(job.checkpoint, kept)
        ),
        on_snapshot=lambda seen: written("snapshot", lambda: snapshots.write(job.snapshot, seen)),
    )


class SteeringReader:
    """What is asked of a training: by people, and by this computer's limits.

    Args:
        job: the training's.
        clock: seconds, monotonic.
        may_leave: it could come back from a pause. One that learns drawings could not, as these
            are not kept: it waits where it is.
    """

    def __init__(
        self,
        job: JobDirectory,
        clock: Callable[[], float] = time.monotonic,
        *,
        may_leave: bool = True,
    ) -> None:
        self._job, self._clock, self._may_leave = job, clock, may_leave
        self._paused_since: float | None = None
        self.seconds = 0.0
        self.message: str | None = None

    def read(self) -> RunControl:
        """What is asked at this moment."""
        asked = self._job.steering()
        if not asked.stop and self.seconds > 60 * limits.max_minutes():
            self.message = (
                f"It ran for {limits.max_minutes()} minutes, the longest a training may take "
                "here. What it had learned by then is kept."
            )
            return RunControl(stop=True)
        if not asked.paused:
            self._paused_since = None
            return asked
        self._paused_since = self._paused_since or self._clock()
        long = self._clock() - self._paused_since > _LONGEST_PAUSE_SECONDS
        # On a cluster it is the server that knows who waits.
        leave = asked.leave or long or queue_position.others_wait(self._job)
        return replace(asked, leave=leave and self._may_leave)


def is_gone(parent: int) -> bool:
    """Whether the process that started this one, whose number this is, has ended."""
    if os.name == "posix":
        return os.getppid() != parent
    # There a virtual environment's Python stands between the two; this number lives on.
    return not psutil.pid_exists(parent)


def written(what: str, write: Callable[[], None]) -> bool:
    """Whether something could be written down; a training goes on without it."""
    try:
        write()
    except OSError as error:
        # A full disk may have room again before the model is to be saved.
        logging.getLogger(__name__).warning("%s not written: %s", what, error)
        return False
    return True


def reporter(
    job: JobDirectory, clock: Callable[[], float] = time.monotonic
) -> Callable[[Progress], None]:
    """What a training reports to: keeps the latest report and the end of every epoch."""
    last_kept = last_line = -math.inf

    def report(progress: Progress) -> None:
        nonlocal last_kept, last_line
        now = clock()
        event = Event("training", progress)
        if (
            progress.figures
            or progress.paused
            or now - last_line >= max(_REPORT_SECONDS, progress.seconds / _LINES_PER_AGE)
        ):
            written("progress", lambda: job.reports.add(event))
            last_kept = last_line = now
        elif now - last_kept >= _REPORT_SECONDS:
            written("progress", lambda: job.reports.set_latest(event))
            last_kept = now

    return report


def not_saved(job: JobDirectory, error: OSError) -> Result:
    """How a training ends whose model cannot be saved: to go on when it can be, if it can go on."""
    can_go_on = job.checkpoint.exists() and not job.spec().learns_drawings
    return Result("interrupted" if can_go_on else "failed", message=_sentence(error))


def _sentence(error: OSError) -> str:
    """Why a model is not kept, for the visitor."""
    if isinstance(error, disk_quota.QuotaExceeded):
        return str(error)
    if error.errno == errno.ENOSPC:
        return "The disk is full: the trained network could not be saved."
    return "The trained network could not be saved: its place on the disk cannot be written to."


if __name__ == "__main__":
    step_back()
    main(Path(sys.argv[1]))
