"""The queue of trainings, one process each.

Every job's process starts at once and waits in line before it imports TensorFlow: it works while
fewer than `MNIST_TRAININGS_AT_ONCE` (1) unfinished jobs are ahead of it. So the line moves on even
when no page is open, and a killed process holds nobody up.
"""

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock

from mnist_core import lessons, staging, store
from mnist_core.card import ModelCard
from mnist_core.hand_score import Hand
from mnist_core.job_directory import LOG, Ending, JobDirectory, Phase, Spec, in_order
from mnist_core.progress import Progress
from mnist_core.recipes import Recipe
from mnist_core.settings import EpochFigures, Settings

State = Literal["queued", "running", "stopping"] | Ending

_KEPT_JOBS = 200
LARGEST_NETWORK = 20_000_000
"""Parameters; trained in float32 with Adam, that many take some 300 MB."""


class QueueFull(Exception):
    """Too many trainings wait already; the message is a sentence for the visitor."""


@dataclass(frozen=True)
class JobState:
    """A job at this moment.

    Attributes:
        id: as `submit` gave it.
        state: queued, running, stopping, done, stopped, failed or interrupted.
        recipe: the network.
        settings: how it is trained.
        submitted: when it was asked for, seconds since 1970.
        ahead: unfinished jobs before this one in the line; 0 for one that runs or is over.
        phase: what a running job is at: loading TensorFlow, training, or saving.
        reports: the reports in order, several a second at first and fewer as time goes on, with
            the latest and every epoch's end among them: the curve by step.
        model: name of the model that was kept, None while or if there is none.
        message: a sentence for the visitor when it failed or was interrupted.
        started_from: the model that learns from somebody's digits; None for a fresh network.
    """

    id: str
    state: State
    recipe: Recipe
    settings: Settings
    submitted: float
    ahead: int = 0
    phase: Phase | None = None
    reports: tuple[Progress, ...] = ()
    model: str | None = None
    message: str | None = None
    started_from: str | None = None

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
        """Nothing more will happen to it."""
        return self.state not in ("queued", "running", "stopping")


def submit(
    recipe: Recipe,
    settings: Settings,
    *,
    root: Path | None = None,
    start: Callable[[Path], subprocess.Popen[bytes]] | None = None,
) -> str:
    """Put a training in line and return its id.

    Args:
        recipe: which network.
        settings: how to train it.
        root: the directory of models it will be kept in; the store's local one by default.
        start: starts the worker's process for a job directory.

    Raises:
        QueueFull: `MNIST_QUEUE_LIMIT` (30) jobs are unfinished already.
        OSError: the disk is as good as full, or cannot be written.
        ValueError: the network is impossible.
    """
    _refuse_impossible(recipe)
    return _submit(Spec(recipe, settings, time.time()), None, root, start)


def submit_fine_tuning(
    model: ModelCard,
    drawn: Hand,
    *,
    root: Path | None = None,
    start: Callable[[Path], subprocess.Popen[bytes]] | None = None,
) -> str:
    """Put in line that a model learns from somebody's digits, and return the job's id.

    Args:
        model: what it starts from, as the store lists it.
        drawn: the hand; its first round is learned from, its second is judged.
        root: see `submit`.
        start: see `submit`.

    Raises:
        QueueFull, OSError: see `submit`.
        ValueError: there is nothing to learn from, or the network is too large.
    """
    learned = len(drawn.of_round(1))
    if not learned:
        raise ValueError("There is no drawing of the first round to learn from.")
    _refuse_impossible(model.recipe)
    spec = Spec(model.recipe, lessons.settings(learned), time.time(), model.name)
    return _submit(spec, drawn, root, start)


