"""Jobs whose processes cannot be seen from here: several containers, one disk."""

import json
import os
import subprocess
import time

import pytest

from mnist_core.jobs import admission, queue
from mnist_core.jobs.directory import JobDirectory
from tests.jobs.idle_worker import idle_worker
from tests.samples import QUICK, SMALL

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no containers with a shared disk")


@pytest.fixture
def elsewhere(models_directory):
    """A job that a living worker has, noted as one of another container; and that worker."""
    started: list[subprocess.Popen] = []

    def start(path):
        started.append(idle_worker(path))
        return started[-1]

    job_id = admission.submit(SMALL, QUICK, start=start)
    job = JobDirectory(models_directory / ".jobs" / job_id)
    deadline = time.monotonic() + 60
    while not (job.path / "working").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    noted = job.path / "process.json"
    # The first process of every container has the same id.
    noted.write_text(json.dumps({"pid": 1, "started": 1.0, "place": "another container"}))
    yield job, started[0]
    started[0].kill()
    started[0].wait()


def make_old(job):
    os.utime(job.path / "process.json", (time.time() - 60, time.time() - 60))


def test_it_runs_for_all_containers_until_it_is_killed(elsewhere):
    job, worker = elsewhere
    make_old(job)
    assert queue.read(job.id).state == "running"
    assert not job.claim(os.getpid())
    with pytest.raises(ValueError, match="not interrupted"):
        job.reopen()
    worker.kill()
    worker.wait()
    state = queue.read(job.id)
    assert (state.state, state.can_resume) == ("interrupted", True)
    assert job.claim(os.getpid())


def test_one_that_is_just_being_started_counts_as_living_for_a_moment(elsewhere):
    job, worker = elsewhere
    worker.kill()
    worker.wait()
    assert queue.read(job.id).state == "running"
    make_old(job)
    assert queue.read(job.id).state == "interrupted"


def test_a_restarted_server_queues_none_again_that_another_container_has(elsewhere):
    job, _ = elsewhere
    make_old(job)
    (job.path / "working").unlink()
    assert queue.requeue_after_restart() == []
