"""Print how a server is: its people, its queue, its memory and disk, its errors of the last day.

python -m mnist_core.status          in words
python -m mnist_core.status --json   for programs

It reads what the web processes have written into the directory of models (`MNIST_MODELS`), so it
works from any process on the same disk, also in another container. Its exit status is 1 where no
web process lives.
"""

import argparse
import os
import shutil
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import msgspec

from mnist_core.jobs import queue_position
from mnist_core.models import disk_quota, job_file_names, store
from mnist_core.system import machine, server_settings
from mnist_core.system.process_states import ProcessState, ProcessStates, SeenError
from mnist_core.system.text_format import counted, duration, whole

_MEGABYTE = 1_000_000
_MOST_SHOWN = 20


class Status(msgspec.Struct, frozen=True):
    """How a server is; all its web processes together.

    Attributes:
        people: open pages.
        processes: the web processes that live.
        training: how many trainings are being done.
        queued: how many wait.
        memory_bytes: that the web processes take.
        free_memory_bytes: that a new process could have here.
        models_bytes: that people's models and trainings take.
        quota_bytes: that they may take.
        free_disk_bytes: on the disk where they are.
        errors: those that visitors met in the last day, the latest first.
        refusals: how often each limit was reached since the web processes began, by the setting.
    """

    people: int
    processes: tuple[ProcessState, ...]
    training: int
    queued: int
    memory_bytes: int
    free_memory_bytes: int
    models_bytes: int
    quota_bytes: int
    free_disk_bytes: int
    errors: tuple[SeenError, ...]
    refusals: dict[str, int]


def look(models: Path | None = None) -> Status:
    """How the server is that has its models in this directory; that of the settings without one."""
    home = models or store.local_directory()
    states = ProcessStates(home)
    alive, of_last_day = states.alive(), states.of_last_day()
    refusals: Counter[str] = Counter()
    for state in alive:
        refusals.update(state.refusals)
    a_day_ago = time.time() - 24 * 3600
    errors = [one for state in of_last_day for one in state.errors if one.time > a_day_ago]
    jobs = queue_position.unfinished(home / job_file_names.JOBS)
    started = sum(job.started for job in jobs)
    return Status(
        people=sum(state.people for state in alive),
        processes=tuple(alive),
        training=started,
        queued=len(jobs) - started,
        memory_bytes=sum(state.memory_bytes for state in alive),
        free_memory_bytes=machine.free_mb() * _MEGABYTE,
        models_bytes=disk_quota.disk_use(home),
        quota_bytes=server_settings.disk_mb() * _MEGABYTE,
        free_disk_bytes=_free_disk(home),
        errors=tuple(sorted(errors, key=lambda one: -one.time)),
        refusals=dict(refusals),
    )


def in_words(status: Status) -> list[str]:
    """The same in lines."""
    lines = []
    if not status.processes:
        lines.append("No web process is running here, or none that writes into this directory.")
    for state in status.processes:
        since = duration(max(1.0, time.time() - state.began))
        lines.append(
            f"Web process {state.pid} ({state.name}): up {since}, "
            f"{_people(state.people)}, {_mb(state.memory_bytes)} of memory."
        )
    lines += [
        f"People: {whole(status.people)}.",
        f"Trainings: {status.training} running, {status.queued} queued.",
        f"Memory: {_mb(status.memory_bytes)} for web processes, "
        f"{_mb(status.free_memory_bytes)} free.",
        f"Disk: {_mb(status.models_bytes)} of {_mb(status.quota_bytes)} for people's models, "
        f"{_mb(status.free_disk_bytes)} free.",
        f"Refusals since the start: {_refusals(status)}.",
        f"Errors in the last day: {sum(one.times for one in status.errors) or 'none'}.",
    ]
    for one in status.errors[:_MOST_SHOWN]:
        moment = time.strftime("%Y-%m-%d %H:%M", time.gmtime(one.time))
        times = f", {whole(one.times)} times" if one.times > 1 else ""
        lines.append(f"  {one.id}  {moment} UTC  {one.kind} on {one.page or 'home'}{times}")
    return lines


def main() -> int:
    """Print it.

    Returns:
        The process's exit status.
    """
    parser = argparse.ArgumentParser(description="How a server of Digit Lab is.")
    parser.add_argument("--json", action="store_true", help="for programs")
    status = look()
    if parser.parse_args().json:
        print(msgspec.json.encode(status).decode())
    else:
        print("\n".join(in_words(status)))
    return 0 if status.processes else 1


def _free_disk(home: Path) -> int:
    for folder in (home, *home.absolute().parents):
        with suppress(OSError):
            return shutil.disk_usage(os.fspath(folder)).free
    return 0


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{whole(count)} people"


def _refusals(status: Status) -> str:
    found = [f"{name} {counted(times, 'time')}" for name, times in sorted(status.refusals.items())]
    return ", ".join(found) or "none"


def _mb(count: int) -> str:
    return f"{whole(round(count / _MEGABYTE))} MB"


if __name__ == "__main__":
    sys.exit(main())
