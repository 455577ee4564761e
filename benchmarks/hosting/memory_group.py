"""A control group with little memory, and Streamlit's command line in one. Needs root on Linux.

    python -m benchmarks.hosting.memory_group run streamlit_app.py

is `streamlit run streamlit_app.py` in the group whose directory `DIGIT_LAB_GROUP` names.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

GROUP = "DIGIT_LAB_GROUP"

_ROOTS = (Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup"))
_NEEDS_ROOT = "This needs Linux, root, and control groups for memory that can be written."


@dataclass(frozen=True)
class MemoryGroup:
    """A control group of version 1 or 2, in megabytes of a million bytes."""

    path: Path

    @property
    def kills(self) -> int:
        """How many of its processes the kernel has killed for want of memory."""
        for name in ("memory.oom_control", "memory.events"):
            with suppress(OSError):
                if found := re.search(r"^oom_kill (\d+)$", self._text(name), re.MULTILINE):
                    return int(found[1])
        raise RuntimeError("The kernel does not count what it kills.")

    @property
    def own_mb(self) -> float:
        """What its processes hold of their own, without files that are read."""
        found = re.search(r"^(?:total_rss|anon) (\d+)$", self._text("memory.stat"), re.MULTILINE)
        return int(found[1]) / 1e6 if found else 0.0

    def _text(self, name: str) -> str:
        return (self.path / name).read_text()


@contextmanager
def memory_group(megabytes: int) -> Iterator[MemoryGroup]:
    """A group that may use so much memory, files included, and no swap; gone afterwards.

    Raises:
        SystemExit: there can be none here.
    """
    root = next((root for root in _ROOTS if root.is_dir() and os.access(root, os.W_OK)), None)
    if root is None:
        raise SystemExit(_NEEDS_ROOT)
    path = root / f"digit-lab-{os.getpid()}"
    path.mkdir()
    names = ("memory.limit_in_bytes", "memory.max")
    limit = next((path / name for name in names if (path / name).exists()), None)
    if limit is None:
        path.rmdir()
        raise SystemExit(_NEEDS_ROOT)
    limit.write_text(str(megabytes * 1_000_000))
    for swap in ("memory.swappiness", "memory.swap.max"):
        with suppress(OSError):
            (path / swap).write_text("0")
    try:
        yield MemoryGroup(path)
    finally:
        for _ in range(50):
            with suppress(OSError):
                path.rmdir()
                break
            # Its last processes are ending.
            time.sleep(0.2)


def forget(folders: list[Path]) -> None:
    """Have the kernel forget the files in these folders: the group must pay for reading them.

    What another process has mapped stays.
    """
    for folder in folders:
        for file in folder.rglob("*"):
            if not file.is_file():
                continue
            handle = os.open(file, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)


def main() -> None:
    """Enter the group, then be Streamlit."""
    (Path(os.environ[GROUP]) / "cgroup.procs").write_text(str(os.getpid()))
    from streamlit.web.cli import main as streamlit

    streamlit(prog_name="streamlit")


if __name__ == "__main__":
    main()
