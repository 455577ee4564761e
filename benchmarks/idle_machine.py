"""A figure means something only when nobody else used the machine while it was measured."""

import time
from collections.abc import Callable
from typing import TypeVar

import psutil

# Of one processor; what a desktop or a virtual machine does by itself stays below.
_OTHERS_SHARE = 0.15
_LOOK_SECONDS = 3
_PATIENCE_SECONDS = 3600

Measured = TypeVar("Measured")


def undisturbed(measure: Callable[[], Measured]) -> Measured:
    """Measure; and again, when other people's processes were at work meanwhile.

    Raises:
        SystemExit: the machine was busy for an hour.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        _wait_for_others(deadline)
        before, began = _others(), time.monotonic()
        measured = measure()
        if _share(before, began) <= _OTHERS_SHARE:
            return measured
        print("  disturbed by others, once more", flush=True)
    raise SystemExit("The machine is busy: figures would be worthless.")


def _wait_for_others(deadline: float) -> None:
    while time.monotonic() < deadline:
        before, began = _others(), time.monotonic()
        time.sleep(_LOOK_SECONDS)
        if _share(before, began) <= _OTHERS_SHARE:
            return
        print("  waiting for others ...", flush=True)
        time.sleep(_LOOK_SECONDS)


def _share(before: dict[int, float], began: float) -> float:
    """Processors that others have had in use, on average, since then."""
    after = _others()
    used = sum(max(0.0, seconds - before.get(pid, 0.0)) for pid, seconds in after.items())
    return used / (time.monotonic() - began)


def _others() -> dict[int, float]:
    """Processor seconds so far of every process that is neither ours nor started by us."""
    me = psutil.Process()
    ours = {me.pid, *(child.pid for child in me.children(recursive=True))}
    found = psutil.process_iter(["cpu_times"])
    return {
        process.pid: process.info["cpu_times"].user + process.info["cpu_times"].system
        for process in found
        if process.pid not in ours and process.info["cpu_times"]
    }
