"""Room on the disk for models: what has to go, and what stays."""

import shutil
import threading
import time

import pytest

from mnist_core.models import disk_quota, notes, store, trash
from tests.samples import own_models


def quota_for(models_directory, monkeypatch, count):
    size = disk_quota.disk_use(models_directory / "one")
    monkeypatch.setenv("MNIST_DISK_MB", str(1 + count * size // 1_000_000))
    return size


def test_the_oldest_without_a_star_go_first(model, models_directory, monkeypatch):
    for number, name in enumerate(["one", "two", "three"]):
        model(name, age=300 - number)
    notes.star("one", True)
    size = quota_for(models_directory, monkeypatch, 3)
    assert disk_quota.make_room(models_directory, 0) == []
    assert disk_quota.make_room(models_directory, size) == ["two"]
    assert own_models() == ["one", "three"]


def test_deleted_ones_and_checkpoints_go_before_models(model, models_directory, monkeypatch):
    trash.delete(model("two"))
    model("one")
    size = quota_for(models_directory, monkeypatch, 3)
    jobs = [models_directory / ".jobs" / name for name in ("over", "running")]
    for job in jobs:
        job.mkdir(parents=True)
        (job / "checkpoint").write_bytes(bytes(size))
    (jobs[0] / "result.json").write_bytes(b"{}")
    assert disk_quota.make_room(models_directory, size) == []
    assert trash.list_deleted() == []
    assert not (jobs[0] / "checkpoint").exists()
    assert (jobs[1] / "checkpoint").exists()
    assert own_models() == ["one"]


@pytest.mark.parametrize("name", ["snapshot.npz", "snapshot.npz.draft", "checkpoint.draft"])
def test_what_else_trainings_left_goes_after_checkpoints(
    model, models_directory, monkeypatch, name
):
    size = disk_quota.disk_use(models_directory / model("one"))
    over, running = (models_directory / ".jobs" / state for state in ("over", "running"))
    for job in (over, running):
        job.mkdir(parents=True)
        for file in ("checkpoint", name):
            (job / file).write_bytes(bytes(3_000_000))
    (over / "result.json").write_bytes(b"{}")
    monkeypatch.setenv("MNIST_DISK_MB", str((size + 9_999_999) // 1_000_000))
    assert disk_quota.make_room(models_directory, 0) == []
    assert [path.name for path in over.iterdir() if path.suffix != ".json"] == [name]
    assert disk_quota.make_room(models_directory, 1_000_000) == []
    assert [path.name for path in over.iterdir()] == ["result.json"]
    assert {path.name for path in running.iterdir()} == {"checkpoint", name}
    assert own_models() == ["one"]


def test_a_model_with_a_star_stays_and_an_error_says_so(model, models_directory, monkeypatch):
    notes.star(model("one"), True)
    monkeypatch.setenv("MNIST_DISK_MB", "2")
    with pytest.raises(disk_quota.QuotaExceeded, match="take a star away"):
        disk_quota.make_room(models_directory, 1_999_999)
    assert own_models() == ["one"]


def test_nothing_is_deleted_if_that_would_not_be_enough(model, models_directory, monkeypatch):
    trash.delete(model("gone"))
    model("old", age=60)
    notes.star(model("starred"), True)
    (models_directory / "more").write_bytes(bytes(5_000_000))
    monkeypatch.setenv("MNIST_DISK_MB", "10")
    for needed in (4_900_000, 50_000_000):
        with pytest.raises(disk_quota.QuotaExceeded):
            disk_quota.make_room(models_directory, needed)
    assert own_models() == ["old", "starred"]
    assert len(trash.list_deleted()) == 1


def test_what_a_training_is_to_start_from_stays(model, models_directory, monkeypatch):
    names = [model(name, age=300 - age) for age, name in enumerate(["wanted", "asked", "free"])]
    job = models_directory / ".jobs" / "waiting"
    job.mkdir(parents=True)
    # Renamed since.
    notes.rename("wanted", "renamed")
    (job / "spec.json").write_text('{"started_from": "wanted", "recipe": 1}')
    size = disk_quota.disk_use(models_directory / "free")
    monkeypatch.setenv("MNIST_DISK_MB", str(1 + 3 * size // 1_000_000))
    assert disk_quota.make_room(models_directory, size, keep=names[1:2]) == ["free"]
    assert own_models() == ["asked", "renamed"]
    (job / "result.json").write_text('{"state": "done"}')
    assert disk_quota.make_room(models_directory, 2 * size) == ["renamed"]


def test_what_a_paused_training_waits_with_goes_last(model, models_directory, monkeypatch):
    model("one")
    job = models_directory / ".jobs" / "paused"
    job.mkdir(parents=True)
    (job / "checkpoint").write_bytes(bytes(3_000_000))
    (job / "result.json").write_text('{"state": "paused"}')
    monkeypatch.setenv("MNIST_DISK_MB", "4")
    assert disk_quota.make_room(models_directory, 900_000) == ["one"]
    assert (job / "checkpoint").exists()
    assert disk_quota.make_room(models_directory, 3_900_000) == []
    assert not (job / "checkpoint").exists()


def test_directories_may_vanish_while_the_disk_is_measured(tmp_path):
    """Trainings and visitors put directories there and take them away at any moment."""
    (tmp_path / "stays").write_bytes(bytes(10))
    over = threading.Event()

    def come_and_go():
        while not over.is_set():
            folder = tmp_path / "staging" / "deeper"
            folder.mkdir(parents=True)
            (folder / "file").write_bytes(bytes(10))
            shutil.rmtree(tmp_path / "staging")

    visitor = threading.Thread(target=come_and_go)
    visitor.start()
    try:
        assert {disk_quota.disk_use(tmp_path) for _ in range(2_000)} <= {10, 20}
    finally:
        over.set()
        visitor.join()


def test_no_room_is_ever_made_among_the_models_that_came_with_the_app(monkeypatch):
    monkeypatch.setenv("MNIST_DISK_MB", "1")
    before = sorted(store.SHIPPED.iterdir())
    assert disk_quota.make_room(store.SHIPPED, 10**9) == []
    assert sorted(store.SHIPPED.iterdir()) == before


def test_after_a_day_a_deleted_model_is_gone(model, models_directory, monkeypatch):
    trash.delete(model("one"))
    tomorrow = time.time() + trash.UNDO_SECONDS + 1
    monkeypatch.setattr("time.time", lambda: tomorrow)
    disk_quota.make_room(models_directory, 0)
    assert trash.list_deleted() == []
