"""What a visitor of a hosted server sees of others, as the pages show it."""

import hashlib
import shutil
import time
from dataclasses import replace

import pytest

from mnist_core.jobs import queue, training_rules
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import notes, store, trash
from mnist_core.networks import recipes
from mnist_core.system.machine import Machine
from tests.visiting import columns, has, text, visit

RECIPE = recipes.get("cnn-larger")
ANN, BOB = "a" * 32, "b" * 32


def owner(code):
    return hashlib.sha256(f"owner {code}".encode()).hexdigest()[:32]


def visit_as(code, page, **query):
    app = visit(page, {"visitor/code": code}, **query)
    assert not app.exception
    return app


@pytest.fixture
def hosted(monkeypatch):
    monkeypatch.setenv("MNIST_HOSTED", "on")


@pytest.fixture
def anns(models_directory):
    """A network that Ann trained, and one from before networks had owners."""
    models_directory.mkdir(exist_ok=True)
    for name in ("anns", "old"):
        shutil.copytree(store.SHIPPED / "cnn-larger", models_directory / name)
    notes.write_owner(models_directory / "anns", owner(ANN))
    return "anns"


def job_of(code, models, number=0, series=None, result=None):
    job = JobDirectory(models / ".jobs" / f"20260101-00000{number}-000000-{number:032x}")
    job.path.parent.mkdir(parents=True, exist_ok=True)
    who = owner(code)
    job.create(Spec(RECIPE, RECIPE.settings, time.time(), visitor=who, owner=who, series=series))
    if result:
        job.save_result(result)
    return job


def runs_of(code, **query):
    return set(columns(visit_as(code, "train", view="runs", **query), "runs-table")["run"])


def networks_of(code, page="draw", **query):
    app = visit_as(code, page, **query)
    (found,) = [box.options for box in app.selectbox if box.label == "Network"]
    return " ".join(found)


def test_a_network_is_listed_for_who_trained_it_and_for_others_once_it_is_shared(hosted, anns):
    assert {"anns", "old"} <= runs_of(ANN)
    assert "anns" not in runs_of(BOB)
    assert "old" in runs_of(BOB)
    assert "anns" in networks_of(ANN)
    assert "anns" not in networks_of(BOB)
    app = visit_as(ANN, "train", view="runs", open="anns")
    next(one for one in app.toggle if one.label == "Show it to everybody").set_value(True).run()
    assert notes.get("anns").shared
    assert "anns" in runs_of(BOB)
    assert "anns" in networks_of(BOB, "mistakes", view="matrix")


def test_a_link_opens_a_network_that_is_not_listed(hosted, anns):
    assert "anns" in networks_of(BOB, model="anns")
    app = visit_as(BOB, "mistakes", view="matrix", model="anns")
    assert "There is no network of that name" not in text(app)


def test_only_its_owner_can_change_a_network(hosted, anns):
    for code, name, may in ((ANN, "anns", True), (BOB, "anns", False), (ANN, "old", False)):
        app = visit_as(code, "train", view="runs", open=name)
        assert any(one.label == "Delete" for one in app.button) == may, (code, name)
        assert any(one.label == "Show it to everybody" for one in app.toggle) == may
        words = " ".join(caption.value for caption in app.caption)
        assert ("Somebody else trained it" in words) == (not may)


def test_the_owner_of_the_computer_sees_and_changes_everything(anns, models_directory):
    assert {"anns", "old"} <= runs_of(BOB)
    for name in ("anns", "old"):
        app = visit_as(BOB, "train", view="runs", open=name)
        assert any(one.label == "Delete" for one in app.button)
    job = job_of(ANN, models_directory)
    app = visit_as(BOB, "train")
    assert f"job={job.id}" in str([link.proto for link in app.get("page_link")])


def test_nobody_undoes_what_another_deleted(hosted, anns):
    trash.delete("anns")
    assert "was deleted" in text(visit_as(ANN, "train", view="runs"))
    assert "was deleted" not in text(visit_as(BOB, "train", view="runs"))


def test_of_others_trainings_one_sees_that_they_exist(hosted, models_directory):
    job = job_of(ANN, models_directory, series="anns-series")
    broken = job_of(ANN, models_directory, 1, result=Result("failed", message="It broke."))
    for query in ({}, {"view": "runs"}, {"view": "series"}, {"view": "own"}):
        app = visit_as(BOB, "train", **query)
        page = str([element.proto for element in app.main]) + text(app)
        for secret in (job.id, broken.id, "anns-series", "It broke"):
            assert secret not in page, query
    words = [caption.value for caption in visit_as(BOB, "train").caption]
    assert "1 other training on this computer." in words


def test_ones_own_trainings_are_linked(hosted, models_directory):
    mine, other = job_of(BOB, models_directory), job_of(ANN, models_directory, 1)
    app = visit_as(BOB, "train")
    links = str([link.proto for link in app.get("page_link")])
    assert mine.id in links
    assert other.id not in links
    assert "2 other trainings on this computer." in [one.value for one in app.caption]


def test_the_address_of_a_training_is_its_key_on_another_device(hosted, models_directory):
    job = job_of(ANN, models_directory)
    app = visit_as(BOB, "train", job=job.id)
    assert "There is no such training" not in text(app)
    assert any(one.label == "Show its controls anyway" for one in app.button)
    assert not any("Stop" in one.label for one in app.button)
    own = visit_as(ANN, "train", job=job.id)
    assert any("Stop" in one.label for one in own.button)


def test_a_series_opens_by_its_address_alone(hosted, models_directory):
    for number, seed in enumerate((1, 2)):
        job = job_of(ANN, models_directory, number, series="f" * 16)
        spec = replace(job.spec(), settings=replace(RECIPE.settings, seed=seed))
        job._write("spec.json", spec)
    assert "There is no series yet" in text(visit_as(BOB, "train", view="series"))
    app = visit_as(BOB, "train", view="series", series="f" * 16)
    assert "There is no series yet" not in text(app)


def test_a_server_that_is_read_only_says_so_and_shows_how_networks_learned(monkeypatch):
    monkeypatch.setenv("MNIST_READ_ONLY", "on")
    app = visit("train")
    assert "Nobody can train on this server" in text(app)
    assert not has(app, "first-networks")
    assert any("learned" in one.value for one in app.markdown)
    assert len(next(box for box in app.selectbox if box.label == "Network").options) == len(
        [card for card in store.list_models() if card.shipped and card.history]
    )
    trained = visit("train", view="runs", open="cnn-larger")
    assert not any("Keep training" in one.label for one in trained.button)
    assert "Nobody can train on this server" in " ".join(one.value for one in trained.caption)
    with pytest.raises(training_rules.TrainingRefused):
        queue.resume(job_of(ANN, store.local_directory(), result=Result("interrupted")).id)


def test_a_machine_without_memory_says_what_it_cannot_do(monkeypatch):
    monkeypatch.setattr("mnist_core.system.machine.here", lambda: Machine(512, 1))
    assert "0.5 GB of memory, which is too little to train" in text(visit("train"))
    monkeypatch.setattr("mnist_core.system.machine.here", lambda: Machine(1_000, 1))
    app = visit("train")
    assert any("Too large for it: Two convolutions" in one.value for one in app.caption)
    assert has(app, "first-networks")
