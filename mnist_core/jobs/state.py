"""How a job stands, read from its directory."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from mnist_core.jobs import queue_position
from mnist_core.jobs.directory import Ending, JobDirectory, Result
from mnist_core.jobs.reports import Event, Phase
from mnist_core.models import notes
from mnist_core.networks.recipes import Recipe
from mnist_core.networks.run_control import RunControl
from mnist_core.networks.settings import EpochFigures, Settings
from mnist_core.training.progress import Progress

State = Literal["queued", "running", "pausing", "stopping"] | Ending


@dataclass(frozen=True)
class JobState:
    """A job at this moment.

    Attributes:
        id: as `submit` gave it.
        state: queued, running, pausing, paused, stopping, done, stopped, failed or interrupted.
        recipe: the network.
        settings: how it is trained.
        submitted: when it was asked for, seconds since 1970.
        jobs_ahead: jobs that start before this one; 0 for one that runs or is over.
        wait_seconds: about how long until its turn comes; None for one that runs or is over.
        phase: what a running job is at: loading TensorFlow, training, or saving.
        reports: the reports in order, several a second at first and fewer as time goes on, with
            the latest and every epoch's end among them: the curve by step.
        model: name of the model that was kept, None while or if there is none.
        message: a sentence for the visitor when it failed, was interrupted, or ran too long.
        started_from: the model that goes on learning; None for a fresh network.
        learns_drawings: it learns from somebody's drawings, too.
        series: what it has in common with others that were asked for together.
        visitor: stands for who asked for it; None where that is not known.
        learning_rate: what was asked for while it ran; None where nobody did.
        can_resume: `resume` can bring it to the end it would have had.
    """

    id: str
    state: State
    recipe: Recipe
    settings: Settings
    submitted: float
    jobs_ahead: int = 0
    wait_seconds: float | None = None
    phase: Phase | None = None
    reports: tuple[Progress, ...] = ()
    model: str | None = None
    message: str | None = None
    started_from: str | None = None
    learns_drawings: bool = False
    series: str | None = None
    visitor: str | None = None
    learning_rate: float | None = None
    can_resume: bool = False

    @property
    def progress(self) -> Progress | None:
        """The latest report, None before the first."""
        return self.reports[-1] if self.reports else None

    @property
    def history(self) -> tuple[EpochFigures, ...]:
        """The figures of every finished epoch."""
        return tuple(report.figures for report in self.reports if report.figures)

    @property
    def is_over(self) -> bool:
        """Nothing more will happen to it, unless somebody asks for it."""
        return self.state not in ("queued", "running", "pausing", "paused", "stopping")


def of(job: JobDirectory) -> JobState:
    """How a job stands at this moment.

    Raises:
        ValueError: the notes on it are damaged.
    """
    spec, result, events = job.spec(), job.result(), job.reports.all()
    # Reports of a time before it was interrupted are no sign that it works again.
    working = result is None and job.queue_entry().started
    phase = events[-1].phase if events and working else None
    if result is not None:
        # A worker that was killed in line has left them.
        with suppress(OSError):
            job.forget_drawings()
    waits = result is None and not working
    before = queue_position.jobs_before(job) if waits else []
    steering = job.steering()
    return JobState(
        id=job.id,
        state=_state(steering, working, events) if result is None else result.state,
        recipe=spec.recipe,
        settings=spec.settings,
        submitted=spec.submitted,
        jobs_ahead=len(before),
        wait_seconds=queue_position.wait_seconds(before) if waits else None,
        phase=phase,
        reports=tuple(event.progress for event in events if event.progress),
        model=notes.current_name(result.model) if result and result.model else None,
        message=result.message if result else None,
        started_from=spec.started_from,
        learns_drawings=spec.learns_drawings,
        series=spec.series,
        visitor=spec.visitor,
        learning_rate=steering.learning_rate,
        can_resume=can_resume(job, result),
    )


def can_resume(job: JobDirectory, result: Result | None) -> bool:
    """Whether going on leads to the end it would have had. Drawings are not kept for that."""
    ended = result is not None and result.state in ("interrupted", "paused")
    return ended and not job.spec().learns_drawings


def _state(steering: RunControl, working: bool, events: list[Event]) -> State:
    if steering.stop:
        return "stopping"
    if not working:
        return "queued"
    if steering.paused:
        last = events[-1].progress if events else None
        return "paused" if last and last.paused else "pausing"
    return "running"
