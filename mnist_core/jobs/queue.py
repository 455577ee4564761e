"""The queue of trainings, one process each.

Every job's process starts at once and waits, without TensorFlow, until fewer than
`MNIST_TRAININGS_AT_ONCE` (1) unfinished jobs are ahead of it; see `queue_order`. So the queue moves
on even when no page is open, and a killed process holds nobody up.

In all functions, `root` is the directory of models that the jobs belong to (by default the store's
local one) and `start` starts a worker's process for a job directory. Wherever a job's id is taken,
ValueError is raised if there is no such job.
"""

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from mnist_core.jobs import launch, queue_order, queue_position, state, training_rules
from mnist_core.jobs.directory import JobDirectory, list_jobs
from mnist_core.jobs.launch import Start
from mnist_core.jobs.spec import Spec
from mnist_core.jobs.state import JobState as JobState
from mnist_core.models import job_file_names, staging, store
from mnist_core.networks.settings import check_learning_rate
from mnist_core.system import events, server_settings
from mnist_core.training import live_snapshots, snapshots
from mnist_core.training.live_snapshots import LiveSnapshot
from mnist_core.training.snapshots import Snapshot

# Nobody waits any longer for a training that they asked for a day ago.
_LONGEST_WAIT_SECONDS = 24 * 3600.0


class QueueFull(Exception):
    """Too many trainings are queued; the message is a sentence for the visitor."""


def read(job_id: str, *, root: Path | None = None) -> JobState:
    """The state of a job at this moment."""
    return state.of(_find(job_id, root))


def read_several(job_ids: Iterable[str], *, root: Path | None = None) -> dict[str, JobState]:
    """The states of several jobs by id, those left out that are gone or damaged.

    The queue is read only once for all of them.
    """
    home, wanted = jobs_directory(root), set(job_ids)
    waits, found = queue_position.waits(home), dict[str, JobState]()
    for job in list_jobs(home):
        if job.id in wanted:
            with suppress(ValueError):
                found[job.id] = state.of(job, waits.get(job.id))
    return found


def ended(job_ids: Iterable[str], *, root: Path | None = None) -> dict[str, float]:
    """When each of these jobs ended, seconds since 1970; those left out that have not."""
    wanted = set(job_ids)
    found = {job.id: job.ended for job in list_jobs(jobs_directory(root)) if job.id in wanted}
    return {job_id: when for job_id, when in found.items() if when is not None}


def spec(job_id: str, *, root: Path | None = None) -> Spec:
    """What was asked for; ValueError also if that is damaged."""
    return _find(job_id, root).spec()


def snapshot(job_id: str, *, root: Path | None = None) -> Snapshot | None:
    """The network at the end of a job's latest epoch; None before there is one."""
    return snapshots.read(_find(job_id, root).snapshot)


def live_snapshot(job_id: str, *, root: Path | None = None) -> LiveSnapshot | None:
    """The latest small look at a job's network; None before there is one."""
    return live_snapshots.read(_find(job_id, root).live_snapshot)


def own_digit(job_id: str, *, root: Path | None = None) -> NDArray[np.uint8] | None:
    """The visitor's digit that a job reads while it trains, uint8 `(28, 28)`; None if none."""
    return next(iter(_find(job_id, root).own_digit()), None)


def unfinished(*, root: Path | None = None) -> list[str]:
    """The ids of the jobs that are running or queued, in the order in which they start."""
    return queue_order.order(queue_position.unfinished(jobs_directory(root)))


def specs(*, root: Path | None = None) -> list[tuple[str, Spec]]:
    """The id and the spec of every job, damaged ones left out, the latest first."""
    found = []
    for job in reversed(list_jobs(jobs_directory(root))):
        with suppress(ValueError):
            found.append((job.id, job.spec()))
    return found


def stop(job_id: str, *, root: Path | None = None, start: Start | None = None) -> None:
    """Ask a job to stop and save what it has learned. One that has ended stays as it is.

    A paused job without a process resumes for that, with the errors of `resume`.
    """
    job = _find(job_id, root)
    _resume_if_paused(job, root, start)
    job.control.request_stop()


