"""`python -m tests.jobs.idle_worker JOB_DIR`: a worker that does nothing when it is its turn.

It queues, is stopped and is killed as any other, without the seconds that TensorFlow takes.
"""

import subprocess
import sys
import time
from pathlib import Path

from mnist_core.jobs import worker
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.jobs.spec import Result
from mnist_core.system import processes


def idle_worker(path: Path) -> subprocess.Popen[bytes]:
    """Start one: `submit(..., start=idle_worker)`."""
    return processes.start("tests.jobs.idle_worker", str(path))


def wait_until_stopped(job: JobDirectory) -> Result:
    """Hold the job's place as long as somebody wants it."""
    if worker.wait_in_queue(job):
        job.reports.add(Event("loading"))
    while not worker.is_cancelled(job):
        time.sleep(0.02)
    return Result("stopped")


if __name__ == "__main__":
    worker.run_job(Path(sys.argv[1]), wait_until_stopped)
