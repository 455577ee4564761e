"""Room on the disk for models: what has to go, and what stays."""

import time

import pytest

from mnist_core import keeping, model_notes, store, trash
from tests.samples import own_models


def quota_for(models_directory, monkeypatch, count):
    size = keeping.disk_use(models_directory / "one")
    monkeypatch.setenv("MNIST_DISK_MB", str(1 + count * size // 1_000_000))
    return size


def test_the_oldest_without_a_star_go_first(model, models_directory, monkeypatch):
    for number, name in enumerate(["one", "two", "three"]):
        model(name, age=300 - number)
    model_notes.star("one", True)
    size = quota_for(models_directory, monkeypatch, 3)
    assert keeping.make_room(models_directory, 0) == []
    assert keeping.make_room(models_directory, size) == ["two"]
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
    assert keeping.make_room(models_directory, size) == []
    assert trash.deleted() == []
    assert not (jobs[0] / "checkpoint").exists()
    assert (jobs[1] / "checkpoint").exists()
    assert own_models() == ["one"]


@pytest.mark.parametrize("name", ["snapshot.npz", "snapshot.npz.draft", "checkpoint.draft"])
def test_what_else_trainings_left_goes_after_checkpoints(
    model, models_directory, monkeypatch, name
):
    size = keeping.disk_use(models_directory / model("one"))
    over, running = (models_directory / ".jobs" / state for state in ("over", "running"))
    for job in (over, running):
        job.mkdir(parents=True)
        for file in ("checkpoint", name):
            (job / file).write_bytes(bytes(3_000_000))
    (over / "result.json").write_bytes(b"{}")
    monkeypatch.setenv("MNIST_DISK_MB", str((size + 9_500_000) // 1_000_000))
    assert keeping.make_room(models_directory, 0) == []
    assert [path.name for path in over.iterdir() if path.suffix != ".json"] == [name]
    assert keeping.make_room(models_directory, 1_000_000) == []
    assert [path.name for path in over.iterdir()] == ["result.json"]
    assert {path.name for path in running.iterdir()} == {"checkpoint", name}
    assert own_models() == ["one"]


def test_what_has_a_star_stays_and_that_is_told(model, models_directory, monkeypatch):
    model_notes.star(model("one"), True)
    size = quota_for(models_directory, monkeypatch, 1)
    with pytest.raises(keeping.NoRoom, match="take a star away"):
        keeping.make_room(models_directory, 2 * size)
    assert own_models() == ["one"]


def test_no_room_is_ever_made_among_the_models_that_came_with_the_app(monkeypatch):
    monkeypatch.setenv("MNIST_DISK_MB", "1")
    before = sorted(store.SHIPPED.iterdir())
    assert keeping.make_room(store.SHIPPED, 10**9) == []
    assert sorted(store.SHIPPED.iterdir()) == before


def test_after_a_day_a_deleted_model_is_gone(model, models_directory, monkeypatch):
    trash.delete(model("one"))
    tomorrow = time.time() + trash.UNDO_SECONDS + 1
    monkeypatch.setattr("time.time", lambda: tomorrow)
    keeping.make_room(models_directory, 0)
    assert trash.deleted() == []
