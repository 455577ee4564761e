"""The state of a job, read from its directory."""

from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Literal

from mnist_core.jobs import queue_position
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event, Phase
from mnist_core.jobs.spec import Ending, Result, Spec
from mnist_core.models import notes
from mnist_core.networks.settings import EpochFigures, RunControl
from mnist_core.training.progress import Progress

State = Literal["queued", "running", "pausing", "stopping"] | Ending


@dataclass(frozen=True, kw_only=True)
class JobState(Spec):
    """A job at one moment: what was asked for, and what has become of it.

    Attributes:
        id: as `submit` returned it.
        state: queued, running, pausing, paused, stopping, done, stopped, failed or interrupted.
        jobs_ahead: how many jobs start before it; 0 unless it is queued.
        wait_seconds: about how long until it starts; None unless it is queued.
        phase: what a running job is doing: loading TensorFlow, training, or saving.
        reports: the reports in order, several a second at first and fewer later; the latest and
            the end of every epoch are among them.
        model: the present name of the model it made; None if there is none (yet).
        message: a sentence for the visitor if it failed, was interrupted, or ran too long.
        learning_rate: what somebody asked for while it ran; None if nobody did.
        can_resume: `resume` can bring it to the end it would have had.
        ended: when it was over, seconds since 1970; None while it is not.
    """

    id: str
    state: State
    jobs_ahead: int = 0
    wait_seconds: float | None = None
    phase: Phase | None = None
    reports: tuple[Progress, ...] = ()
    model: str | None = None
    message: str | None = None
    learning_rate: float | None = None
    can_resume: bool = False
    ended: float | None = None

    @property
    def progress(self) -> Progress | None:
        """The latest report; None before the first."""
        return self.reports[-1] if self.reports else None

    @property
    def history(self) -> tuple[EpochFigures, ...]:
        """The figures of every finished epoch."""
        return tuple(report.figures for report in self.reports if report.figures)

    @property
    def is_over(self) -> bool:
        """Nothing more will happen to it unless somebody asks for it."""
        return self.state not in ("queued", "running", "pausing", "paused", "stopping")


def of(job: JobDirectory, wait: tuple[int, float] | None = None) -> JobState:
    """The state of a job at this moment; ValueError if its spec is damaged.

    Args:
        job: the job.
        wait: its own of `queue_position.waits`, where several are asked for at once.
    """
    spec, result, events = job.spec(), job.result(), job.reports.all()
    if result is not None:
        # A worker that was killed in the queue has left them.
        with suppress(OSError):
            job.delete_drawings()
    running = result is None and queue_position.has_started(job)
    queued = result is None and not running
    if queued and wait is None:
        ahead = queue_position.jobs_ahead(job)
        wait = len(ahead), queue_position.wait_seconds(ahead)
    control = job.control.read()
    return JobState(
        **{field.name: getattr(spec, field.name) for field in fields(spec)},
        id=job.id,
        state=_state(control, running, events) if result is None else result.state,
        jobs_ahead=wait[0] if queued and wait else 0,
        wait_seconds=wait[1] if queued and wait else None,
        # A queued job's reports are from before it was interrupted.
        phase=events[-1].phase if events and running else None,
        reports=_reports(events, result),
        model=notes.current_name(result.model) if result and result.model else None,
        message=result.message if result else None,
        learning_rate=control.learning_rate,
        can_resume=can_resume(job, result),
        ended=job.ended,
    )


def can_resume(job: JobDirectory, result: Result | None) -> bool:
    """Whether resuming leads to the end it would have had; without the drawings it would not."""
    ended = result is not None and result.state in ("interrupted", "paused")
    return ended and not job.spec().learns_drawings


def _reports(events: list[Event], result: Result | None) -> tuple[Progress, ...]:
    """The reports; the last epoch's says of the test images what the saved model says."""
    reports = [event.progress for event in events if event.progress]
    if result is not None and result.test_accuracy is not None:
        for place in reversed(range(len(reports))):
            if figures := reports[place].figures:
                figures = replace(figures, test_accuracy=result.test_accuracy)
                reports[place] = replace(reports[place], figures=figures)
                break
    return tuple(reports)


def _state(control: RunControl, running: bool, events: list[Event]) -> State:
    if control.stop:
        return "stopping"
    if not running:
        return "queued"
    if control.paused:
        last = events[-1].progress if events else None
        return "paused" if last and last.paused else "pausing"
    return "running"
