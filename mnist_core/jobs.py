"""The queue of trainings, one process each.

Every job's process starts at once and waits in line before it imports TensorFlow: it works while
fewer than `MNIST_TRAININGS_AT_ONCE` (1) unfinished jobs are ahead of it. So the line moves on even
when no page is open, and a killed process holds nobody up. Who is ahead of whom is said in `line`.
"""

import os
import secrets
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from mnist_core import (
    job_state,
    keeping,
    lessons,
    limits,
    line,
    processes,
    processor,
    snapshots,
    staging,
    store,
    turns,
)
from mnist_core.card import ModelCard
from mnist_core.hand_score import Hand
from mnist_core.job_directory import LOG, JobDirectory, Result, Spec, in_order
from mnist_core.job_state import JobState as JobState
from mnist_core.recipes import Recipe
from mnist_core.settings import Settings, check_learning_rate
from mnist_core.snapshots import Snapshot

Start = Callable[[Path], subprocess.Popen[bytes]]

_KEPT_JOBS = 200
# On disk: in `model.keras`, in `model.tflite`.
_BYTES_A_PARAMETER = 8


class QueueFull(Exception):
    """Too many trainings wait already; the message is a sentence for the visitor."""


def submit(
    recipe: Recipe,
    settings: Settings,
    *,
    visitor: str | None = None,
    started_from: str | None = None,
    root: Path | None = None,
    start: Start | None = None,
) -> str:
    """Put a training in line and return its id.

    Args:
        recipe: which network.
        settings: how to train it.
        visitor: a random text that stands for who asks, so that everybody gets a turn; see `line`.
        started_from: the name of a model of the same network to go on from; fresh if None.
        root: the directory of models it will be kept in; the store's local one by default.
        start: starts the worker's process for a job directory.

    Raises:
        QueueFull: `MNIST_QUEUE_LIMIT` (30) jobs are unfinished already.
        OSError: the disk is as good as full, or cannot be written; keeping.NoRoom among them.
        ValueError: the network is impossible or too large here, or there is no such model.
    """
    spec = Spec(recipe, settings, time.time(), started_from, visitor=visitor)
    return _submit([spec], None, root, start)[0]


def submit_series(
    recipe: Recipe,
    series: Sequence[Settings],
    *,
    visitor: str | None = None,
    started_from: str | None = None,
    root: Path | None = None,
    start: Start | None = None,
) -> list[str]:
    """Put several trainings of one network in line, all or none, and return their ids.

    Args:
        recipe: which network.
        series: how to train it, such as with three learning rates or five seeds.
        visitor: see `submit`.
        started_from: see `submit`.
        root: see `submit`.
        start: see `submit`.

    Raises:
        QueueFull, OSError, ValueError: see `submit`.
    """
    name, now = secrets.token_hex(8), time.time()
    specs = [
        Spec(recipe, settings, now, started_from, visitor=visitor, series=name)
        for settings in series
    ]
    return _submit(specs, None, root, start)


def submit_fine_tuning(
    model: ModelCard,
    drawn: Hand,
    *,
    visitor: str | None = None,
    root: Path | None = None,
    start: Start | None = None,
) -> str:
    """Put in line that a model learns from somebody's digits, and return the job's id.

    Args:
        model: what it starts from, as the store lists it.
        drawn: the hand; its first round is learned from, its second is judged.
        visitor: see `submit`.
        root: see `submit`.
        start: see `submit`.

    Raises:
        QueueFull, OSError: see `submit`.
        ValueError: there is nothing to learn from, or the network is too large.
    """
    learned = len(drawn.of_round(1))
    if not learned:
        raise ValueError("There is no drawing of the first round to learn from.")
    settings = lessons.settings(learned)
    spec = Spec(model.recipe, settings, time.time(), model.name, learns_drawings=True)
    return _submit([replace(spec, visitor=visitor)], drawn, root, start)[0]


def _submit(
    specs: Sequence[Spec], drawn: Hand | None, root: Path | None, start: Start | None
) -> list[str]:
    for spec in specs:
        _refuse_impossible(spec)
    root = (root or store.local_directory()).resolve()
    staging.check_room(root)
    keeping.make_room(root, sum(_BYTES_A_PARAMETER * spec.recipe.parameters for spec in specs))
    home = _home(root)
    home.mkdir(exist_ok=True)
    # One at a time: the line's order and length must be the same for everybody.
    with FileLock(home / ".lock"):
        _refuse_when_full(home, len(specs))
        _forget_old(home)
        submitted = list[JobDirectory]()
        for spec in specs:
            job = JobDirectory(home / _new_id())
            job.create(spec, drawn)
            submitted.append(job)
            try:
                _start(job, start)
            except OSError:
                _take_back(submitted)
                raise
    return [job.id for job in submitted]


def _start(job: JobDirectory, start: Start | None) -> None:
    """Get in line, and have a process wait there.

    Raises:
        OSError: no process can be started.
    """
    if line.may_get_in_line(job.ticket(), turns.tickets(job.path.parent)):
        job.get_in_line()
    try:
        process = (start or start_worker)(job.path)
    except OSError as error:
        raise OSError("The training could not be started on this computer now.") from error
    job.note_process(process.pid)
    # Without somebody who waits for it, a finished worker would stay as a zombie.
    threading.Thread(target=process.wait, daemon=True).start()


def _take_back(submitted: list[JobDirectory]) -> None:
    """Have none of these in line: the last could not be started, the others are asked to stop."""
    for job in submitted[:-1]:
        job.request_stop()
    submitted[-1].remove()


