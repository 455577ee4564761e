"""`python -m mnist_core.worker JOB_DIR`: one training in a process of its own."""

import errno
import logging
import math
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from mnist_core import jobs, store
from mnist_core.hand_archive import BrokenDrawings
from mnist_core.job_directory import Event, JobDirectory, Result
from mnist_core.progress import Progress

_LOOK_SECONDS = 0.3
_LONGEST_LOOK_SECONDS = 0.9
_REPORT_SECONDS = 0.25
# The lines of a training grow further apart, so that reading them stays quick: some 500 in its
# first two minutes, as many again until it is five minutes old, a thousand more in an hour.
_LINES_PER_AGE = 500
# Behind the pages that visitors look at meanwhile.
_NICENESS = 5


class _Interrupted(BaseException):
    """The system asks this process to end; no handler of errors on the way may keep it."""


def main(path: Path) -> None:
    """Wait for the job's turn, do it, and write down how it ended."""
    signal.signal(signal.SIGTERM, _interrupt)
    job = JobDirectory(path)
    try:
        result = _work(job)
        # The work is done: nothing may get between it and the note.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        job.note_result(result)
    except _Interrupted:
        job.note_result(Result("interrupted", message="The computer ended this training."))


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Interrupted


def _work(job: JobDirectory) -> Result:
    # The further back in the line, the less often it looks.
    while not job.is_stop_requested and (turns := jobs.turns_to_wait(job)):
        time.sleep(min(_LOOK_SECONDS * turns, _LONGEST_LOOK_SECONDS))
    if job.is_stop_requested:
        return Result("stopped")
    job.note_event(Event("loading"))
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # Importing TensorFlow takes seconds and memory: not before this job's turn.
    from mnist_core.export import make_model
    from mnist_core.fine_tuning import CannotGoOn, fine_tune
    from mnist_core.training import Diverged

    spec = job.spec()
    watched: Any = {
        "root": job.models,
        "on_report": reporter(job),
        "should_stop": lambda: job.is_stop_requested,
        "on_saving": lambda: _note(job.note_event, Event("saving")),
    }
    try:
        if spec.started_from is None:
            card = make_model(spec.recipe, spec.settings, **watched)
        else:
            card = fine_tune(spec.started_from, spec.settings, job.take_drawings(), **watched)
    except (Diverged, store.BrokenModel, CannotGoOn, BrokenDrawings) as error:
        return Result("failed", message=str(error))
    except OSError as error:
        return Result("failed", message=_sentence(error))
    if card is None:
        return Result("stopped")
    return Result("stopped" if card.stopped_early else "done", model=card.name)


def reporter(
    job: JobDirectory, clock: Callable[[], float] = time.monotonic
) -> Callable[[Progress], None]:
    """What a training reports to: keeps the latest report and the end of every epoch."""
    last_kept = last_line = -math.inf

    def report(progress: Progress) -> None:
        nonlocal last_kept, last_line
        now = clock()
        event = Event("training", progress)
        if progress.figures or now - last_line >= max(
            _REPORT_SECONDS, progress.seconds / _LINES_PER_AGE
        ):
            _note(job.note_event, event)
            last_kept = last_line = now
        elif now - last_kept >= _REPORT_SECONDS:
            _note(job.note_latest, event)
            last_kept = now

    return report


def _note(write: Callable[[Event], None], event: Event) -> None:
    try:
        write(event)
    except OSError as error:
        # A full disk may have room again before the model is to be saved: train on unseen.
        logging.getLogger(__name__).warning("progress not written: %s", error)


def _sentence(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full: the trained network could not be saved."
    return "The trained network could not be saved: its place on the disk cannot be written to."


if __name__ == "__main__":
    main(Path(sys.argv[1]))
