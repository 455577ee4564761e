"""The queue of trainings, one process each.

Every job's process starts at once and waits in line before it imports TensorFlow: it works while
fewer than `MNIST_TRAININGS_AT_ONCE` (1) unfinished jobs are ahead of it. So the line moves on even
when no page is open, and a killed process holds nobody up. Who is ahead of whom is said in `line`.
"""

import os
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from mnist_core.jobs import queue_order, queue_position, state
from mnist_core.jobs.directory import LOG, JobDirectory, Result, Spec, in_order
from mnist_core.jobs.state import JobState as JobState
from mnist_core.models import directory_layout, staging, store
from mnist_core.networks import limits
from mnist_core.networks.settings import Settings, check_learning_rate
from mnist_core.system import processes, processor
from mnist_core.training import snapshots
from mnist_core.training.snapshots import Snapshot

Start = Callable[[Path], subprocess.Popen[bytes]]

# Who asked for a training the day before does not wait for it any more.
_WAITS_SECONDS = 24 * 3600.0


class QueueFull(Exception):
    """Too many trainings wait already; the message is a sentence for the visitor."""


def begin(job: JobDirectory, start: Start | None) -> None:
    """Get in line, and have a process wait there.

    Raises:
        OSError: no process can be started.
    """
    queue_position.join(job)
    try:
        process = (start or start_worker)(job.path)
    except OSError as error:
        raise OSError("The training could not be started on this computer now.") from error
    job.note_process(process.pid)
    # Without somebody who waits for it, a finished worker would stay as a zombie.
    threading.Thread(target=process.wait, daemon=True).start()


def resume(job_id: str, *, root: Path | None = None, start: Start | None = None) -> None:
    """Let a job that was interrupted, or paused and left, go on from its last checkpoint.

    Its history will be what it would have been without the interruption.

    Raises:
        ValueError: there is no such job, or nothing to go on with.
        QueueFull: `MNIST_QUEUE_LIMIT` (30) jobs are unfinished already.
        OSError: the disk is as good as full, or cannot be written.
    """
    job = _find(job_id, root)
    staging.check_can_save(job.models)
    with FileLock(job.path.parent / ".lock"):
        if not state.can_resume(job, job.result()):
            raise ValueError("This training cannot go on: it is not interrupted.")
        refuse_when_full(job.path.parent, 1)
        job.change_steering(paused=False, stop=False)
        _begin_anew(job, start)


def requeue_after_restart(*, root: Path | None = None, start: Start | None = None) -> list[str]:
    """Have those trainings wait again that stood in line when this computer was shut down.

    They come back in their old order; what was at work then stays interrupted until somebody asks
    for it. For the start of a server.

    Returns:
        The ids of those that wait again.
    """
    place = jobs_directory(root or store.local_directory())
    if not place.is_dir():
        return []
    begun = list[str]()
    with FileLock(place / ".lock"):
        lost = {job.id: job for job in in_order(place) if _lost_its_place(job)}
        for job_id in queue_order.order(job.queue_entry() for job in lost.values()):
            try:
                _begin_anew(lost[job_id], start)
            except ValueError:
                continue
            except OSError:
                # No more processes now: the others stay interrupted, and can be asked for.
                break
            begun.append(job_id)
    return begun


def _lost_its_place(job: JobDirectory) -> bool:
    try:
        spec, result, entry = job.spec(), job.result(), job.queue_entry()
    except ValueError:
        return False
    return (
        state.can_resume(job, result)
        and result is not None
        and result.state == "interrupted"
        and not entry.started
        and not job.is_stop_requested
        and time.time() - spec.submitted < _WAITS_SECONDS
    )


def _begin_anew(job: JobDirectory, start: Start | None) -> None:
    job.restart()
    try:
        begin(job, start)
    except OSError as error:
        job.note_result(Result("interrupted", message=str(error)))
        raise


def read(job_id: str, *, root: Path | None = None) -> JobState:
    """How a job stands.

    Raises:
        ValueError: there is no such job.
    """
    return state.of(_find(job_id, root))


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
        QueueFull, OSError: see `resume`; only where it paused and left.
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
        ValueError: there is no such job, or it learns drawings: those are not kept, so it could not
            come back.
    """
    job = _find(job_id, root)
    if job.spec().learns_drawings:
        raise ValueError("A training that learns drawings cannot pause: they are not kept.")
    job.change_steering(paused=True)


def unpause(job_id: str, *, root: Path | None = None, start: Start | None = None) -> None:
    """Let a paused job go on.

    Raises:
        ValueError: there is no such job.
        QueueFull, OSError: see `resume`.
    """
    job = _find(job_id, root)
    job.change_steering(paused=False)
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
    job.change_steering(learning_rate=float(rate))


def unfinished(*, root: Path | None = None) -> list[str]:
    """The ids of the jobs that run or wait, in the order of their turns."""
    return queue_order.order(
        queue_position.entries(jobs_directory(root or store.local_directory()))
    )


def specs(*, root: Path | None = None) -> list[tuple[str, Spec]]:
    """Of all the jobs there are notes on, the id and what was asked for, the latest first.

    Args:
        root: the directory of models they are kept in; the store's local one by default.
    """
    found = []
    for job in reversed(in_order(jobs_directory(root or store.local_directory()))):
        with suppress(ValueError):
            found.append((job.id, job.spec()))
    return found


def falls_back_to_float32(settings: Settings) -> bool:
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
    program = "mnist_core.cluster.proxy_worker" if _is_on_cluster() else "mnist_core.jobs.worker"
    with (path / LOG).open("wb") as log:
        return processes.start(program, str(path), output=log)


def jobs_directory(root: Path) -> Path:
    """Where the jobs for this directory of models have their own directories."""
    return root / directory_layout.JOBS


def _find(job_id: str, root: Path | None) -> JobDirectory:
    """A job that is really there: a visitor's text never becomes a path."""
    for job in in_order(jobs_directory(root or store.local_directory())):
        if job.id == job_id:
            return job
    raise ValueError("There is no such training here (any more).")


def refuse_when_full(waiting_in: Path, more: int) -> None:
    """Whether so many more have room in line.

    Args:
        waiting_in: see `home`.
        more: how many.

    Raises:
        QueueFull: they have not.
    """
    waiting = sum(job.is_unfinished for job in in_order(waiting_in))
    if waiting + more > limits.from_environment("MNIST_QUEUE_LIMIT", 30):
        raise QueueFull(
            f"{waiting} trainings are waiting already, and that is all this computer takes. "
            "Please try again when some have finished."
        )
