"""The machine that this program finds: how much memory and how many processors it may use.

The limits of a container come first, then the machine's own. What follows from both is in
`capacity`.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import psutil

from mnist_core.system.control_groups import ControlGroups

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Machine:
    """What may be used here.

    Attributes:
        memory_mb: in megabytes of a million bytes.
        cores: processors, or their worth in time: 0.5 is half of one.
        is_memory_limited: a control group allows less memory than the machine has.
        are_cores_limited: a control group allows less time than the machine's processors have.
    """

    memory_mb: int
    cores: float
    is_memory_limited: bool = False
    are_cores_limited: bool = False


def look_up(root: Path = Path("/")) -> Machine:
    """The machine as it is now; `root` is another root directory for tests."""
    groups = ControlGroups(root)
    memory, processors = psutil.virtual_memory().total, _processors()
    allowed, time = groups.memory_bytes(), groups.cores()
    return Machine(
        min(memory, memory if allowed is None else allowed) // _MEGABYTE,
        min(float(processors), processors if time is None else time),
        allowed is not None and allowed < memory,
        time is not None and time < processors,
    )


@lru_cache(maxsize=1)
def here() -> Machine:
    """The machine that this process runs on, looked up once."""
    return look_up()


def free_mb(root: Path = Path("/")) -> int:
    """How many megabytes a new process could have now; `root` as for `look_up`."""
    free, allowed = psutil.virtual_memory().available, ControlGroups(root).free_bytes()
    return max(0, min(free, free if allowed is None else allowed)) // _MEGABYTE


def _processors() -> int:
    """The processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
