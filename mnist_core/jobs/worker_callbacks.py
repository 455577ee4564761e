"""What connects a training with its job's directory: reports out, control in."""

import logging
import math
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mnist_core.jobs import queue_position
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.networks.settings import RunControl
from mnist_core.system import server_settings
from mnist_core.training import checkpoint, live_snapshots, snapshots
from mnist_core.training.progress import Progress

if TYPE_CHECKING:
    from mnist_core.training.loop import Callbacks

_REPORT_SECONDS = 0.15
_LINE_SECONDS = 0.25
# Stored reports grow further apart, so that reading them stays quick: some 500 in the first two
# minutes, as many again until five minutes, a thousand more within the hour.
_LINES_PER_AGE = 500
# A paused training keeps its process for so long if nobody else wants to train.
_LONGEST_PAUSE_SECONDS = 120.0


class ControlReader:
    """Reads what is asked of a training, and applies this computer's time limit.

    Its process may end during a pause if `may_leave`: not if it learns drawings, which are not
    stored, so that it could not resume. After `most_seconds` it is asked to end.
    They count from the first report: building the graph before it is no learning.
    """

    def __init__(
        self,
        job: JobDirectory,
        clock: Callable[[], float] = time.monotonic,
        *,
        may_leave: bool = True,
        most_seconds: float | None = None,
    ) -> None:
        self._job, self._clock, self._may_leave = job, clock, may_leave
        self._most_seconds = math.inf if most_seconds is None else most_seconds
        self._paused_since: float | None = None
        self._learns_from: float | None = None
        self.seconds = 0.0
        """How long it has been training."""
        self.message: str | None = None
        """Why the time limit stopped it, for the visitor."""

    def read(self) -> RunControl:
        """What is asked at this moment."""
        control = self._job.control.read()
        if not control.stop and self.seconds > 60 * server_settings.max_minutes():
            self.message = (
                f"It ran for {server_settings.max_minutes()} minutes, the longest a training may "
                "take here. What it had learned by then was saved."
            )
            return RunControl(stop=True)
        if self._learns_from is None and self.seconds:
            self._learns_from = self.seconds
        if self.seconds - (self._learns_from or 0.0) >= self._most_seconds:
            return RunControl(stop=True)
        if not control.paused:
            self._paused_since = None
            return control
        self._paused_since = self._paused_since or self._clock()
        long = self._clock() - self._paused_since > _LONGEST_PAUSE_SECONDS
        # On a cluster only the server knows who is waiting; it sets `leave`.
        leave = control.leave or long or queue_position.others_wait(self._job)
        return replace(control, leave=leave and self._may_leave)


def make_callbacks(job: JobDirectory, control: ControlReader) -> "Callbacks":
    """The callbacks for a training in a job's directory."""
    from mnist_core.training.loop import Callbacks

    report = reporter(job)

    def on_report(progress: Progress) -> None:
        control.seconds = progress.seconds
        report(progress)

    return Callbacks(
        on_report=on_report,
        should_stop=lambda: job.control.is_stop_requested,
        control=control.read,
        on_checkpoint=partial(try_writing, checkpoint.write, job.checkpoint),
        on_snapshot=partial(try_writing, snapshots.write, job.snapshot),
        on_live_snapshot=partial(try_writing, live_snapshots.write, job.live_snapshot),
        watched=watched_images(job),
    )


def watched_images(job: JobDirectory) -> NDArray[np.uint8]:
    """The images whose answers are shown while a job trains: ten hard ones, the visitor's last."""
    return np.concatenate([live_snapshots.hard_images(), job.own_digit()])


def reporter(
    job: JobDirectory, clock: Callable[[], float] = time.monotonic
) -> Callable[[Progress], None]:
    """A function that stores reports: the latest, the end of every epoch, and some in between."""
    last_written = last_line = -math.inf

    def report(progress: Progress) -> None:
        nonlocal last_written, last_line
        now = clock()
        event = Event("training", progress)
        if (
            progress.figures
            or progress.sampled_accuracy is not None
            or progress.paused
            or now - last_line >= max(_LINE_SECONDS, progress.seconds / _LINES_PER_AGE)
        ):
            try_writing(job.reports.add, event)
            last_written = last_line = now
        elif now - last_written >= _REPORT_SECONDS:
            try_writing(job.reports.set_latest, event)
            last_written = now

    return report


def try_writing(write: Callable[..., None], *arguments: object) -> bool:
    """Whether `write` succeeded; if the disk is full, that is logged and the training goes on."""
    try:
        write(*arguments)
    except OSError as error:
        # There may be room again before the model is to be saved.
        logging.getLogger(__name__).warning("not written: %s", error)
        return False
    return True
