import logging
import time
from pathlib import Path
from typing import Any

import pytest

from mnist_core.jobs import queue_position
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.job_events import JobWatch
from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import job_file_names
from mnist_core.networks import recipes
from mnist_core.system import events

RECIPE = recipes.get("quick")


@pytest.fixture
def job(tmp_path: Path) -> JobDirectory:
    spec = Spec(RECIPE, RECIPE.settings, submitted=time.time() - 5)
    made = JobDirectory(tmp_path / job_file_names.JOBS / "20261129-221500-123456-0123abcd")
    made.path.parent.mkdir()
    made.create(spec)
    return made


def happened(models: Path, caplog: pytest.LogCaptureFixture, *watches: JobWatch) -> list[Any]:
    """What these watches, or a new one, record at their next look."""
    caplog.clear()
    with caplog.at_level(logging.INFO, events.LOGGER.name):
        for watch in watches or (JobWatch(models),):
            watch.look()
    return [(one.getMessage(), events.facts_of(one)) for one in caplog.records]


def test_begin_and_end_are_recorded_once_by_whoever_sees_them(
    tmp_path: Path, job: JobDirectory, caplog: pytest.LogCaptureFixture
) -> None:
    watches = JobWatch(tmp_path), JobWatch(tmp_path)
    assert happened(tmp_path, caplog, *watches) == []
    queue_position.mark_started(job)
    ((name, facts),) = happened(tmp_path, caplog, *watches)
    assert (name, facts["network"], facts["training"]) == ("training began", "quick", job.id)
    job.save_result(Result("done", "quick-run-1", None, 0.9))
    ((name, facts),) = happened(tmp_path, caplog, *watches)
    assert (name, facts["outcome"], facts["accuracy"]) == ("training ended", "done", 0.9)
    assert happened(tmp_path, caplog, *watches) == []
    # Nor by a process that is started later.
    assert happened(tmp_path, caplog) == []


def test_a_damaged_job_is_passed_over(
    tmp_path: Path, job: JobDirectory, caplog: pytest.LogCaptureFixture
) -> None:
    (job.path / job_file_names.SPEC).write_text("{")
    queue_position.mark_started(job)
    assert happened(tmp_path, caplog) == []
    assert happened(tmp_path / "nowhere", caplog) == []
