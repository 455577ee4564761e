"""Programs of ours in processes of their own: how they are started, and known again."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

# The system rounds when a process started.
_SAME_START_SECONDS = 2.0


@dataclass(frozen=True)
class Process:
    """A process: its number, and when it started, in seconds since the computer did.

    A number alone is given to another process one day.
    """

    pid: int
    started: float | None


def start(
    module: str, *arguments: str, output: int | IO[bytes] = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Run a module of ours in a session of its own, so that it outlives who started it.

    Args:
        module: its full name.
        arguments: what stands behind it on the command line.
        output: where what it prints goes.
    """
    environment = dict(os.environ)
    if models := environment.get("MNIST_MODELS"):
        # Said from where this process works; that one works elsewhere.
        environment["MNIST_MODELS"] = str(Path(models).absolute())
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=Path(__file__).parents[2],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        # What that is on Windows, where Ctrl-C would otherwise end it, too.
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def of(pid: int) -> Process:
    """The process that has this number now."""
    return Process(pid, _started(pid))


def is_alive(process: Process) -> bool:
    """Whether that very process still runs."""
    started = _started(process.pid)
    if started is None or process.started is None:
        return False
    return abs(started - process.started) < _SAME_START_SECONDS


def is_same(noted: int, pid: int) -> bool:
    """Whether the process that was started under the first number is the one with the second.

    On Windows a virtual environment's Python is two processes, the one we start and its child.
    """
    if noted == pid:
        return True
    if os.name == "posix":
        return False
    try:
        return noted in (parent.pid for parent in psutil.Process(pid).parents())
    except psutil.Error:
        return False


def _started(pid: int) -> float | None:
    """When a process started; None when it is over, or no process can have such a number.

    Counted from the start of the computer: the clock on the wall may be set meanwhile.
    """
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return process.create_time() - psutil.boot_time()
    except (psutil.Error, ValueError, OverflowError):
        return None
