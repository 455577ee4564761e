"""What a link changes in a training comes back as it was, and nothing else does."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.networks import recipes, settings_text

BASE = recipes.get("quick").settings


@pytest.mark.parametrize(
    ("change", "text", "words"),
    [
        ({"learning_rate": 10.0}, "learning_rate:10", ["learning rate 10 instead of 0.008"]),
        (
            {"epochs": 20, "training_images": 1000},
            "epochs:20,training_images:1000",
            ["epochs 20 instead of 2", "images to learn from 1,000 instead of 60,000"],
        ),
        ({"pixel_range": "0-255"}, "pixel_range:0-255", ["pixel range 0 to 255 instead of 0 to 1"]),
        ({"optimizer": "sgd"}, "optimizer:sgd", ["optimizer sgd instead of adam"]),
        ({"learning_rate": 1e-5}, "learning_rate:1e-05", ["learning rate 1e-05 instead of 0.008"]),
    ],
)
def test_a_change_goes_there_and_back(change, text, words):
    changed = replace(BASE, **change)
    assert settings_text.to_text(BASE, changed) == text
    assert settings_text.from_text(BASE, text) == changed
    assert settings_text.in_words(BASE, changed) == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colour:red", "does not exist"),
        ("", "does not exist"),
        ("digits:3", "does not exist"),
        ("epochs:many", "impossible epochs"),
        ("optimizer:luck", "impossible optimizer"),
        ("epochs:1000", "from 1 to 100"),
        ("learning_rate:nan", "learning rate must be"),
    ],
)
def test_an_impossible_change_is_a_sentence(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        settings_text.from_text(BASE, text)


@given(st.text())
def test_any_text_is_settings_or_a_sentence(text):
    with suppress(ValueError):
        assert settings_text.from_text(BASE, text)
