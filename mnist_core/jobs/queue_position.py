"""The positions of the jobs on disk in the queue; `queue_order` has the rules."""

import math
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from mnist_core.jobs import queue_order
from mnist_core.jobs.directory import JobDirectory, list_jobs
from mnist_core.jobs.queue_order import QueueEntry
from mnist_core.networks import training_time
from mnist_core.system import atomic_file, server_settings


def queue_entry(job: JobDirectory) -> QueueEntry:
    """A job as `queue_order` takes it; ValueError if its spec is damaged or gone."""
    try:
        joined = int((job.path / "in_line").read_text())
    except (OSError, ValueError):
        joined = None
    return QueueEntry(job.id, job.spec().visitor, joined, has_started(job))


def has_started(job: JobDirectory) -> bool:
    """Whether the queue has let a job start."""
    return (job.path / "working").exists()


def unfinished(jobs_directory: Path) -> list[QueueEntry]:
    """The entries of all unfinished jobs, damaged ones left out."""
    return entries(job for job in list_jobs(jobs_directory) if job.is_unfinished)


def entries(jobs: Iterable[JobDirectory]) -> list[QueueEntry]:
    """The entries of these jobs, damaged ones left out."""
    found = []
    for job in jobs:
        with suppress(ValueError):
            found.append(queue_entry(job))
    return found


def jobs_ahead(job: JobDirectory) -> list[JobDirectory]:
    """The unfinished jobs that start before this one, those that have started included."""
    ids = queue_order.order(unfinished(job.path.parent))
    ahead = ids[: ids.index(job.id)] if job.id in ids else ids
    return [JobDirectory(job.path.with_name(each)) for each in ahead]


def wait_seconds(ahead: list[JobDirectory]) -> float:
    """About how long until these jobs have ended."""
    return sum(map(_seconds_left, ahead)) / _at_once()


def _seconds_left(job: JobDirectory) -> float:
    """About how long an unfinished job still takes."""
    # Its spec may be damaged, or of an impossible network.
    with suppress(ValueError, ArithmeticError):
        spec, last = job.spec(), job.reports.last()
        most = math.inf if spec.most_seconds is None else spec.most_seconds
        if last is not None and last.seconds_left is not None:
            return max(0.0, min(last.seconds_left, most - last.seconds))
        starting = training_time.STARTING_SECONDS
        training = training_time.expected_seconds(spec.recipe, spec.settings, starting=0.0)
        return starting + min(training, most)
    return 0.0


def waits(jobs_directory: Path) -> dict[str, tuple[int, float]]:
    """By id of each unfinished job: how many start before it, and about how long these take."""
    found, seconds = dict[str, tuple[int, float]](), 0.0
    for ahead, job_id in enumerate(queue_order.order(unfinished(jobs_directory))):
        found[job_id] = ahead, seconds / _at_once()
        seconds += _seconds_left(JobDirectory(jobs_directory / job_id))
    return found


def jobs_to_wait_for(job: JobDirectory) -> int:
    """How many jobs have to end before this one may start; 0 if it may start now."""
    return max(0, len(jobs_ahead(job)) + 1 - _at_once())


def _at_once() -> int:
    # Where nobody may train any more, what was queued before still ends.
    return max(1, server_settings.trainings_at_once())


def join(job: JobDirectory, others: Iterable[QueueEntry]) -> bool:
    """Let a job join the queue unless its visitor has another one there; whether it did.

    Args:
        job: which.
        others: the entries of all unfinished jobs, with or without its own.
    """
    others = list(others)
    if not queue_order.may_join(queue_entry(job), others):
        return False
    # Behind all others even if the clock was set back.
    latest = max((other.joined for other in others if other.joined is not None), default=0)
    joined = max(time.time_ns(), latest + 1)
    atomic_file.write(job.path / "in_line", str(joined).encode())
    return True


def try_start(job: JobDirectory) -> int:
    """Start a job if it may; returns how many jobs have to end before, 0 if it has started."""
    if not queue_entry(job).joined and not join(job, unfinished(job.path.parent)):
        return max(1, jobs_to_wait_for(job))
    if waiting_for := jobs_to_wait_for(job):
        return waiting_for
    # Asked again by one process at a time, so that no two start in the same place.
    with FileLock(job.path.with_name(".turn")):
        if not (waiting_for := jobs_to_wait_for(job)):
            mark_started(job)
    return waiting_for


def mark_started(job: JobDirectory) -> None:
    """Note that the queue has let a job start."""
    (job.path / "working").touch()


def others_wait(job: JobDirectory) -> bool:
    """Whether another job is queued that could start if this one made room."""
    return any(entry.joined and not entry.started for entry in unfinished(job.path.parent))
