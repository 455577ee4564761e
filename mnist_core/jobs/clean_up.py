"""What goes of jobs that have ended, so that their directories do not fill the disk."""

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from mnist_core.handwriting import saved_drawings
from mnist_core.jobs.directory import JobDirectory, list_jobs
from mnist_core.models import expiry, job_file_names

_TIMEOUT_SECONDS = 1.0
ENDED_JOBS_KEPT = 200
"""How many jobs that have ended are remembered; older ones are removed."""


def remove_ended(ended: Iterable[JobDirectory]) -> None:
    """Remove old jobs that have ended, and what the others do not need any more.

    Args:
        ended: all jobs of a directory that have ended, in the order of submission.
    """
    keep = expiry.keep_seconds()
    for age, job in enumerate(reversed(list(ended))):
        # A job that is damaged, or being removed by somebody else, stops nobody from training.
        with suppress(OSError, ValueError):
            if job.may_still_start:
                continue
            if age >= ENDED_JOBS_KEPT or (keep is not None and _is_old(job, keep)):
                job.remove()
                continue
            # Also for a killed worker: with a result, its checkpoint may go when room is needed.
            if (result := job.result()) is not None:
                job.save_result(result)
            job.delete_drawings()
            job.delete_own_digit()


def delete_old(root: Path) -> None:
    """Delete what visitors made and is too old now: models, kept drawings, trainings.

    Args:
        root: the directory of models.
    """
    expiry.delete_old_models(root)
    keep = expiry.keep_seconds()
    if keep is not None:
        saved_drawings.delete_old(root, keep)
    home = root / job_file_names.JOBS
    if home.is_dir():
        # Another process may be at it.
        with suppress(OSError), FileLock(home / ".lock", timeout=_TIMEOUT_SECONDS):
            remove_ended(job for job in list_jobs(home) if not job.is_unfinished)


def _is_old(job: JobDirectory, seconds: float) -> bool:
    """Whether a visitor's job was submitted longer ago than this."""
    spec = job.spec()
    return spec.owner is not None and time.time() - spec.submitted > seconds
