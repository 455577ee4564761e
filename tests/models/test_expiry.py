"""What visitors made goes after some days; what has no owner stays."""

import os
import time

import pytest

from mnist_core.jobs import clean_up
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import disk_quota, expiry, notes, store
from mnist_core.networks import recipes
from tests.samples import own_models

DAY = 24 * 3600


@pytest.fixture
def owned(model, models_directory):
    """A function that saves a model of this owner and age in days."""

    def save(name, owner, days, starred=False):
        model(name)
        if owner:
            notes.write_owner(models_directory / name, owner)
        if starred:
            notes.star(name, True)
        then = time.time() - days * DAY
        os.utime(models_directory / name / store.CARD, (then, then))
        return name

    return save


def test_models_of_visitors_go_after_some_days(owned, models_directory, monkeypatch):
    owned("old-mine", "ann", 31, starred=True)
    owned("new-mine", "ann", 29)
    owned("the-owners", None, 400)
    assert expiry.delete_old_models(models_directory) == ["old-mine"]
    assert own_models() == ["new-mine", "the-owners"]
    monkeypatch.setenv("MNIST_KEEP_DAYS", "0")
    owned("old-mine", "ann", 4000)
    assert expiry.delete_old_models(models_directory) == []


def test_not_while_a_training_starts_from_one(owned, models_directory):
    owned("old-mine", "ann", 31)
    job = _job(models_directory, 0, "ann", started_from="old-mine")
    assert expiry.delete_old_models(models_directory) == []
    job.save_result(Result("done"))
    assert expiry.delete_old_models(models_directory) == ["old-mine"]


def test_trainings_of_visitors_go_as_well(models_directory):
    kept = _job(models_directory, 31, None, 1)
    gone = _job(models_directory, 31, "ann", 2)
    young = _job(models_directory, 29, "ann", 3)
    for job in (kept, gone, young):
        job.save_result(Result("done"))
    clean_up.delete_old(models_directory)
    assert [job.path.exists() for job in (kept, gone, young)] == [True, False, True]


def test_nobody_pushes_out_the_models_of_others(owned, models_directory, monkeypatch):
    for number in range(3):
        owned(f"greedy-{number}", "greedy", 3 - number, starred=number == 0)
    owned("anns", "ann", 9)
    owned("the-owners", None, 99)
    size = disk_quota.disk_use(models_directory / "anns")
    monkeypatch.setenv("MNIST_DISK_MB", str(1 + 5 * size // 1_000_000))
    gone = [disk_quota.make_room(models_directory, size) for _ in range(1)]
    assert gone == [["greedy-1"]]
    monkeypatch.setenv("MNIST_DISK_MB", str(1 + size // 1_000_000))
    assert disk_quota.make_room(models_directory, 0) == ["anns", "greedy-2", "greedy-0"][:3]
    assert own_models() == ["the-owners"]


def _job(models, days, owner, number=0, started_from=None):
    job = JobDirectory(models / ".jobs" / f"20260101-00000{number}-000000-00000000")
    job.path.parent.mkdir(parents=True, exist_ok=True)
    recipe = recipes.get("quick")
    submitted = time.time() - days * DAY
    job.create(Spec(recipe, recipe.settings, submitted, started_from, owner=owner))
    return job
