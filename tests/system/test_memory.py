"""Free memory of a computer and of a container."""

import pytest

from mnist_core.system import memory


@pytest.fixture
def computer(monkeypatch):
    """A computer of which 8,000 MB are free."""

    class Memory:
        available = 8_000_000_000

    monkeypatch.setattr("psutil.virtual_memory", Memory)


def test_without_a_container_the_computers_memory_counts(computer, tmp_path):
    assert memory.free_mb(tmp_path) == 8_000


NEW, OLD = ("max", "current"), ("limit_in_bytes", "usage_in_bytes")


@pytest.mark.parametrize(
    ("limit", "used", "free"),
    [
        ("1000000000\n", "300000000\n", 700),
        ("1000000000\n", "1200000000\n", 0),
        ("max\n", "300000000\n", 8_000),
        ("9223372036854771712\n", "300000000\n", 8_000),
    ],
)
@pytest.mark.parametrize(("folder", "names"), [("", NEW), ("memory", OLD)])
def test_a_container_may_have_less(computer, tmp_path, folder, names, limit, used, free):
    (tmp_path / folder).mkdir(exist_ok=True)
    for name, text in zip(names, (limit, used), strict=True):
        (tmp_path / folder / f"memory.{name}").write_text(text)
    assert memory.free_mb(tmp_path) == free
