"""Processes of this program: starting them, and recognising them later."""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, NoReturn

import psutil

from mnist_core.system import server_settings

_ROOT = Path(__file__).parents[2]
# The system rounds the start of a process.
_SAME_START_SECONDS = 2.0
# Of what somebody waits for.
_LONGEST_SECONDS = 60.0


@dataclass(frozen=True)
class Process:
    """A process: its id, and when it started, in seconds since the computer did.

    The id alone is not enough, as the system gives it to another process one day.

    Attributes:
        pid: its id.
        started: when; None if it had ended already.
        place: the computer or container that it runs in; None where that has no name. A process of
            another place cannot be seen from here, and its id means another process, or none.
    """

    pid: int
    started: float | None
    place: str | None = None


def start(
    module: str,
    *arguments: str,
    output: int | IO[bytes] | None = subprocess.DEVNULL,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Run a module of this program in a process group of its own, so that it outlives this process.

    It has to give way to those that answer visitors. In a session of its own it would not: Linux
    may share processors among sessions first, however nice their processes are ("autogroup" in
    sched(7)); thirty trainings would have thirty shares then, and the web process one.

    Args:
        module: its full name.
        arguments: its arguments on the command line.
        output: where what it prints goes; None for where this process prints.
        environment: variables besides those of this process.
    """
    variables = {**os.environ, **(environment or {})}
    # Nobody trains by it there, and what is not there cannot be logged.
    variables.pop(server_settings.training_word.name, None)
    if models := variables.get(name := server_settings.models_directory.name):
        # May be relative to this process's directory; that process has another.
        variables[name] = str(Path(models).absolute())
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        # Ctrl-C in a terminal ends this process's group only; on Windows likewise.
        process_group=0,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    # Now, and not in the process: its imports take most of a second.
    give_way(process.pid)
    return process


def output_of(module: str, given: bytes) -> tuple[int, bytes]:
    """Run a module of this program to its end, for work whose memory would stay with this process.

    Args:
        module: its full name.
        given: what it reads from its standard input.

    Returns:
        Its exit code, and what it printed.

    Raises:
        OSError: the system starts no more processes, or it takes more than a minute.
    """
    command, into = [sys.executable, "-m", module], subprocess.PIPE
    try:
        run = subprocess.run(
            command, cwd=_ROOT, input=given, stdout=into, timeout=_LONGEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"{module} takes too long.") from error
    return run.returncode, run.stdout


def give_way(pid: int) -> None:
    """Have a process wait for those that answer visitors; nothing where that is not possible."""
    # It may have ended already. Windows has no such numbers.
    with suppress(OSError, AttributeError):
        before = os.getpriority(os.PRIO_PROCESS, pid)
        os.setpriority(os.PRIO_PROCESS, pid, max(server_settings.training_niceness(), before))


def exit_at_once() -> NoReturn:
    """End this process, whose work is done, without tidying up what TensorFlow brought.

    Python would need most of a second for that.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)


def identify(pid: int) -> Process:
    """The process that has this id now."""
    return Process(pid, _started(pid), _place())


def is_here(process: Process) -> bool:
    """Whether a process runs, or ran, where this one does, so that `is_alive` knows of it."""
    return process.place in (None, _place())


def is_alive(process: Process) -> bool:
    """Whether this very process is still running."""
    started = _started(process.pid)
    if started is None or process.started is None:
        return False
    return abs(started - process.started) < _SAME_START_SECONDS


def is_same(known: int, pid: int) -> bool:
    """Whether the process that was started under the first id is the one with the second.

    On Windows, Python in a virtual environment is two processes: the one we start, and its child.
    """
    if known == pid:
        return True
    if os.name == "posix":
        return False
    try:
        return known in (parent.pid for parent in psutil.Process(pid).parents())
    except psutil.Error:
        return False


def has_parent_ended(parent: int) -> bool:
    """Whether the process with this id, which started this one, has ended."""
    if os.name == "posix":
        return os.getppid() != parent
    # On Windows, see `is_same`, the parent may be the other of the two processes.
    return not psutil.pid_exists(parent)


@cache
def _place() -> str | None:
    """What tells this computer, since it started, and this container from all others."""
    try:
        started = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{started} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        # No Linux.
        return None


def _started(pid: int) -> float | None:
    """When a process started; None if it has ended, or the id is impossible.

    Counted from the start of the computer, as the clock may be set meanwhile.
    """
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return process.create_time() - psutil.boot_time()
    except (psutil.Error, ValueError, OverflowError):
        return None
