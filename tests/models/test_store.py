"""Models on disk, with every fault caused for real."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mnist_core.analysis.evaluation import evaluate
from mnist_core.data.dataset import load
from mnist_core.models import card as cards
from mnist_core.models import staging, store
from mnist_core.networks import recipes
from tests.samples import staged

NAME = "cnn-larger"


@pytest.fixture
def model(models_directory):
    """A model of a visitor's: a copy of a shipped one, to be damaged."""
    folder = models_directory / "mine"
    shutil.copytree(store.SHIPPED / NAME, folder)
    return folder


def test_shipped_models_are_all_there_and_as_good_as_published():
    shipped = [card for card in store.list_models() if card.shipped]
    assert len(shipped) == len(recipes.SHIPPED)
    test = load("test")
    for card in shipped:
        recipe = {recipe.name: recipe for recipe in recipes.SHIPPED}[card.name]
        # Those of the tutorials were trained when all recipes were in float32.
        trained_by = replace(recipe.settings, precision=card.settings.precision)
        assert card.recipe == replace(recipe, settings=trained_by)
        report = evaluate(store.test_probabilities(card.name), test.labels)
        assert (report.accuracy, len(report.mistakes)) == (card.test_accuracy, card.mistakes)
        assert report.loss == pytest.approx(card.test_loss)
        # Of several seeds of our own, one was chosen.
        seed = 0 if card.recipe.published else card.settings.seed
        assert card.settings == replace(card.recipe.settings, seed=seed)
        slack = 0.006 if card.name == "mlp-800-sgd" else 0.0025
        # Our own two are held to what they were made for: better than any of the tutorials'.
        published = card.recipe.published_accuracy or 0.996 + slack
        assert card.test_accuracy >= published - slack
        # A committee's members were trained each by itself; the weights of `every-hand` lie
        # between two networks'.
        is_mixed = card.recipe.members > 1 or card.name == "every-hand"
        epochs = 0 if is_mixed else card.settings.epochs
        assert len(card.history) == epochs


def test_shipped_files_are_what_their_cards_say():
    for card in store.list_models():
        for name, facts in card.files.items():
            assert (store.SHIPPED / card.name / name).stat().st_size == facts.size
        store.open_model(card.name)


def test_a_visitors_model_comes_after_the_shipped_ones_and_opens(model):
    listed = store.list_models()
    assert [card.name for card in listed][-1] == "mine"
    assert [card.shipped for card in listed] == [True] * len(recipes.SHIPPED) + [False]
    answers = store.open_model("mine").predict(load("test").images[:1])
    assert answers.argmax() == 7


@pytest.mark.parametrize(
    "name",
    [
        "",
        "resnet",
        "../mine",
        "mine/",
        "/mine",
        ".",
        "..",
        "local",
        ".jobs",
        "mine\0",
        "MINE",
        "m" * 500,
    ],
)
def test_a_name_that_is_not_listed_never_becomes_a_path(model, name):
    with pytest.raises(ValueError, match="no model"):
        store.open_model(name)
    with pytest.raises(ValueError, match="no model"):
        store.test_probabilities(name)


@given(st.text())
def test_no_text_opens_anything_but_a_listed_model(name):
    if name not in {card.name for card in store.list_models()}:
        with pytest.raises(ValueError, match="no model"):
            store.open_model(name)


FILES = {store.LITERT: store.open_model, store.PROBABILITIES: store.test_probabilities}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kept", [0, 1, 1000, -1])
def test_a_truncated_file_is_noticed(model, file, kept):
    path = model / file
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(store.BrokenModel, match=f"mine is damaged: {file}"):
        FILES[file]("mine")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1, exclude_max=True), st.integers(0, 7))
def test_a_flipped_bit_is_noticed(models_directory, file, place, bit):
    folder = models_directory / "mine"
    if not folder.exists():
        shutil.copytree(store.SHIPPED / NAME, folder)
    path = folder / file
    good = path.read_bytes()
    bad = bytearray(good)
    bad[int(place * len(bad))] ^= 1 << bit
    path.write_bytes(bad)
    try:
        with pytest.raises(store.BrokenModel, match=file):
            FILES[file]("mine")
    finally:
        path.write_bytes(good)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_noticed(model, file):
    (model / file).unlink()
    with pytest.raises(store.BrokenModel, match=file):
        FILES[file]("mine")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"name": "mine"}',
        pytest.param(b"[" * 100_000, id="deep"),
    ],
)
def test_a_broken_card_is_reported_and_the_others_stay(model, content):
    (model / store.CARD).write_bytes(content)
    assert len(store.list_models()) == len(recipes.SHIPPED)
    assert list(store.scan()[1]) == ["mine"]
    assert "mine" in store.scan()[1]["mine"]
    with pytest.raises(store.BrokenModel, match="mine"):
        store.open_model("mine")


def test_a_card_nested_beyond_all_reason_is_broken(model):
    fields = (model / store.CARD).read_bytes().rstrip().removesuffix(b"}")
    (model / store.CARD).write_bytes(fields + b', "more": ' + b"[" * 100_000)
    assert list(store.scan()[1]) == ["mine"]


def test_one_place_for_shipped_and_trained_models_lists_each_once(monkeypatch):
    monkeypatch.setenv("MNIST_MODELS", str(store.SHIPPED))
    assert len(store.list_models()) == len(recipes.SHIPPED)


def test_a_missing_card_is_reported(model):
    (model / store.CARD).unlink()
    assert "missing" in store.scan()[1]["mine"]


@pytest.mark.parametrize(
    "change",
    [
        {"settings": {"epochs": -1}},
        {"mistakes": 20_000},
        {"mistakes": -1},
        {"seconds": 1e308},
        {"steps": -1},
        {"test_accuracy": 1.5},
        {"recipe": {"layers": [{"type": "Conv", "filters": 8, "size": 100, "activation": "relu"}]}},
    ],
)
def test_a_card_with_an_impossible_value_is_broken(model, change):
    fields = json.loads((model / store.CARD).read_bytes())
    for name, value in change.items():
        fields[name] = fields[name] | value if isinstance(value, dict) else value
    (model / store.CARD).write_text(json.dumps(fields))
    assert "mine" in store.scan()[1]


def test_a_file_that_fits_its_card_but_is_no_model_is_reported(models_directory):
    with staging.directory(models_directory) as folder:
        card = staged(folder, "mine")
        (folder / store.LITERT).write_bytes(b"no model")
        np.save(folder / store.PROBABILITIES, np.zeros((3, 3)))
        staging.commit(folder, card)
    with pytest.raises(store.BrokenModel, match="cannot be read"):
        store.open_model("mine")
    with pytest.raises(store.BrokenModel, match="another shape"):
        store.test_probabilities("mine")


def test_cards_survive_their_own_json():
    for card in store.list_models():
        again = cards.decode(cards.encode(card))
        assert again.recipe == card.recipe
        assert again.history == card.history
        assert again.files == card.files


def test_what_is_no_directory_or_has_no_name_of_a_model_is_not_one(models_directory):
    models_directory.mkdir()
    (models_directory / "a-file").touch()
    for name in (".hidden", "Capital", "local"):
        (models_directory / name).mkdir()
    assert [folder.name for folder in store.directories()[len(recipes.SHIPPED) :]] == ["local"]