def pause(job_id: str, *, root: Path | None = None) -> None:
    """Ask a job to pause.

    While nobody else is waiting to train, it keeps its process for a while and can continue at
    once; otherwise its process ends, and it resumes from a checkpoint. ValueError if it learns
    drawings, which are not stored, so that it could not resume.
    """
    job = _find(job_id, root)
    if job.spec().learns_drawings:
        raise ValueError("A training on drawings cannot pause, as the drawings are not kept.")
    job.control.change(paused=True)


def unpause(job_id: str, *, root: Path | None = None, start: Start | None = None) -> None:
    """Let a paused job continue; without a process it resumes, with the errors of `resume`."""
    job = _find(job_id, root)
    job.control.change(paused=False)
    _resume_if_paused(job, root, start)


def change_learning_rate(job_id: str, rate: float, *, root: Path | None = None) -> None:
    """Change a job's learning rate from its next report on; ValueError if it is impossible."""
    check_learning_rate(rate)
    _find(job_id, root).control.change(learning_rate=float(rate))


def resume(job_id: str, *, root: Path | None = None, start: Start | None = None) -> None:
    """Resume a job that was interrupted, or paused and left its process, from its checkpoint.

    Its history will be the same as without the interruption.

    Raises:
        ValueError: it cannot be resumed, or nobody may train here.
        QueueFull: `MNIST_QUEUE_LIMIT` (60) jobs are unfinished already.
        OSError: the disk is nearly full or cannot be written, or no process can be started.
    """
    job = _find(job_id, root)
    training_rules.raise_if_no_training()
    staging.check_can_save(job.models)
    with FileLock(job.path.with_name(".lock")):
        if not state.can_resume(job, job.result()):
            raise ValueError("This training cannot continue: it was not interrupted.")
        raise_if_full(sum(each.is_unfinished for each in list_jobs(job.path.parent)), 1)
        job.control.change(paused=False, stop=False)
        launch.relaunch(job, start)


def requeue_after_restart(*, root: Path | None = None, start: Start | None = None) -> list[str]:
    """Put the jobs that were queued when the computer was shut down back into the queue.

    They keep their order, and their ids are returned. Those that had started stay interrupted until
    somebody resumes them. To be called when a server starts.
    """
    home = jobs_directory(root)
    if not home.is_dir():
        return []
    requeued = list[str]()
    with FileLock(home / ".lock"):
        lost = {job.id: job for job in list_jobs(home) if _was_queued(job)}
        for job_id in queue_order.order(map(queue_position.queue_entry, lost.values())):
            try:
                launch.relaunch(lost[job_id], start)
            except ValueError:
                continue
            except OSError:
                # No more processes now: the others stay interrupted, and can be resumed.
                break
            requeued.append(job_id)
    return requeued


def jobs_directory(root: Path | None = None) -> Path:
    """The directory of all jobs that belong to a directory of models."""
    return (root or store.local_directory()) / job_file_names.JOBS


def raise_if_full(queued: int, more: int) -> None:
    """Raise QueueFull if so many more jobs do not fit behind those that are unfinished."""
    if queued + more > server_settings.queue_limit():
        events.refused(server_settings.queue_limit.name)
        raise QueueFull(
            f"{queued} trainings are waiting already, as many as this computer takes. "
            "Please try again when some have finished."
        )


def _find(job_id: str, root: Path | None) -> JobDirectory:
    """The job with this id, looked up in the list: a visitor's text never becomes a path."""
    for job in list_jobs(jobs_directory(root)):
        if job.id == job_id:
            return job
    raise ValueError("There is no such training here (any more).")


def _resume_if_paused(job: JobDirectory, root: Path | None, start: Start | None) -> None:
    result = job.result()
    if result is not None and result.state == "paused":
        resume(job.id, root=root, start=start)


def _was_queued(job: JobDirectory) -> bool:
    """Whether a job was interrupted before it started, and somebody may still be waiting for it."""
    try:
        spec, result = job.spec(), job.result()
    except ValueError:
        return False
    return (
        state.can_resume(job, result)
        and result is not None
        and result.state == "interrupted"
        and not queue_position.has_started(job)
        and not job.control.is_stop_requested
        and time.time() - spec.submitted < _LONGEST_WAIT_SECONDS
    )
