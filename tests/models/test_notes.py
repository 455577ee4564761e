"""Notes, stars and names of models; what nobody may do with them."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.models import notes, store, trash
from tests.samples import own_models


def test_a_note_and_a_star_stay_with_their_model(model):
    name = model("one")
    assert notes.get(name) == notes.Notes()
    notes.write_note(name, "<b>Best</b> so far ☺")
    notes.star(name, True)
    notes.write_note(name, "Was best")
    assert notes.get(name) == notes.Notes("Was best", starred=True)
    assert own_models() == [name]
    with pytest.raises(ValueError, match="500 characters"):
        notes.write_note(name, "x" * 501)


def test_damaged_notes_are_empty(model, models_directory):
    name = model("one")
    (models_directory / name / "notes.json").write_bytes(b'{"note": 5')
    assert notes.get(name) == notes.Notes()


ACTS = [
    lambda name: notes.write_note(name, "mine"),
    lambda name: notes.star(name, True),
    lambda name: notes.rename(name, "mine"),
    trash.delete,
]


@pytest.mark.parametrize("act", ACTS)
def test_models_that_came_with_the_app_cannot_be_changed(act):
    with pytest.raises(ValueError, match="came with the app"):
        act("cnn-larger")


@pytest.mark.parametrize("act", [*ACTS, notes.get, trash.restore])
@pytest.mark.parametrize("name", ["", "..", "../cnn-larger", "nobody", "\0"])
def test_an_unknown_model_is_a_sentence(model, act, name):
    model("one")
    with pytest.raises(ValueError, match=r"There is no model|cannot be restored"):
        act(name)


def test_a_renamed_model_is_found_by_its_old_name(model):
    notes.write_note(model("one"), "a note")
    assert notes.rename("one", "  My Best Ünit! ") == "my-best-nit"
    assert notes.rename("my-best-nit", "two") == "two"
    assert own_models() == ["two"]
    assert notes.get("two").note == "a note"
    assert notes.current_name("one") == notes.current_name("my-best-nit") == "two"
    assert notes.current_name("nobody") == "nobody"
    assert store.open_model("two").predict([[[0.0] * 28] * 28]).shape == (1, 10)


def test_a_name_that_is_taken_or_none(model):
    model("one")
    model("two")
    assert notes.rename("one", "one") == "one"
    for taken in ("two", "cnn-larger"):
        with pytest.raises(ValueError, match="already"):
            notes.rename("one", taken)
    for nothing in ("", "...", "☺", "x" * 65):
        with pytest.raises(ValueError, match="A name needs"):
            notes.rename("one", nothing)


@given(wanted=st.text())
def test_whatever_is_typed_stays_in_its_directory(tmp_path_factory, monkeypatch_module, wanted):
    root = tmp_path_factory.mktemp("models")
    monkeypatch_module.setenv("MNIST_MODELS", str(root))
    (root / "one").mkdir()
    try:
        new = notes.rename("one", wanted)
    except ValueError:
        new = "one"
    assert [path.name for path in root.iterdir() if path.is_dir()] == [new]
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_a_former_name_of_another_model_is_refused(model):
    notes.rename(model("first"), "second")
    other = model("other")
    with pytest.raises(ValueError, match="Another model used to be called first"):
        notes.rename(other, "First", avoid=trash.former_names())
    # Its own former name may come back.
    assert notes.rename("second", "first", avoid=trash.former_names()) == "first"


def test_a_note_and_a_star_at_once_are_both_kept(model):
    name = model("one")
    with ThreadPoolExecutor(2) as visitors:
        for number in range(50):
            said = visitors.submit(notes.write_note, name, str(number))
            starred = visitors.submit(notes.star, name, number % 2 == 0)
            said.result()
            starred.result()
            assert notes.get(name) == notes.Notes(str(number), number % 2 == 0)
