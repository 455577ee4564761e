import os
import shutil
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core import keeping, staging, store
from tests.samples import staged


@pytest.fixture
def model(models_directory):
    """Put a model into the store; it is so many seconds old."""

    def make(name, age=0.0):
        with staging.directory(models_directory) as folder:
            staging.commit(folder, staged(folder, name))
        written = time.time() - age
        os.utime(models_directory / name / store.CARD, (written, written))
        return name

    return make


def own():
    return [card.name for card in store.list_models() if not card.shipped]


def test_a_note_and_a_star_stay_with_their_model(model):
    name = model("one")
    assert keeping.notes(name) == keeping.Notes()
    keeping.write_note(name, "<b>Best</b> so far ☺")
    keeping.star(name, True)
    keeping.write_note(name, "Was best")
    assert keeping.notes(name) == keeping.Notes("Was best", starred=True)
    assert own() == [name]
    with pytest.raises(ValueError, match="500 characters"):
        keeping.write_note(name, "x" * 501)


def test_damaged_notes_say_nothing(model, models_directory):
    name = model("one")
    (models_directory / name / "notes.json").write_bytes(b'{"note": 5')
    assert keeping.notes(name) == keeping.Notes()


ACTS = [
    lambda name: keeping.write_note(name, "mine"),
    lambda name: keeping.star(name, True),
    lambda name: keeping.rename(name, "mine"),
    keeping.delete,
]


@pytest.mark.parametrize("act", ACTS)
def test_what_came_with_the_app_stays_as_it_is(act):
    with pytest.raises(ValueError, match="came with the app"):
        act("cnn-larger")


@pytest.mark.parametrize("act", [*ACTS, keeping.notes, keeping.bring_back])
@pytest.mark.parametrize("name", ["", "..", "../cnn-larger", "nobody", "\0"])
def test_an_unknown_model_is_a_sentence(model, act, name):
    model("one")
    with pytest.raises(ValueError, match=r"There is no model|cannot be brought back"):
        act(name)


def test_a_renamed_model_is_found_by_its_old_name(model):
    keeping.write_note(model("one"), "a note")
    assert keeping.rename("one", "  My Best Ünit! ") == "my-best-nit"
    assert keeping.rename("my-best-nit", "two") == "two"
    assert own() == ["two"]
    assert keeping.notes("two").note == "a note"
    assert keeping.present_name("one") == keeping.present_name("my-best-nit") == "two"
    assert keeping.present_name("nobody") == "nobody"
    assert store.open_model("two").predict([[[0.0] * 28] * 28]).shape == (1, 10)


def test_a_name_that_is_taken_or_none(model):
    model("one")
    model("two")
    assert keeping.rename("one", "one") == "one"
    for taken in ("two", "cnn-larger"):
        with pytest.raises(ValueError, match="already"):
            keeping.rename("one", taken)
    for nothing in ("", "...", "☺", "x" * 65):
        with pytest.raises(ValueError, match="A name needs"):
            keeping.rename("one", nothing)


@given(wanted=st.text())
def test_whatever_is_typed_stays_in_its_directory(tmp_path_factory, monkeypatch_module, wanted):
    root = tmp_path_factory.mktemp("models")
    monkeypatch_module.setenv("MNIST_MODELS", str(root))
    (root / "one").mkdir()
    try:
        new = keeping.rename("one", wanted)
    except ValueError:
        new = "one"
    assert [path.name for path in root.iterdir() if path.is_dir()] == [new]
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_deleting_can_be_undone(model):
    keeping.star(model("one"), True)
    model("two")
    keeping.delete("one")
    assert own() == ["two"]
    assert [one.name for one in keeping.deleted()] == ["one"]
    assert keeping.bring_back("one") == "one"
    assert own() == ["one", "two"]
    assert keeping.notes("one").starred
    assert keeping.deleted() == []


def test_a_name_taken_meanwhile_is_no_obstacle(model):
    keeping.delete(model("one"))
    model("one")
    assert keeping.bring_back("one") == "one-run-1"
    assert own() == ["one", "one-run-1"]


def test_no_name_is_given_that_still_means_another_model(model, models_directory):
    for number in range(1, 5):
        model(f"cnn-larger-run-{number}")
    keeping.rename("cnn-larger-run-1", "renamed")
    keeping.delete("cnn-larger-run-2")
    for number, text in enumerate(
        ['{"state":"done","model":"cnn-larger-run-3"}', '{"state":"failed","model":null}', "{"]
    ):
        job = models_directory / ".jobs" / str(number)
        job.mkdir(parents=True)
        (job / "result.json").write_text(text)
    # Their room was needed; a job tells of the first of them.
    for gone in ("cnn-larger-run-3", "cnn-larger-run-4"):
        shutil.rmtree(models_directory / gone)
    free = staging.free_name("cnn-larger", models_directory, keeping.former_names())
    assert free == "cnn-larger-run-4"


def test_what_is_brought_back_gets_no_name_that_another_had(model):
    keeping.rename(model("one-run-1"), "renamed")
    keeping.delete(model("one"))
    model("one")
    assert keeping.bring_back("one") == "one-run-2"


def quota_for(models_directory, monkeypatch, count):
    size = keeping.disk_use(models_directory / "one")
    monkeypatch.setenv("MNIST_DISK_MB", str(1 + count * size // 1_000_000))
    return size


def test_the_oldest_without_a_star_go_first(model, models_directory, monkeypatch):
    for number, name in enumerate(["one", "two", "three"]):
        model(name, age=300 - number)
    keeping.star("one", True)
    size = quota_for(models_directory, monkeypatch, 3)
    assert keeping.make_room(models_directory, 0) == []
    assert keeping.make_room(models_directory, size) == ["two"]
    assert own() == ["one", "three"]


def test_deleted_ones_and_checkpoints_go_before_models(model, models_directory, monkeypatch):
    keeping.delete(model("two"))
    model("one")
    size = quota_for(models_directory, monkeypatch, 3)
    jobs = [models_directory / ".jobs" / name for name in ("over", "running")]
    for job in jobs:
        job.mkdir(parents=True)
        (job / "checkpoint").write_bytes(bytes(size))
    (jobs[0] / "result.json").write_bytes(b"{}")
    assert keeping.make_room(models_directory, size) == []
    assert keeping.deleted() == []
    assert not (jobs[0] / "checkpoint").exists()
    assert (jobs[1] / "checkpoint").exists()
    assert own() == ["one"]


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
    assert own() == ["one"]


def test_what_has_a_star_stays_and_that_is_told(model, models_directory, monkeypatch):
    keeping.star(model("one"), True)
    size = quota_for(models_directory, monkeypatch, 1)
    with pytest.raises(keeping.NoRoom, match="take a star away"):
        keeping.make_room(models_directory, 2 * size)
    assert own() == ["one"]


def test_no_room_is_ever_made_among_the_models_that_came_with_the_app(monkeypatch):
    monkeypatch.setenv("MNIST_DISK_MB", "1")
    before = sorted(store.SHIPPED.iterdir())
    assert keeping.make_room(store.SHIPPED, 10**9) == []
    assert sorted(store.SHIPPED.iterdir()) == before


def test_after_a_day_a_deleted_model_is_gone(model, models_directory, monkeypatch):
    keeping.delete(model("one"))
    tomorrow = time.time() + keeping.UNDO_SECONDS + 1
    monkeypatch.setattr("time.time", lambda: tomorrow)
    keeping.make_room(models_directory, 0)
    assert keeping.deleted() == []
