import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.spec import Result, Spec
from mnist_core.system import atomic_file
from tests.samples import QUICK, SMALL


@pytest.fixture
def flushed(monkeypatch):
    """The inodes of the files that were flushed to the disk; a renamed file keeps its own."""
    found = []
    monkeypatch.setattr(os, "fsync", lambda handle: found.append(os.fstat(handle).st_ino))
    return found


def test_only_durable_files_are_flushed(tmp_path, flushed):
    path = tmp_path / "file"
    atomic_file.write(path, b"one")
    assert (path.read_bytes(), flushed) == (b"one", [])
    atomic_file.write(path, b"two", durable=True)
    assert (path.read_bytes(), flushed[0]) == (b"two", path.stat().st_ino)


def test_a_full_disk_leaves_what_was_there_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "file"
    atomic_file.write(path, b"one")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic_file.write(path, b"two", durable=True)
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_two_writers_at_once_do_not_disturb_each_other(tmp_path):
    path, texts = (
        tmp_path / "file",
        [bytes([65 + place]) * 50_000 * (place + 1) for place in (0, 1)],
    )
    path.write_bytes(texts[0])
    with ThreadPoolExecutor(2) as pool:
        writing = [
            pool.submit(lambda text: [atomic_file.write(path, text) for _ in range(400)], text)
            for text in texts
        ]
        while not all(each.done() for each in writing):
            assert path.read_bytes() in texts
    for each in writing:
        each.result()
    assert list(tmp_path.iterdir()) == [path]


def test_a_writer_that_is_interrupted_leaves_nothing_behind(tmp_path, monkeypatch):
    def end(handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", end)
    with pytest.raises(KeyboardInterrupt):
        atomic_file.write(tmp_path / "file", b"two", durable=True)
    assert list(tmp_path.iterdir()) == []


def test_spec_and_result_survive_a_loss_of_power(tmp_path, flushed):
    job = JobDirectory(tmp_path / ".jobs" / "job")
    job.path.parent.mkdir()
    job.create(Spec(SMALL, QUICK, 0.0))
    job.save_result(Result("done"))
    assert {(job.path / name).stat().st_ino for name in ("spec.json", "result.json")} <= {*flushed}