def _submit(
    spec: Spec,
    drawn: Hand | None,
    root: Path | None,
    start: Callable[[Path], subprocess.Popen[bytes]] | None,
) -> str:
    root = (root or store.local_directory()).resolve()
    staging.check_room(root)
    home = _home(root)
    home.mkdir(exist_ok=True)
    # One at a time: the line's order and length must be the same for everybody.
    with FileLock(home / ".lock"):
        _refuse_when_full(home)
        _forget_old(home)
        job = JobDirectory(home / _new_id())
        job.create(spec, drawn)
        try:
            process = (start or start_worker)(job.path)
        except OSError as error:
            job.remove()
            raise OSError("The training could not be started on this computer now.") from error
        job.note_process(process.pid)
    # Without somebody who waits for it, a finished worker would stay as a zombie.
    threading.Thread(target=process.wait, daemon=True).start()
    return job.id


def read(job_id: str, *, root: Path | None = None) -> JobState:
    """How a job stands.

    Raises:
        ValueError: there is no such job.
    """
    job = _find(job_id, root)
    spec, result, events = job.spec(), job.result(), job.events()
    phase = events[-1].phase if events and not result else None
    if result is not None:
        # A worker that was killed in line has left them.
        job.forget_drawings()
    return JobState(
        id=job.id,
        state=_state(job, phase) if result is None else result.state,
        recipe=spec.recipe,
        settings=spec.settings,
        submitted=spec.submitted,
        ahead=len(job.ahead()) if result is None and phase is None else 0,
        phase=phase,
        reports=tuple(event.progress for event in events if event.progress),
        model=result.model if result else None,
        message=result.message if result else None,
        started_from=spec.started_from,
    )


def stop(job_id: str, *, root: Path | None = None) -> None:
    """Ask a job to stop and keep what was learned. One that is over stays as it is.

    Raises:
        ValueError: there is no such job.
    """
    _find(job_id, root).request_stop()


def unfinished(*, root: Path | None = None) -> list[str]:
    """The ids of the jobs that run or wait, in the order of the line."""
    return [job.id for job in in_order(_home(root or store.local_directory())) if job.is_unfinished]


def turns_to_wait(job: JobDirectory) -> int:
    """How many jobs have to end before this one may work; 0 when it is its turn."""
    return max(0, len(job.ahead()) + 1 - _setting("MNIST_TRAININGS_AT_ONCE", 1))


def start_worker(path: Path) -> subprocess.Popen[bytes]:
    """Start a worker in a session of its own, so that it outlives the server that asked for it."""
    with (path / LOG).open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "mnist_core.worker", str(path)],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            # What that is on Windows, where Ctrl-C would otherwise end the worker, too.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


def _home(root: Path) -> Path:
    return root / ".jobs"


def _setting(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


def _new_id() -> str:
    """Ids sort in the order of submission; the random end keeps strangers from guessing them."""
    now = time.time_ns()
    second = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now // 1_000_000_000))
    return f"{second}-{now // 1000 % 1_000_000:06d}-{secrets.token_hex(4)}"


def _find(job_id: str, root: Path | None) -> JobDirectory:
    """A job that is really there: a visitor's text never becomes a path."""
    for job in in_order(_home(root or store.local_directory())):
        if job.id == job_id:
            return job
    raise ValueError("There is no such training here (any more).")


def _refuse_impossible(recipe: Recipe) -> None:
    """Before the line, not after the training."""
    if not store.is_name(f"{recipe.name}-run-1000000"):
        raise ValueError("A recipe's name may have small letters, digits and hyphens.")
    if recipe.parameters > LARGEST_NETWORK:
        raise ValueError(
            f"This network has {recipe.parameters:,} parameters; {LARGEST_NETWORK:,} is the limit."
        )


def _state(job: JobDirectory, phase: Phase | None) -> State:
    if job.is_stop_requested:
        return "stopping"
    return "running" if phase else "queued"


def _refuse_when_full(home: Path) -> None:
    waiting = sum(job.is_unfinished for job in in_order(home))
    if waiting >= _setting("MNIST_QUEUE_LIMIT", 30):
        raise QueueFull(
            f"{waiting} trainings are waiting already, and that is all this computer takes. "
            "Please try again when some have finished."
        )


def _forget_old(home: Path) -> None:
    over = [job for job in in_order(home) if not job.is_unfinished]
    for job in over[:-_KEPT_JOBS]:
        job.remove()
    for job in over[-_KEPT_JOBS:]:
        job.forget_drawings()
