"""Whose turn is it, among the jobs on disk? The rules are in `line`."""

from pathlib import Path

from filelock import FileLock

from mnist_core.jobs import queue_order
from mnist_core.jobs.directory import JobDirectory, in_order
from mnist_core.networks import cost, limits


def entries(home: Path) -> list[queue_order.QueueEntry]:
    """The unfinished jobs; one whose notes are damaged stands in nobody's way."""
    found = []
    for job in in_order(home):
        try:
            if job.is_unfinished:
                found.append(job.queue_entry())
        except ValueError:
            continue
    return found


def jobs_before(job: JobDirectory) -> list[JobDirectory]:
    turns = queue_order.order(entries(job.path.parent))
    before = turns[: turns.index(job.id)] if job.id in turns else turns
    return [JobDirectory(job.path.parent / each) for each in before]


def wait_seconds(before: list[JobDirectory]) -> float:
    """About how long until these jobs are over."""
    seconds = 0.0
    for job in before:
        try:
            spec, last = job.spec(), job.reports.last()
            left = last.seconds_left if last else None
            # Notes on a network that cannot be are damaged, too.
            seconds += cost.expected_seconds(spec.recipe, spec.settings) if left is None else left
        except (ValueError, ArithmeticError):
            continue
    return seconds / limits.trainings_at_once()


def jobs_to_wait_for(job: JobDirectory) -> int:
    """How many jobs have to end before this one may work; 0 when it is its turn."""
    turns = queue_order.order(entries(job.path.parent))
    place = turns.index(job.id) if job.id in turns else len(turns)
    return max(0, place + 1 - limits.trainings_at_once())


def join(job: JobDirectory) -> bool:
    """Have a job wait for its turn, if its visitor has no other in line; whether it does now."""
    others = entries(job.path.parent)
    may = queue_order.may_join(job.queue_entry(), others)
    if may:
        job.join_queue(others)
    return may


def try_start(job: JobDirectory) -> int:
    """Begin to work if it is this job's turn; else how many jobs have to end before."""
    if not job.queue_entry().joined and not join(job):
        return max(1, jobs_to_wait_for(job))
    if turns := jobs_to_wait_for(job):
        return turns
    # Looked at again by one process at a time, so that no two take the same turn.
    with FileLock(job.path.parent / ".turn"):
        if not (turns := jobs_to_wait_for(job)):
            job.mark_started()
    return turns


def others_wait(job: JobDirectory) -> bool:
    """Whether a job that waits could work if this one did not."""
    return any(not entry.started for entry in entries(job.path.parent) if entry.joined)
