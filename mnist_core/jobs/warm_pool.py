"""One process that has imported TensorFlow already and stands ready to train.

It is started with the name of a file. When the path of a job's directory appears there, it takes
the file away and is this job's worker from then on, as if `jobs.start_worker` had started it. A
file, since on Windows whoever waits on a pipe for input cannot import TensorFlow meanwhile. Nothing
depends on it: where it is missing, late or dead, a worker is started the ordinary way.
"""

import math
import os
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from mnist_core.jobs import queue, queue_position
from mnist_core.jobs.directory import JobDirectory
from mnist_core.models import store
from mnist_core.networks import limits
from mnist_core.system import atomic_file, memory, processes

LOOK_SECONDS = 0.02
"""How often the process looks for its job, and we whether it took it."""
_TAKEN_WITHIN_SECONDS = 4.0
_CHECK_SECONDS = 5.0

Process = subprocess.Popen[bytes]


class WarmPool:
    """At most one process that stands ready.

    Args:
        clock: seconds, monotonic.
        free_mb: how much memory is free.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        free_mb: Callable[[], int] = memory.free_mb,
    ) -> None:
        self._clock, self._free_mb = clock, free_mb
        self._lock = threading.Lock()
        self._process: Process | None = None
        self._place = Path()
        self._wanted = -math.inf

    @property
    def process(self) -> Process | None:
        """The process that stands ready or is about to; None where there is none."""
        process = self._process
        return process if process and process.poll() is None else None

    def prepare(self) -> None:
        """Somebody may train soon: have a process ready, if it could begin and memory allows."""
        with self._lock:
            self._wanted = self._clock()
            if self.process or not self._may_start():
                return
            home = queue.jobs_directory(store.local_directory().resolve())
            self._place = home / f".spare-{os.getpid()}"
            try:
                self._place.parent.mkdir(parents=True, exist_ok=True)
                self._place.unlink(missing_ok=True)
                self._process = processes.start(
                    "mnist_core.jobs.warm_worker", str(self._place), str(os.getpid())
                )
            except OSError:
                return
            look_after = threading.Thread(
                target=self._look_after, args=(self._process,), daemon=True
            )
            look_after.start()

    def start(self, path: Path) -> Process:
        """Start a job's worker: the process that stands ready, or else a new one.

        Args:
            path: the job's directory.

        Raises:
            OSError: no process can be started.
        """
        # Whoever waits in line does so without TensorFlow's memory.
        if queue_position.jobs_to_wait_for(JobDirectory(path)) == 0:
            with self._lock:
                process, self._process = self.process, None
                if process and self._hand_over(process, path):
                    return process
        return queue.start_worker(path)

    def shut_down(self) -> None:
        """Have no process stand ready."""
        with self._lock:
            if self._process:
                self._process.kill()
            self._process = None

    def _may_start(self) -> bool:
        at_once = limits.trainings_at_once()
        return (
            # Where a cluster trains, there is nothing to be warm for here.
            not os.environ.get("MNIST_SCHEDULER")
            and limits.warm_worker_minutes() > 0
            and self._free_mb() >= limits.warm_worker_memory_mb()
            and len(queue.unfinished()) < at_once
        )

    def _hand_over(self, process: Process, path: Path) -> bool:
        """Whether the process took the job; it is ended where it did not."""
        deadline = self._clock() + _TAKEN_WITHIN_SECONDS
        try:
            atomic_file.write(self._place, os.fsencode(path))
            while self._place.exists():
                if process.poll() is not None or self._clock() > deadline:
                    break
                time.sleep(LOOK_SECONDS)
            else:
                return True
        except OSError:
            pass  # as good as not taken
        # First, or both would do the job.
        process.kill()
        self._place.unlink(missing_ok=True)
        return False

    def _look_after(self, process: Process) -> None:
        # Until its end even if it has work: somebody has to ask, or it would stay as a zombie.
        while process.poll() is None:
            time.sleep(_CHECK_SECONDS)
            with self._lock:
                if self._process is process and not self._may_stay():
                    process.kill()

    def _may_stay(self) -> bool:
        # It has what it needs: the memory it was started with may be halved before it has to go.
        idle = self._clock() - self._wanted
        enough = self._free_mb() >= limits.warm_worker_memory_mb() / 2
        return enough and idle < 60 * limits.warm_worker_minutes()
