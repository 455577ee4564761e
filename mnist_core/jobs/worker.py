"""`python -m mnist_core.jobs.worker JOB_DIR`: does one job in a process of its own."""

import errno
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from mnist_core.handwriting.archive import BrokenDrawings
from mnist_core.jobs import queue_position
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.jobs.spec import Result
from mnist_core.jobs.worker_callbacks import ControlReader, make_callbacks, try_writing
from mnist_core.models import disk_quota, store
from mnist_core.system import processes, tensorflow_import
from mnist_core.training import checkpoint

_POLL_SECONDS = 0.3
# Of thirty that wait, each looks at the files of all: that took half a processor.
_LONGEST_POLL_SECONDS = 3.0


class _Interrupted(BaseException):
    """The system asks this process to end. No handler of ordinary errors catches it."""


def main(path: Path, wait_until_warm: Callable[[], object] = lambda: None) -> None:
    """Do the job in a directory; `wait_until_warm` waits for imports that are under way."""
    run_job(path, lambda job: _train(job, wait_until_warm))


def run_job(path: Path, work: Callable[[JobDirectory], Result]) -> None:
    """Do a job and write how it ended, even if the system asks this process to end.

    Nothing happens if another process is doing the job.
    """
    job = JobDirectory(path)
    try:
        if not job.claim(os.getpid()):
            return
        job.process.hold()
    except OSError as error:
        # The disk may be full for a while; whoever started this process claims the job, too.
        logging.getLogger(__name__).warning("process not written: %s", error)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        result = work(job)
        # The work is done: nothing may get between it and the note.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        job.save_result(result)
        if result.model:
            # Only now: a worker that is killed in between can still save the model again.
            job.checkpoint.unlink(missing_ok=True)
    except _Interrupted:
        job.save_result(Result("interrupted", message="The computer ended this training."))


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Interrupted


def wait_in_queue(job: JobDirectory) -> bool:
    """Wait until the queue lets a job start; whether it is still wanted then."""
    # A job with a checkpoint that is stopped waits as well: what it has learned is to be saved.
    while not is_cancelled(job) and (waiting_for := queue_position.try_start(job)):
        time.sleep(min(_POLL_SECONDS * waiting_for, _LONGEST_POLL_SECONDS))
    return not is_cancelled(job)


def is_cancelled(job: JobDirectory) -> bool:
    """Whether it was stopped before it had learned anything that could be saved."""
    return job.control.is_stop_requested and not job.checkpoint.exists()


def _train(job: JobDirectory, wait_until_warm: Callable[[], object]) -> Result:
    if not wait_in_queue(job):
        return Result("stopped")
    resume_from = checkpoint.read_or_none(job.checkpoint)
    job.reports.rewind(resume_from.position if resume_from else None)
    job.reports.add(Event("loading"))
    wait_until_warm()
    # Importing TensorFlow takes seconds and memory: not before the queue lets the job start.
    with tensorflow_import.without_garbage_collection():
        from mnist_core.training.export import CannotStart, make_model
        from mnist_core.training.fine_tuning import fine_tune
        from mnist_core.training.loop import Diverged, Suspended

    spec = job.spec()
    control = ControlReader(job, may_leave=not spec.learns_drawings, most_seconds=spec.most_seconds)
    options: Any = {
        "root": job.models,
        "callbacks": make_callbacks(job, control),
        "on_saving": partial(try_writing, job.reports.add, Event("saving")),
        "owner": spec.owner,
    }
    try:
        if spec.learns_drawings:
            assert spec.started_from is not None
            card = fine_tune(spec.started_from, spec.settings, job.take_drawings(), **options)
        else:
            options |= {"started_from": spec.started_from, "resume_from": resume_from}
            card = make_model(spec.recipe, spec.settings, **options)
    except Suspended:
        return Result("paused")
    except (Diverged, store.BrokenModel, CannotStart, BrokenDrawings) as error:
        return Result("failed", message=str(error))
    except OSError as error:
        return result_unsaved(job, error)
    if card is None:
        return Result("stopped")
    if card.stopped_early or not card.history:
        return Result("stopped" if card.stopped_early else "done", card.name, control.message)
    return Result("done", card.name, control.message, card.history[-1].test_accuracy)


def result_unsaved(job: JobDirectory, error: OSError) -> Result:
    """The result of a training whose model cannot be saved; to be resumed, if that is possible."""
    can_resume = job.checkpoint.exists() and not job.spec().learns_drawings
    if isinstance(error, disk_quota.QuotaExceeded):
        message = str(error)
    elif error.errno == errno.ENOSPC:
        message = "The disk is full: the trained network could not be saved."
    else:
        message = "The trained network could not be saved: the disk cannot be written to."
    return Result("interrupted" if can_resume else "failed", message=message)


if __name__ == "__main__":
    tensorflow_import.prepare_process()
    main(Path(sys.argv[1]))
    processes.exit_at_once()
