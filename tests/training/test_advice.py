"""What to try next comes from the figures, and can be done."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.networks.settings import CHOICES, LARGEST_LEARNING_RATE, check_learning_rate
from mnist_core.training.trend import plateau
from tests.training.test_verdict import CNN, MLP, SETTINGS, SHARES, history, remark

FLAT = (0.97, 0.98, 0.98, 0.98)


@pytest.mark.parametrize(
    ("figures", "change", "recipe", "words"),
    [
        (history(0.95, 0.96, 0.97), {"epochs": 3}, CNN, "6 epochs instead of 3: it was still"),
        # Stopped: what it was asked for, or twice what it did.
        (history(0.95, 0.96, 0.97), {"epochs": 10}, CNN, "10 epochs instead of 3: it was still"),
        (history(0.95, 0.96, 0.97), {"epochs": 4}, CNN, "6 epochs instead of 3: it was still"),
        (history(*FLAT), {"training_images": 5000}, CNN, "saw 5,000 of 60,000"),
        (history(*FLAT), {}, MLP, "this one has none, and after epoch 2 more epochs hardly helped"),
        (history(*FLAT), {}, CNN, "distorted anew"),
        (history(*FLAT), {"augmentation": "bent"}, CNN, "other seeds"),
        (history(0.11, losses=[2.303]), {}, CNN, "0.0001 instead of 0.001: the loss does not"),
        (history(0.11, losses=[2.2]), {}, CNN, "0.01 instead of 0.001: the loss falls"),
        (history(0.11, 0.12, losses=[2.3, 2.2]), {}, CNN, "0.01 instead of 0.001: the loss falls"),
        (history(0.11, losses=[7.1]), {"pixel_range": "0-255"}, CNN, "pixels divided by 255"),
        (history(1.0), {"digits": (3,)}, CNN, "other"),
    ],
)
def test_what_to_try_next_comes_from_the_figures(figures, change, recipe, words):
    if change.get("digits"):
        assert "next to nothing" not in remark("next", figures, replace(SETTINGS, **change), recipe)
    else:
        assert words in remark("next", figures, replace(SETTINGS, **change), recipe)


@pytest.mark.parametrize("epochs", [1, 10])
@pytest.mark.parametrize("change", [{}, {"schedule": "cosine"}])
def test_a_single_epoch_cannot_show_whether_it_improves(epochs, change):
    settings = replace(SETTINGS, epochs=epochs, **change)
    text = remark("next", history(0.95), settings)
    assert f"{max(epochs, 3)} epochs instead of 1: one alone cannot show" in text
    assert "still improving" not in text


def test_a_gain_within_chance_is_no_improvement():
    assert "still improving" in remark("next", history(0.98, 0.983))
    assert "still improving" not in remark("next", history(0.98, 0.9815))
    assert "still improving" not in remark("next", history(0.98, 0.97))


def test_advice_stays_within_the_limits(monkeypatch):
    rising = history(*(0.2 + epoch / 130 for epoch in range(100)))
    assert "distorted anew" in remark("next", rising, replace(SETTINGS, epochs=100))
    assert "100 epochs instead of 60" in remark("next", rising[:60], replace(SETTINGS, epochs=60))
    high = history(0.95, 0.96, 0.97, 0.98)
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "4")
    for figures in (rising, high):
        assert "4 epochs instead of 3" in remark("next", figures[:3])
        assert "epochs instead" not in remark("next", figures[:4])
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "1")
    for figures in (rising, high):
        assert "epochs instead" not in remark("next", figures[:1])


@pytest.mark.parametrize("tests", [(0.95,), (0.95, 0.97), (0.95, 0.97, 0.98)])
def test_without_a_plateau_more_epochs_are_not_mentioned(tests):
    text = remark("next", history(*tests), replace(SETTINGS, schedule="cosine"), MLP)
    assert "more epochs" not in text
    assert "convolutions: this one has none." in text or len(tests) == 1


@pytest.mark.parametrize(
    ("rate", "losses", "words"),
    [
        (
            10.0,
            [2.3, 2.2],
            "another optimizer: the loss falls, but slowly, and there is no higher",
        ),
        (5.0, [2.3, 2.2], "a learning rate of 10 instead of 5"),
        (10.0, [2.3, 2.3], "a learning rate of 1 instead of 10: the loss does not even fall"),
        # A rate this small makes no training diverge.
        (1e-5, [2.3, 2.3], "0.0001 instead of 1e-05: steps of this size hardly change anything"),
    ],
)
def test_a_network_that_learned_nothing_gets_a_possible_learning_rate(rate, losses, words):
    figures = history(0.11, 0.11, losses=losses)
    assert words in remark("next", figures, replace(SETTINGS, learning_rate=rate))


@given(
    st.lists(SHARES, min_size=1, max_size=9),
    st.lists(st.floats(0, 20), min_size=9, max_size=9),
    st.integers(1, 100),
    st.floats(1e-7, LARGEST_LEARNING_RATE),
    st.sampled_from(CHOICES["schedule"]),
    st.sampled_from([CNN, MLP]),
    st.integers(1, 100),
)
def test_whatever_the_figures_the_advice_can_be_taken(
    tests, losses, epochs, rate, schedule, recipe, most
):
    """More epochs than before, no more than allowed, and a learning rate that is possible."""
    figures = history(*tests, losses=losses[: len(tests)])
    settings = replace(SETTINGS, epochs=epochs, learning_rate=rate, schedule=schedule)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MNIST_MAX_EPOCHS", str(most))
        text = remark("next", figures, settings, recipe)
    if found := re.search(r"(\d+) epochs instead of (\d+)", text):
        assert len(tests) == int(found[2]) < int(found[1]) <= most
    if found := re.search(r"learning rate of (\S+) instead", text):
        check_learning_rate(float(found[1]))
    if "still improving" in text or "still improving" in remark(
        "plateau", figures, settings, recipe
    ):
        assert len(tests) > 1
        assert tests[-1] > max(tests[:-1])
    if "hardly helped" in text:
        assert plateau(figures) is not None


@pytest.mark.parametrize(
    ("change", "words", "never"),
    [
        ({"training_images": 30_000}, "always sees the same images", "60,000"),
        ({"digits": (0, 1)}, "always sees the same 12,665 images", "more images"),
        # There are only 6,742 ones.
        ({"training_images": 15_000, "digits": (1,)}, "same 6,742 images", "more images"),
        ({"training_images": 1_000, "digits": (1,)}, "saw 1,000 of 6,742", "60,000"),
    ],
)
def test_the_number_of_images_it_saw_is_correct(change, words, never):
    text = remark("next", history(*FLAT), replace(SETTINGS, **change))
    assert words in text
    assert never not in text


def test_a_network_that_got_worse_again_had_learned_something():
    text = remark("next", history(0.97, 0.975, 0.098))
    assert "a learning rate of 0.0001 instead of 0.001: it was better before" in text


POOR = {"settled": 0.55}


@pytest.mark.parametrize(
    ("figures", "change", "words"),
    [
        # Diverging: the loss says so, whatever it fell from.
        (
            history(0.1034, 0.1034, losses=[1125.0, 5.9]),
            {"learning_rate": 10.0, "optimizer": "sgd"},
            "a learning rate of 1 instead of 10: its loss of 5.90 is larger than that of guessing",
        ),
        (
            history(0.4, 0.5, losses=[245.0, 12.0], **POOR),
            {"learning_rate": 0.3},
            "a learning rate of 0.001 instead of 0.3: its loss of 12.00 is larger",
        ),
        (history(0.6, 0.5, **POOR), {}, "rate of 0.0001 instead of 0.001: it was better before"),
        (history(0.4, 0.5, **POOR), {"learning_rate": 0.3}, "steps this large"),
        (
            history(0.4, 0.5, **POOR),
            {"schedule": "one-cycle", "epochs": 2},
            "4 epochs instead of 2",
        ),
        (history(0.5, 0.5, 0.5, **POOR), {}, "a larger network"),
        # A squared error is smaller by itself: nobody's guess makes more than 0.09.
        (
            history(0.4, 0.5, losses=[0.2, 0.12], **POOR),
            {"loss": "squared-error"},
            "a learning rate of 0.0001 instead of 0.001: its loss of 0.12 is larger",
        ),
        (history(0.5, losses=[1.5], **POOR), {"digits": (0, 1, 7)}, "larger than that of guessing"),
        # Not so where labels are wrong: there is only so much to know.
        (history(0.9, 0.8, settled=0.55), {"label_noise": 0.4}, "without wrong labels"),
    ],
)
def test_a_network_that_underfits_is_told_how_to_learn_more(figures, change, words):
    assert words in remark("next", figures, replace(SETTINGS, **change))
