"""A pool of at most one warm worker: a process that has imported TensorFlow and waits for a job.

It is started with the name of a file. When the path of a job's directory appears there, it deletes
the file and becomes that job's worker. (A file, because on Windows a process that waits on a pipe
cannot import TensorFlow meanwhile.) If the warm worker is missing, late or dead, `start` starts an
ordinary one.
"""

import math
import os
import secrets
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mnist_core.jobs import launch, queue, queue_position, training_rules
from mnist_core.jobs.directory import JobDirectory
from mnist_core.system import atomic_file, machine, processes, server_settings

POLL_SECONDS = 0.02
"""How often the warm worker looks for its job, and the pool whether it has taken it."""
_HANDOVER_SECONDS = 4.0
_CHECK_SECONDS = 5.0

Process = subprocess.Popen[bytes]


class WarmPool:
    """At most one warm worker; `clock` is monotonic, `free_mb` the free memory in megabytes."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        free_mb: Callable[[], int] = machine.free_mb,
    ) -> None:
        self._clock, self._free_mb = clock, free_mb
        self._lock = threading.Lock()
        self._process: Process | None = None
        self._job_file = Path()
        self._last_wanted = -math.inf

    @property
    def process(self) -> Process | None:
        """The process that is warm or warming up, if there is one."""
        process = self._process
        return process if process and process.poll() is None else None

    def prepare(self) -> None:
        """Start a warm worker, as somebody may train soon, if it could start and memory allows."""
        with self._lock:
            self._last_wanted = self._clock()
            if self.process or not self._may_start():
                return
            # Processes in different containers may have the same id.
            name = f".spare-{os.getpid()}-{secrets.token_hex(4)}"
            self._job_file = queue.jobs_directory().resolve() / name
            with suppress(OSError):
                self._job_file.parent.mkdir(parents=True, exist_ok=True)
                self._job_file.unlink(missing_ok=True)
                self._process = processes.start(
                    "mnist_core.jobs.warm_worker", str(self._job_file), str(os.getpid())
                )
                threading.Thread(target=self._watch, args=(self._process,), daemon=True).start()

    def start(self, path: Path) -> Process:
        """Hand a job's directory to the warm worker, or else start an ordinary one.

        Raises:
            OSError: no process can be started.
        """
        # A worker that has to queue does so without TensorFlow's memory.
        if queue_position.jobs_to_wait_for(JobDirectory(path)) == 0:
            with self._lock:
                process, self._process = self.process, None
                if process and self._hand_over(process, path):
                    return process
        return launch.start_worker(path)

    def shut_down(self) -> None:
        """Kill the warm worker, if there is one."""
        with self._lock:
            if self._process:
                self._process.kill()
            self._process = None

    def _may_start(self) -> bool:
        return (
            not launch.uses_cluster()
            and training_rules.why_no_training() is None
            and server_settings.warm_worker_minutes() > 0
            and self._free_mb() >= server_settings.warm_worker_memory_mb()
            and len(queue.unfinished()) < server_settings.trainings_at_once()
        )

    def _hand_over(self, process: Process, path: Path) -> bool:
        """Whether the process took the job; otherwise it is killed."""
        deadline = self._clock() + _HANDOVER_SECONDS
        with suppress(OSError):
            atomic_file.write(self._job_file, os.fsencode(path))
            while process.poll() is None and self._clock() <= deadline:
                if not self._job_file.exists():
                    return True
                time.sleep(POLL_SECONDS)
        # First, or both would do the job.
        process.kill()
        self._job_file.unlink(missing_ok=True)
        return False

    def _watch(self, process: Process) -> None:
        # Until it ends, even when it has a job: unless asked for, it would stay as a zombie.
        while process.poll() is None:
            time.sleep(_CHECK_SECONDS)
            with self._lock:
                if self._process is process and not self._may_stay():
                    process.kill()

    def _may_stay(self) -> bool:
        # It has its memory already, so half of what it was started with is enough to stay.
        idle = self._clock() - self._last_wanted
        enough = self._free_mb() >= server_settings.warm_worker_memory_mb() / 2
        return enough and idle < 60 * server_settings.warm_worker_minutes()
