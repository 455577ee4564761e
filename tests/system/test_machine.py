"""Memory and processors of a computer and of a container, as Linux describes them in files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.system import capacity, machine
from mnist_core.system.machine import Machine

MOUNTS = {
    2: "30 23 0:26 {shown} /sys/fs/cgroup rw,nosuid - cgroup2 cgroup rw\n",
    1: "31 23 0:27 {shown} /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    "32 23 0:28 {shown} /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n",
}
OWN = {2: "0::{path}\n", 1: "5:memory:{path}\n4:cpu,cpuacct:{path}\n1:name=systemd:/\n0::/\n"}
LIMIT = {2: "memory.max", 1: "memory.limit_in_bytes"}
USED = {2: "memory.current", 1: "memory.usage_in_bytes"}
CACHED = {2: "inactive_file", 1: "total_inactive_file"}


@pytest.fixture
def computer(monkeypatch):
    """A computer with 16,000 MB, 8,000 of them free, and eight processors."""

    class Memory:
        total, available = 16_000_000_000, 8_000_000_000

    monkeypatch.setattr("psutil.virtual_memory", Memory)
    monkeypatch.setattr(machine, "_processors", lambda: 8)


@pytest.fixture(params=[1, 2])
def container(request, tmp_path):
    """A function that makes a container's files, of either version, and returns their root."""
    version = request.param

    def make(groups, path="/", shown="/"):
        (tmp_path / "proc/self").mkdir(parents=True, exist_ok=True)
        (tmp_path / "proc/self/cgroup").write_text(OWN[version].format(path=path))
        (tmp_path / "proc/self/mountinfo").write_text(MOUNTS[version].format(shown=shown))
        for group, (limit, used, cached, cores) in groups.items():
            kinds = ("", "") if version == 2 else ("memory", "cpu,cpuacct")
            memory, cpu = (tmp_path / "sys/fs/cgroup" / kind / group for kind in kinds)
            memory.mkdir(parents=True, exist_ok=True)
            cpu.mkdir(parents=True, exist_ok=True)
            (memory / LIMIT[version]).write_text(f"{limit}\n")
            (memory / USED[version]).write_text(f"{used}\n")
            (memory / "memory.stat").write_text(f"anon 5\n{CACHED[version]} {cached}\n")
            quota = "max" if cores is None else round(cores * 100_000)
            if version == 2:
                (cpu / "cpu.max").write_text(f"{quota} 100000\n")
            else:
                (cpu / "cpu.cfs_quota_us").write_text(f"{-1 if cores is None else quota}\n")
                (cpu / "cpu.cfs_period_us").write_text("100000\n")
        return tmp_path

    return make


def test_without_a_container_the_computers_own_count(computer, tmp_path):
    assert machine.look_up(tmp_path) == Machine(16_000, 8.0)
    assert machine.free_mb(tmp_path) == 8_000


def test_a_container_may_have_less(computer, container):
    root = container({"": ("1000000000", "300000000", "100000000", 0.5)})
    assert machine.look_up(root) == Machine(1_000, 0.5, True, True)
    assert machine.free_mb(root) == 800, "files that were read make room when it is needed"


@pytest.mark.parametrize("limit", ["max", "9223372036854771712", "-1", "", "nonsense"])
def test_no_limit_is_none(computer, container, limit):
    root = container({"": (limit, "300000000", "0", None)})
    assert machine.look_up(root) == Machine(16_000, 8.0)
    assert machine.free_mb(root) == 8_000


def test_the_tightest_of_the_groups_above_counts(computer, container):
    root = container(
        {
            "": ("max", "5", "0", None),
            "pod": ("2000000000", "1900000000", "0", 3),
            "pod/app": ("3000000000", "100000000", "0", 4),
        },
        path="/pod/app",
    )
    assert machine.look_up(root) == Machine(2_000, 3.0, True, True)
    assert machine.free_mb(root) == 100


def test_a_container_that_sees_only_itself(computer, container):
    """Its own group is what is mounted, though its path is the one that the host has for it."""
    groups = {"": ("1000000000", "300000000", "0", 2)}
    for shown in ("/", "/docker/abc", "/docker"):
        assert machine.look_up(container(groups, "/docker/abc", shown)).memory_mb == 1_000


def test_more_than_is_allowed_is_in_use(computer, container):
    assert machine.free_mb(container({"": ("1000", "5000", "0", None)})) == 0


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=200), st.binary(max_size=60))
def test_whatever_is_in_these_files_nothing_breaks(tmp_path_factory, mounts, own, limit):
    root = tmp_path_factory.mktemp("root")
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_bytes(own)
    (root / "proc/self/mountinfo").write_bytes(MOUNTS[2].format(shown="/").encode() + mounts)
    (root / "sys/fs/cgroup").mkdir(parents=True)
    for name in ("memory.max", "memory.current", "memory.stat", "cpu.max"):
        (root / "sys/fs/cgroup" / name).write_bytes(limit)
    found = machine.look_up(root)
    assert found.cores > 0
    assert machine.free_mb(root) >= 0


def test_what_follows_is_never_more_than_there_is():
    for memory in (256, 512, 900, 950, 1_000, 2_000, 4_000, 8_000, 16_000, 64_000):
        for cores in (0.25, 1, 2, 4, 8, 32):
            here = Machine(memory, cores)
            at_once = capacity.trainings_at_once(here)
            each = capacity.training_mb(here, at_once)
            if at_once:
                taken = capacity.WEB_MB + at_once * (capacity.TRAINING_MB + each)
                assert taken <= 0.9 * memory, (memory, cores)
            assert at_once <= max(1, cores / 4)
            assert capacity.sessions(here, at_once, each) >= 20


def test_what_followed_before_still_does_on_a_laptop():
    """One training at a time, as large as before."""
    for here in (Machine(8_000, 4), Machine(8_000, 8), Machine(16_000, 4)):
        assert capacity.trainings_at_once(here) == 1
        assert capacity.training_mb(here, 1) == 3_000
