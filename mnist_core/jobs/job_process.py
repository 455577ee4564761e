"""The process that does a job: which it is, whether it lives, and what is said if it was killed."""

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from mnist_core.jobs.spec import Result
from mnist_core.system import atomic_file, held_file, processes
from mnist_core.system.atomic_file import Damaged
from mnist_core.system.processes import Process

FILE = "process.json"
_ALIVE = "alive"
# A young directory without a process is a job that is just being started.
_STARTING_SECONDS = 10.0
# Meanwhile nothing is taken from it, even if a page says that it was interrupted.
_LONGEST_START_SECONDS = 120.0


@dataclass(frozen=True)
class JobProcess:
    """The process that does the job in a directory, if there is one."""

    job: Path

    def claim(self, pid: int) -> bool:
        """Record a process, unless another living one does the job; whether it may do it."""
        recorded = self._recorded()
        if recorded and self._lives(recorded) and not _is_same(recorded, pid):
            return False
        atomic_file.write(self.job / FILE, msgspec.json.encode(processes.identify(pid)))
        return True

    def hold(self) -> None:
        """Let those who cannot see this process know that it lives, until it ends.

        Raises:
            OSError: the disk is full.
        """
        held_file.hold(self.job / _ALIVE)

    @property
    def is_alive(self) -> bool:
        """Whether it lives, or is just being started."""
        if recorded := self._recorded():
            return self._lives(recorded)
        return _is_young(self.job)

    @property
    def may_still_start(self) -> bool:
        """Whether there is none yet, and a slow computer may be about to start one."""
        return not (self.job / FILE).exists() and _is_young(self.job, _LONGEST_START_SECONDS)

    @property
    def has_started_and_lives(self) -> bool:
        """Whether one has been recorded, and lives."""
        recorded = self._recorded()
        return recorded is not None and self._lives(recorded)

    def killed(self) -> Result:
        """How a job has ended whose process is gone without a result.

        Raises:
            ValueError: the job has just been removed.
        """
        try:
            began = self.job.stat().st_ctime
        except OSError as error:
            raise ValueError("There is no such training here (any more).") from error
        if psutil.boot_time() > began:
            return Result("interrupted", message="The computer was restarted in the meantime.")
        return Result("interrupted", message="The training program ended unexpectedly.")

    def _recorded(self) -> Process | None:
        with suppress(Damaged):
            return atomic_file.read(self.job / FILE, Process)
        return None

    def _lives(self, process: Process) -> bool:
        if processes.is_here(process):
            return processes.is_alive(process)
        # In another container: it holds its file as soon as it has started.
        return held_file.is_held(self.job / _ALIVE) or _is_young(self.job / FILE)


def _is_same(process: Process, pid: int) -> bool:
    return processes.is_here(process) and processes.is_same(process.pid, pid)


def _is_young(path: Path, seconds: float = _STARTING_SECONDS) -> bool:
    """Whether a file was written within the time that a process may take to start."""
    try:
        # The absolute value: if the clock is set back, the file must not stay young.
        return abs(time.time() - path.stat().st_mtime) < seconds
    except FileNotFoundError:
        return False
