"""Starting the processes that do the jobs."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from mnist_core.jobs import queue_position
from mnist_core.jobs.directory import LOG, JobDirectory
from mnist_core.jobs.spec import Result
from mnist_core.networks.settings import Settings
from mnist_core.system import cpu, processes, server_settings

Start = Callable[[Path], subprocess.Popen[bytes]]
"""Starts the worker's process for a job directory."""


def launch(job: JobDirectory, start: Start | None) -> None:
    """Let a job join the queue, and start its process; OSError if that is impossible."""
    queue_position.join(job, queue_position.unfinished(job.path.parent))
    start_process(job, start)


def start_process(job: JobDirectory, start: Start | None) -> None:
    """Start the process of a job that has joined the queue; OSError if that is impossible."""
    try:
        process = (start or start_worker)(job.path)
    except OSError as error:
        raise OSError("The training could not be started on this computer now.") from error
    job.claim(process.pid)
    # Unless somebody waits for it, a worker that has ended would stay as a zombie.
    threading.Thread(target=process.wait, daemon=True).start()


def relaunch(job: JobDirectory, start: Start | None) -> None:
    """Launch an ended job again, to resume from its checkpoint.

    Raises:
        ValueError: a living process is doing it.
        OSError: no process can be started; the job stays interrupted.
    """
    job.reopen()
    try:
        launch(job, start)
    except OSError as error:
        job.save_result(Result("interrupted", message=str(error)))
        raise


def start_worker(path: Path) -> subprocess.Popen[bytes]:
    """Start a worker that outlives this process; with a cluster, the one that passes the job on."""
    module = "mnist_core.cluster.proxy_worker" if uses_cluster() else "mnist_core.jobs.worker"
    with (path / LOG).open("wb") as log:
        return processes.start(module, str(path), output=log)


def uses_cluster() -> bool:
    """Whether trainings run on a cluster."""
    return bool(server_settings.scheduler())


def falls_back_to_float32(settings: Settings) -> bool:
    """Whether a training that asks for bfloat16 runs in float32, as this processor lacks it.

    What the computers of a cluster have is known only there.
    """
    asked = settings.precision == "bfloat16"
    return asked and not uses_cluster() and not cpu.has_bfloat16()
