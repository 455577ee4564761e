"""Records when trainings begin and end, whichever process does them: once each, on one disk.

A worker outlives the web process that started it, so web processes look at the jobs' directories.
The first that sees a beginning or an end makes a file, and records the event; the others find it.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mnist_core.jobs import queue_position
from mnist_core.jobs.directory import JobDirectory, list_jobs
from mnist_core.models import job_file_names
from mnist_core.networks import recipes
from mnist_core.system import events
from mnist_core.system.atomic_file import Damaged

_MARKS = ".status/trainings"
_DAY_SECONDS = 24 * 3600.0


class JobWatch:
    """Looks at the jobs of a directory of models.

    Args:
        models: that directory.
        now: the clock, in seconds since 1970.
    """

    def __init__(self, models: Path, now: Callable[[], float] = time.time) -> None:
        self._models, self._now = models, now
        # What need not be looked at again.
        self._ended: set[str] = set()

    def look(self) -> None:
        """Record what has begun or ended since the last look of any process."""
        jobs = list_jobs(self._models / job_file_names.JOBS)
        self._ended &= {job.id for job in jobs}
        for job in jobs:
            if job.id not in self._ended:
                # It may be deleted meanwhile, or damaged.
                with suppress(OSError, ValueError, Damaged):
                    self._look_at(job)

    def clean_up(self) -> None:
        """Delete the marks of trainings that ended long ago."""
        for mark in (self._models / _MARKS).glob("*"):
            with suppress(OSError):
                if self._now() - mark.stat().st_mtime > 2 * _DAY_SECONDS:
                    mark.unlink()

    def _look_at(self, job: JobDirectory) -> None:
        spec, result = job.spec(), job.result()
        known = {recipe.name for recipe in recipes.RECIPES}
        facts = {
            "training": job.id,
            # Visitors name their own networks.
            "network": spec.recipe.name if spec.recipe.name in known else "own",
            "epochs": spec.settings.epochs,
        }
        if queue_position.has_started(job) and self._mark(job, "began"):
            events.record("training began", **facts, waited=round(self._now() - spec.submitted, 1))
        if result is None or result.state == "paused":
            return
        if result.state != "interrupted":
            # That may go on.
            self._ended.add(job.id)
        if self._mark(job, f"ended-{result.state}"):
            facts |= {"outcome": result.state, "accuracy": result.test_accuracy}
            events.record("training ended", **facts, seconds=round(self._now() - spec.submitted, 1))

    def _mark(self, job: JobDirectory, what: str) -> bool:
        """Whether this is to be recorded, here and now."""
        mark = self._models / _MARKS / f"{job.id}-{what}"
        mark.parent.mkdir(parents=True, exist_ok=True)
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return False
        # What happened long before anybody looked is not news.
        return self._now() - job.path.stat().st_mtime < _DAY_SECONDS
