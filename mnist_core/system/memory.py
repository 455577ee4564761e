"""How much memory is free, on this computer and in the container that this program may be in."""

from pathlib import Path

import psutil

_MEGABYTE = 1_000_000
# Files of the limit and of the use in a container, for version 2 and 1 of Linux's control groups.
_CONTAINER = (
    ("memory.max", "memory.current"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
)


def free_mb(container: Path = Path("/sys/fs/cgroup")) -> int:
    """How many megabytes a new process could have; `container` is its control group's directory."""
    free = [psutil.virtual_memory().available]
    for limit, used in _CONTAINER:
        try:
            allowed, taken = (container / limit).read_text(), (container / used).read_text()
            free.append(int(allowed) - int(taken))
        except (OSError, ValueError):
            # No such files, or "max": no limit.
            continue
    return max(0, min(free)) // _MEGABYTE
