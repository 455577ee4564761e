"""What Linux allows this process: the limits of its control groups, which containers are made of.

A group's limit holds for the groups below it as well, so all from the process's own up to the one
that is mounted are asked. Of version 1, each kind of limit has a tree of its own; version 2 has
one. Where there are none, as on macOS and Windows, nothing is limited.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_UNLIMITED = ("", "max", "-1")


@dataclass(frozen=True)
class _Group:
    """A directory of the control groups: `kind` is "2", or the limits it has in version 1."""

    kind: str
    path: Path

    def number(self, name: str) -> int | None:
        """The whole number in a file; None where there is none, or no limit."""
        with suppress(OSError, ValueError):
            if (text := (self.path / name).read_text().strip()) not in _UNLIMITED:
                return int(text)
        return None

    def statistic(self, name: str) -> int:
        """A line of `memory.stat`, in bytes; 0 where it is not there."""
        with suppress(OSError, ValueError):
            lines = (self.path / "memory.stat").read_text().splitlines()
            return int(dict(line.split() for line in lines).get(name, 0))
        return 0


@dataclass(frozen=True)
class ControlGroups:
    """The control groups of this process; `root` is another root directory for tests."""

    root: Path = field(default=Path("/"))

    def memory_bytes(self) -> int | None:
        """The least memory that one of them allows; None where none limits it.

        `memory.high` counts, too: beyond it Linux slows the process down to a crawl.
        """
        found = [limit for group in self._groups("memory") if (limit := _memory_limit(group))]
        return min(found, default=None)

    def free_bytes(self) -> int | None:
        """What the tightest of them leaves; None where none limits memory.

        Files that were read once are in memory only as long as nobody needs the room.
        """
        left = list[int]()
        for group in self._groups("memory"):
            limit, new = _memory_limit(group), group.kind == "2"
            used = group.number("memory.current" if new else "memory.usage_in_bytes")
            if limit is not None and used is not None:
                cached = group.statistic("inactive_file" if new else "total_inactive_file")
                left.append(max(0, limit - max(0, used - cached)))
        return min(left, default=None)

    def cores(self) -> float | None:
        """How many processors' worth of time they allow; None where none limits it."""
        found = list[float]()
        for group in self._groups("cpu"):
            if group.kind == "2":
                with suppress(OSError, ValueError):
                    quota, period = (group.path / "cpu.max").read_text().split()
                    if quota not in _UNLIMITED:
                        found.append(int(quota) / int(period))
                continue
            quota_us = group.number("cpu.cfs_quota_us")
            period_us = group.number("cpu.cfs_period_us")
            if quota_us and period_us:
                found.append(quota_us / period_us)
        return min((cores for cores in found if cores > 0), default=None)

    def _groups(self, kind: str) -> Iterator[_Group]:
        """This process's groups that may limit this kind ("memory" or "cpu"), its own first."""
        own = self._own()
        for version, mounted, shown in self._mounts():
            if version != "2" and kind not in version.split(","):
                continue
            # Where a container sees nothing of what is above it, its own group is the mounted one.
            place = PurePosixPath(own.get(kind if version != "2" else "", "/"))
            inside = PurePosixPath(shown)
            below = place.relative_to(inside) if place.is_relative_to(inside) else place
            parts = [part for part in below.parts if part not in ("/", "..")]
            for depth in range(len(parts), -1, -1):
                group = mounted.joinpath(*parts[:depth])
                if group.is_dir():
                    yield _Group("2" if version == "2" else kind, group)

    def _own(self) -> dict[str, str]:
        """The path of the process's group by kind of limit; under "" that of version 2."""
        found = dict[str, str]()
        for line in self._lines("proc/self/cgroup"):
            _, _, rest = line.partition(":")
            kinds, _, path = rest.partition(":")
            found |= dict.fromkeys(kinds.split(","), path)
        return found

    def _mounts(self) -> Iterator[tuple[str, Path, str]]:
        """Of each tree of groups: "2" or its kinds, where it is mounted, and what of it is."""
        for line in self._lines("proc/self/mountinfo"):
            before, dash, after = line.partition(" - ")
            where, system = before.split(), after.split()
            if not dash or len(where) < 5 or len(system) < 3:
                continue
            if system[0] in ("cgroup", "cgroup2"):
                version = "2" if system[0] == "cgroup2" else system[2]
                yield version, self.root / where[4].lstrip("/"), where[3]

    def _lines(self, name: str) -> list[str]:
        with suppress(OSError, ValueError):
            return (self.root / name).read_text().splitlines()
        return []


def _memory_limit(group: _Group) -> int | None:
    if group.kind != "2":
        return group.number("memory.limit_in_bytes")
    limits = (group.number("memory.max"), group.number("memory.high"))
    return min((limit for limit in limits if limit is not None), default=None)
