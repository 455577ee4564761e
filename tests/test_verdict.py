"""Every sentence is there because of the figures: other figures, another sentence."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core import recipes
from mnist_core.settings import (
    LARGEST_LEARNING_RATE,
    SCHEDULES,
    EpochFigures,
    check_learning_rate,
)
from mnist_core.verdict import plateau, verdict

CNN, MLP = recipes.get("cnn-simple"), recipes.get("mlp-784")
SETTINGS = CNN.settings


def history(*tests, settled=None, losses=None):
    """Epochs with these test accuracies, on training images always so much."""
    losses = losses or [0.5 / epoch for epoch in range(1, len(tests) + 1)]
    return tuple(
        EpochFigures(epoch, loss, test, loss, test, 0.1, test if settled is None else settled)
        for epoch, (test, loss) in enumerate(zip(tests, losses, strict=True), start=1)
    )


def said(topic, figures, settings=SETTINGS, recipe=CNN):
    remarks = verdict(recipe, settings, figures).remarks
    texts = [remark.text for remark in remarks if remark.topic == topic]
    return " ".join(texts)


@pytest.mark.parametrize(
    ("tests", "epoch"),
    [
        ((0.95, 0.98, 0.9801, 0.9799, 0.9802), 2),
        ((0.95, 0.98, 0.985, 0.985, 0.9852), 3),
        ((0.95, 0.96, 0.97, 0.98, 0.99), None),
        ((0.99, 0.99), None),
        ((0.99,), None),
        # A dip is no plateau when it gets better than ever afterwards.
        ((0.97, 0.98, 0.96, 0.985), None),
        ((0.98, 0.97, 0.97), 1),
        ((0.0, 0.0, 0.0), 1),
    ],
)
def test_where_the_plateau_begins(tests, epoch):
    assert plateau(history(*tests)) == epoch
    assert verdict(CNN, SETTINGS, history(*tests)).plateau == epoch


def test_the_plateau_in_words():
    text = said("plateau", history(0.95, 0.98, 0.9801, 0.9799, 0.9802))
    assert "after epoch 2, at 98.00 %" in text
    assert "3 epochs after that brought 0.02 points more" in text
    assert "nothing more" in said("plateau", history(0.98, 0.97, 0.97))
    assert "1.00 points better than ever" in said("plateau", history(0.95, 0.96, 0.97))
    # Neither better than ever nor long enough without a gain to tell.
    assert said("plateau", history(0.95, 0.97, 0.969)) == ""
    # Better than ever, but by no more than chance would do.
    assert said("plateau", history(0.95, 0.98, 0.9805)) == ""
    assert said("plateau", history(0.95, 0.96)) == ""


@pytest.mark.parametrize(
    ("settled", "words"),
    [
        (0.97, "no better than new ones (98.00 %)"),
        (0.985, "0.5 points apart. This is less than 2"),
        (0.999, "1.9 points apart. This is less than 2"),
        (1.0, "2.0 points apart. This is between 2 and 4"),
    ],
)
def test_how_far_training_and_test_are_apart(settled, words):
    assert words in said("overfitting", history(0.98, settled=settled))


def test_overfitting_is_called_by_its_name_beyond_4_points():
    figures = history(0.9, settled=0.97)
    assert "7.0 points apart. This is more than 4" in said("overfitting", figures)
    assert verdict(CNN, SETTINGS, figures).gap == pytest.approx(0.07)
    assert "bent anew" in said("next", figures)
    assert "saw 1,000 of 60,000" in said("next", figures, replace(SETTINGS, training_images=1000))
    assert "smaller network" in said("next", figures, replace(SETTINGS, augmentation="bent"))


def test_a_loss_that_grows_again():
    worse = history(0.98, 0.97, losses=[0.05, 0.10])
    assert "after epoch 1, 0.050, and has grown to 0.100. It makes 100 mistakes more" in said(
        "loss", worse
    )
    surer = history(0.98, 0.98, losses=[0.05, 0.10])
    assert "surer of those it makes" in said("loss", surer)
    assert said("loss", history(0.98, 0.98, losses=[0.05, 0.0501])) == ""


def test_the_accuracy_has_an_interval():
    text = said("accuracy", history(0.99))
    assert "99.00 %" in text
    assert "from 98.79 % to 99.18 %" in text


def test_digits_it_never_saw_are_not_held_against_it():
    settings = replace(SETTINGS, digits=(0, 1))
    text = said("unknown digits", history(0.21), settings)
    assert "never saw a 2 or a 3 or" in text
    assert "21.15 % of the test images at best" in text
    assert "it knows it reads 99.29 %" in text
    assert verdict(CNN, settings, history(0.21)).gap is None
    assert said("unknown digits", history(0.21)) == ""


def test_wrong_labels_are_no_overfitting_but_learned_by_heart():
    settings = replace(SETTINGS, label_noise=0.3)
    text = said("overfitting", history(0.95, settled=0.72), settings)
    assert "30 % of its labels were wrong" in text
    assert "72.00 %" in text
    assert "without wrong labels" in said("next", history(0.95, settled=0.72), settings)


FLAT = (0.97, 0.98, 0.98, 0.98)


@pytest.mark.parametrize(
    ("figures", "change", "recipe", "words"),
    [
        (history(0.95, 0.96, 0.97), {"epochs": 3}, CNN, "6 epochs instead of 3, for it still"),
        # Stopped: what it was asked for, or twice what it did.
        (history(0.95, 0.96, 0.97), {"epochs": 10}, CNN, "10 epochs instead of 3, for it still"),
        (history(0.95, 0.96, 0.97), {"epochs": 4}, CNN, "6 epochs instead of 3, for it still"),
        (history(*FLAT), {"training_images": 5000}, CNN, "saw 5,000 of 60,000"),
        (history(*FLAT), {}, MLP, "This one has none, and after epoch 2 more epochs hardly helped"),
        (history(*FLAT), {}, CNN, "bent anew"),
        (history(*FLAT), {"augmentation": "bent"}, CNN, "other seeds"),
        (history(0.11, losses=[2.303]), {}, CNN, "0.0001 instead of 0.001; the loss does not"),
        (history(0.11, losses=[2.2]), {}, CNN, "0.01 instead of 0.001; the loss falls"),
        (history(0.11, 0.12, losses=[2.3, 2.2]), {}, CNN, "0.01 instead of 0.001; the loss falls"),
        (history(1.0), {"digits": (3,)}, CNN, "other"),
    ],
)
def test_what_to_try_next_comes_from_the_figures(figures, change, recipe, words):
    if change.get("digits"):
        assert "next to nothing" not in said("next", figures, replace(SETTINGS, **change), recipe)
    else:
        assert words in said("next", figures, replace(SETTINGS, **change), recipe)


@pytest.mark.parametrize("epochs", [1, 10])
@pytest.mark.parametrize("change", [{}, {"schedule": "cosine"}])
def test_after_a_single_epoch_nobody_can_tell_whether_it_rises(epochs, change):
    settings = replace(SETTINGS, epochs=epochs, **change)
    text = said("next", history(0.95), settings)
    assert f"{max(epochs, 3)} epochs instead of 1, for after one alone nobody can tell" in text
    assert "still rose" not in text


def test_a_gain_that_chance_would_make_is_no_rise():
    assert "still rose" in said("next", history(0.98, 0.983))
    assert "still rose" not in said("next", history(0.98, 0.9815))
    assert "still rose" not in said("next", history(0.98, 0.97))


def test_nobody_is_sent_beyond_the_limits(monkeypatch):
    rising = history(*(0.2 + epoch / 130 for epoch in range(100)))
    assert "bent anew" in said("next", rising, replace(SETTINGS, epochs=100))
    assert "100 epochs instead of 60" in said("next", rising[:60], replace(SETTINGS, epochs=60))
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "4")
    assert "4 epochs instead of 3" in said("next", rising[:3])
    assert "bent anew" in said("next", rising[:4])
    monkeypatch.setenv("MNIST_MAX_EPOCHS", "1")
    assert "bent anew" in said("next", rising[:1])


@pytest.mark.parametrize("tests", [(0.95,), (0.95, 0.97), (0.95, 0.97, 0.98)])
def test_without_a_plateau_nothing_is_said_about_what_more_epochs_would_do(tests):
    text = said("next", history(*tests), replace(SETTINGS, schedule="cosine"), MLP)
    assert "more epochs" not in text
    assert "convolutions. This one has none." in text or len(tests) == 1


@pytest.mark.parametrize(
    ("rate", "losses", "words"),
    [
        (
            10.0,
            [2.3, 2.2],
            "another optimizer; the loss falls, only slowly, and there is no higher",
        ),
        (5.0, [2.3, 2.2], "a learning rate of 10 instead of 5"),
        (10.0, [2.3, 2.3], "a learning rate of 1 instead of 10; the loss does not even fall"),
        # What is as small as that throws nothing off.
        (1e-5, [2.3, 2.3], "0.0001 instead of 1e-05; steps of this size hardly move it"),
    ],
)
def test_what_learned_nothing_is_sent_to_a_rate_that_there_is(rate, losses, words):
    figures = history(0.11, 0.11, losses=losses)
    assert words in said("next", figures, replace(SETTINGS, learning_rate=rate))


def test_how_the_kept_model_reads_is_told_and_never_compared_with_an_epoch():
    """It may look three times, or have been stopped within an epoch."""
    figures = history(0.95, 0.98, 0.98, 0.9801, settled=0.99)
    without = verdict(CNN, SETTINGS, figures)
    for accuracy in (0.5, 0.995):
        found = verdict(CNN, SETTINGS, figures, accuracy=accuracy)
        assert found.remarks[0].text.startswith(f"It reads {100 * accuracy:.2f} % of the test")
        assert found.remarks[1:] == without.remarks[1:]
        assert (found.plateau, found.gap) == (without.plateau, without.gap)
    few = replace(SETTINGS, digits=(0, 1))
    remarks = verdict(CNN, few, history(0.1), accuracy=0.2115).remarks
    assert "it knows it reads 100.00 %" in remarks[1].text


def test_nothing_learned_nothing_said():
    assert verdict(CNN, SETTINGS, ()).remarks == ()


SHARES = st.floats(0, 1)


@given(
    st.lists(st.tuples(SHARES, SHARES, st.floats(0, 20), st.floats(0, 20)), min_size=1, max_size=9),
    st.sampled_from([recipe.name for recipe in recipes.RECIPES]),
)
def test_whatever_the_figures_they_are_whole_sentences(rows, name):
    recipe = recipes.get(name)
    figures = tuple(
        EpochFigures(number, loss, settled, test_loss, test, loss, settled)
        for number, (test, settled, loss, test_loss) in enumerate(rows, start=1)
    )
    remarks = verdict(recipe, recipe.settings, figures).remarks
    assert [remark.topic for remark in remarks].count("next") == 1
    for remark in remarks:
        assert remark.text[0].isupper() or remark.text[0].isdigit()
        assert remark.text.endswith((".", ")."))
        assert "nan" not in remark.text


@given(
    st.lists(SHARES, min_size=1, max_size=9),
    st.lists(st.floats(0, 20), min_size=9, max_size=9),
    st.integers(1, 100),
    st.floats(1e-7, LARGEST_LEARNING_RATE),
    st.sampled_from(SCHEDULES),
    st.sampled_from([CNN, MLP]),
    st.integers(1, 100),
)
def test_whatever_the_figures_the_advice_can_be_taken(
    tests, losses, epochs, rate, schedule, recipe, most
):
    """Nobody is sent to more epochs than there may be, or to as many as before, nor to a rate."""
    figures = history(*tests, losses=losses[: len(tests)])
    settings = replace(SETTINGS, epochs=epochs, learning_rate=rate, schedule=schedule)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MNIST_MAX_EPOCHS", str(most))
        text = said("next", figures, settings, recipe)
    if found := re.search(r"(\d+) epochs instead of (\d+)", text):
        assert len(tests) == int(found[2]) < int(found[1]) <= most
    if found := re.search(r"learning rate of (\S+) instead", text):
        check_learning_rate(float(found[1]))
    if "still rose" in text or "still getting better" in said("plateau", figures, settings, recipe):
        assert len(tests) > 1
        assert tests[-1] > max(tests[:-1])
    if "hardly helped" in text:
        assert plateau(figures) is not None