def resume(job_id: str, *, root: Path | None = None, start: Start | None = None) -> None:
    """Let a job that was interrupted, or paused and left, go on from its last checkpoint.

    Its history will be what it would have been without the interruption.

    Raises:
        ValueError: there is no such job, or nothing to go on with.
        QueueFull, OSError: see `submit`.
    """
    job = _find(job_id, root)
    staging.check_room(job.models)
    with FileLock(job.path.parent / ".lock"):
        if not job_state.can_resume(job, job.result()):
            raise ValueError("This training cannot go on: it is not interrupted.")
        _refuse_when_full(job.path.parent, 1)
        job.steer(replace(job.steering(), paused=False, stop=False))
        job.restart()
        try:
            _start(job, start)
        except OSError as error:
            job.note_result(Result("interrupted", message=str(error)))
            raise


def read(job_id: str, *, root: Path | None = None) -> JobState:
    """How a job stands.

    Raises:
        ValueError: there is no such job.
    """
    return job_state.of(_find(job_id, root))


def snapshot(job_id: str, *, root: Path | None = None) -> Snapshot | None:
    """The network at the end of a job's latest epoch, to look at; None before there is one.

    Raises:
        ValueError: there is no such job.
    """
    return snapshots.read(_find(job_id, root).snapshot)


def stop(job_id: str, *, root: Path | None = None, start: Start | None = None) -> None:
    """Ask a job to stop and keep what was learned. One that is over stays as it is.

    One that paused and left comes back for that, when its turn comes.

    Raises:
        ValueError: there is no such job.
        QueueFull, OSError: see `submit`; only where it paused and left.
    """
    job = _find(job_id, root)
    result = job.result()
    if result is not None and result.state == "paused":
        resume(job_id, root=root, start=start)
    job.request_stop()


def pause(job_id: str, *, root: Path | None = None) -> None:
    """Ask a job to wait where it is.

    While nobody else wants to train it keeps its process for a while and goes on at once;
    otherwise it makes room, and goes on from a checkpoint.

    Raises:
        ValueError: there is no such job.
    """
    job = _find(job_id, root)
    job.steer(replace(job.steering(), paused=True))


def go_on(job_id: str, *, root: Path | None = None, start: Start | None = None) -> None:
    """Let a paused job go on.

    Raises:
        ValueError: there is no such job.
        QueueFull, OSError: see `submit`.
    """
    job = _find(job_id, root)
    job.steer(replace(job.steering(), paused=False))
    result = job.result()
    if result is not None and result.state == "paused":
        resume(job_id, root=root, start=start)


def change_learning_rate(job_id: str, rate: float, *, root: Path | None = None) -> None:
    """Have a job learn at another rate from its next report on; its card will say so.

    Raises:
        ValueError: there is no such job, or nobody can train with such a rate.
    """
    check_learning_rate(rate)
    job = _find(job_id, root)
    job.steer(replace(job.steering(), learning_rate=float(rate)))


def unfinished(*, root: Path | None = None) -> list[str]:
    """The ids of the jobs that run or wait, in the order of their turns."""
    return line.order(turns.tickets(_home(root or store.local_directory())))


def specs(*, root: Path | None = None) -> list[tuple[str, Spec]]:
    """Of all the jobs there are notes on, the id and what was asked for, the latest first.

    Args:
        root: see `submit`.
    """
    found = []
    for job in reversed(in_order(_home(root or store.local_directory()))):
        with suppress(ValueError):
            found.append((job.id, job.spec()))
    return found


def is_exact_instead(settings: Settings) -> bool:
    """Whether a training that asks for bfloat16 is done in float32: this computer knows no better.

    What the computers of a cluster know is seen only there.
    """
    asked = settings.precision == "bfloat16"
    return asked and not _is_on_cluster() and not processor.has_bfloat16()


def _is_on_cluster() -> bool:
    return bool(os.environ.get("MNIST_SCHEDULER"))


def start_worker(path: Path) -> subprocess.Popen[bytes]:
    """Start a worker in a session of its own, so that it outlives the server that asked for it.

    Where there is a cluster, it is a courier that has a worker there do the job.
    """
    program = "mnist_core.courier" if _is_on_cluster() else "mnist_core.worker"
    with (path / LOG).open("wb") as log:
        return processes.start(program, str(path), output=log)


def _home(root: Path) -> Path:
    return root / ".jobs"


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


def _refuse_impossible(spec: Spec) -> None:
    """Before the line, not after the training."""
    if not store.is_name(f"{spec.recipe.name}-run-1000000"):
        raise ValueError("A recipe's name may have small letters, digits and hyphens.")
    limits.check(spec.recipe, spec.settings)
    if spec.started_from is None:
        return
    card = next((card for card in store.list_models() if card.name == spec.started_from), None)
    if card is None:
        raise ValueError("The network to start from is not here any more.")
    own, its = spec.recipe, card.recipe
    if (own.layers, own.members) != (its.layers, its.members):
        raise ValueError(f"{card.name} is another network; only its own kind can start from it.")


def _refuse_when_full(home: Path, more: int) -> None:
    waiting = sum(job.is_unfinished for job in in_order(home))
    if waiting + more > limits.setting("MNIST_QUEUE_LIMIT", 30):
        raise QueueFull(
            f"{waiting} trainings are waiting already, and that is all this computer takes. "
            "Please try again when some have finished."
        )


def _forget_old(home: Path) -> None:
    over = [job for job in in_order(home) if not job.is_unfinished]
    for job in over:
        # Of those that were killed, too: then it can be seen that their checkpoints may go.
        if (result := job.result()) is not None:
            job.note_result(result)
    for job in over[:-_KEPT_JOBS]:
        job.remove()
    for job in over[-_KEPT_JOBS:]:
        job.forget_drawings()
