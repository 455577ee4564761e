import base64
import zlib
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.networks import design, recipes, size_limits
from mnist_core.networks.design import BrokenDesign, Design
from mnist_core.networks.layers import (
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    MaxPool,
)
from mnist_core.networks.settings import Settings
from mnist_core.system import server_settings
from tests.samples import QUICK

ACTIVATIONS = st.sampled_from(["gelu", "linear", "relu", "sigmoid", "tanh"])
SIZES = st.integers(1, 30)
LAYERS = st.one_of(
    st.builds(Dense, st.integers(1, 2000), ACTIVATIONS),
    st.builds(Conv, st.integers(1, 200), SIZES, ACTIVATIONS),
    st.builds(MaxPool, SIZES),
    st.builds(AveragePool, SIZES),
    st.builds(BatchNorm, ACTIVATIONS),
    st.builds(Dropout, st.floats(0, 0.99)),
    st.just(Flatten()),
)
SETTINGS = st.builds(
    Settings,
    epochs=st.integers(1, 100),
    batch_size=st.integers(1, 1024),
    optimizer=st.sampled_from(["adadelta", "adam", "adamw", "rmsprop", "sgd"]),
    learning_rate=st.floats(1e-6, 10),
    label_noise=st.floats(0, 1),
    digits=st.sets(st.integers(0, 9), min_size=1).map(lambda chosen: tuple(sorted(chosen))),
)
DESIGNS = st.builds(
    Design,
    st.lists(LAYERS, max_size=30).map(tuple),
    SETTINGS,
    st.sampled_from(tuple(recipes.INITIALIZER_NAMES)),
)


@given(DESIGNS)
def test_every_design_comes_back_from_its_link_and_explains_itself(made):
    text = design.to_text(made)
    assert len(text) <= design.LONGEST_TEXT
    assert design.from_text(text) == made
    explained = made.explanation
    if explained.problem is None:
        assert len(explained.lines) == len(made.layers) + 1
        assert explained.parameters == made.recipe.parameters
    else:
        assert explained.problem.endswith(".")
        assert len(explained.lines) == explained.broken <= len(made.layers)


@pytest.mark.parametrize("recipe", recipes.RECIPES, ids=lambda recipe: recipe.name)
def test_every_recipe_can_be_a_design(recipe):
    made = design.from_text(design.to_text(design.from_recipe(recipe)))
    assert made.recipe.input_shape == recipe.input_shape
    assert (made.layers, made.settings) == (recipe.layers, recipe.settings)


def test_a_copy_says_what_it_lacks():
    assert design.missing_from_copy(recipes.get("cnn-32-32")) is None
    said = "The copy looks at an image once, not 3 times."
    assert design.missing_from_copy(recipes.get("cnn-best")) == said
    said = "The copy is one network, not 3, and looks at an image once, not 3 times."
    assert design.missing_from_copy(recipes.get("committee")) == said


def packed(data):
    return base64.urlsafe_b64encode(zlib.compress(data)).decode().rstrip("=")


@given(st.text())
def test_hostile_text_is_a_sentence(text):
    with pytest.raises(BrokenDesign, match="damaged or incomplete"):
        design.from_text(text)


@given(st.binary())
def test_hostile_bytes_are_a_sentence(data):
    for text in (packed(data), base64.urlsafe_b64encode(data).decode()):
        with pytest.raises(BrokenDesign):
            design.from_text(text)


GOOD = msgspec.to_builtins(Design((Dense(5),), QUICK))


@pytest.mark.parametrize(
    "change",
    [
        {"layers": [{"type": "Dense", "units": 0}]},
        {"layers": [{"type": "Dense", "units": 10**15}]},
        {"layers": [{"type": "Dense", "units": 5, "activation": "luck"}]},
        {"layers": [{"type": "Lambda", "code": "print()"}]},
        {"layers": [{"type": "Flatten"}] * 201},
        {"settings": {**GOOD["settings"], "epochs": 10**6}},
        {"settings": {**GOOD["settings"], "learning_rate": -1}},
        {"settings": {**GOOD["settings"], "digits": []}},
        {"initializer": "luck"},
        {"name": "../up"},
        {"layers": "[" * 10_000},
    ],
)
def test_values_that_cannot_be_are_refused(change):
    assert design.from_text(packed(msgspec.json.encode(GOOD))).layers == (Dense(5),)
    with pytest.raises(BrokenDesign):
        design.from_text(packed(msgspec.json.encode({**GOOD, **change})))


def test_a_text_that_unpacks_to_gigabytes_is_not_unpacked():
    bomb = packed(b" " * 2_500_000)
    assert len(bomb) < design.LONGEST_TEXT
    with pytest.raises(BrokenDesign):
        design.from_text(bomb)
    with pytest.raises(BrokenDesign):
        design.from_text(packed(b"[" * 15_000))


def test_a_design_too_large_for_a_link_is_refused():
    with pytest.raises(ValueError, match="too many layers"):
        design.to_text(Design((Flatten(),) * 201, QUICK))


OWN = design.from_recipe(recipes.get("cnn-32-32")).recipe


@pytest.mark.parametrize(
    ("name", "limit", "sentence"),
    [
        ("MNIST_MAX_LAYERS", 6, "6 layers"),
        ("MNIST_MAX_PARAMETERS", 600_809, "600,810 parameters; 600,809 is the limit"),
        ("MNIST_MAX_EPOCHS", 11, "11 epochs"),
        ("MNIST_MAX_MEMORY_MB", 100, "MB of memory; 100 MB is the limit"),
    ],
)
def test_the_operator_sets_limits(monkeypatch, name, limit, sentence):
    size_limits.check(OWN, OWN.settings)
    monkeypatch.setenv(name, str(limit))
    with pytest.raises(ValueError, match=sentence):
        size_limits.check(OWN, OWN.settings)


def test_few_parameters_can_take_much_memory():
    wide = replace(OWN, layers=(Conv(2000, 1), MaxPool(28), Flatten()))
    assert wide.parameters < 30_000
    with pytest.raises(ValueError, match="memory"):
        size_limits.check(wide, OWN.settings)


def test_a_limit_that_is_no_number_is_an_error_for_the_operator(monkeypatch):
    monkeypatch.setenv("MNIST_MAX_LAYERS", "many")
    with pytest.raises(RuntimeError, match="MNIST_MAX_LAYERS must be a whole number"):
        server_settings.max_layers()


def test_at_least_one_training_may_run(monkeypatch):
    monkeypatch.setenv("MNIST_TRAININGS_AT_ONCE", "0")
    with pytest.raises(RuntimeError, match="must be at least 1"):
        server_settings.trainings_at_once()


def test_all_recipes_keep_within_the_limits():
    for recipe in recipes.RECIPES:
        size_limits.check(recipe, recipe.settings)
