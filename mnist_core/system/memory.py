"""How much memory is free: on this computer, and to the container this program may be in."""

from pathlib import Path

import psutil

_MEGABYTE = 1_000_000
# What may be used and what is, as Linux tells it inside a container: the newer way, the older.
_CONTAINER = (
    ("memory.max", "memory.current"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
)


def free_mb(container: Path = Path("/sys/fs/cgroup")) -> int:
    """Megabytes that a new process could have.

    Args:
        container: where Linux tells what this program may use.
    """
    free = [psutil.virtual_memory().available]
    for limit, used in _CONTAINER:
        try:
            allowed, taken = (container / limit).read_text(), (container / used).read_text()
            free.append(int(allowed) - int(taken))
        except (OSError, ValueError):
            # Another system, another way, or "max": no limit.
            continue
    return max(0, min(free)) // _MEGABYTE
