"""What goes of jobs that have ended, so that their directories do not fill the disk."""

from contextlib import suppress
from pathlib import Path

from mnist_core.jobs.directory import list_jobs

ENDED_JOBS_KEPT = 200
"""How many jobs that have ended are remembered; older ones are removed."""


def remove_ended(home: Path) -> None:
    """Remove old jobs that have ended, and what the others do not need any more.

    Args:
        home: the directory of all jobs.
    """
    ended = [job for job in list_jobs(home) if not job.is_unfinished]
    for age, job in enumerate(reversed(ended)):
        # A job that is damaged, or being removed by somebody else, stops nobody from training.
        with suppress(OSError, ValueError):
            if age >= ENDED_JOBS_KEPT:
                job.remove()
                continue
            # Also for a killed worker: with a result, its checkpoint may go when room is needed.
            if (result := job.result()) is not None:
                job.save_result(result)
            job.delete_drawings()
            job.delete_own_digit()
