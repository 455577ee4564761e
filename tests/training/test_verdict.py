"""Every sentence is there because of the figures: other figures, another sentence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.networks import recipes
from mnist_core.networks.settings import EpochFigures
from mnist_core.training.trend import plateau
from mnist_core.training.verdict import verdict

CNN, MLP = recipes.get("cnn-simple"), recipes.get("mlp-784")
SETTINGS = CNN.settings


def history(*tests, settled=None, losses=None):
    """Epochs with these test accuracies, on training images always so much."""
    losses = losses or [0.5 / epoch for epoch in range(1, len(tests) + 1)]
    return tuple(
        EpochFigures(epoch, loss, test, loss, test, 0.1, test if settled is None else settled)
        for epoch, (test, loss) in enumerate(zip(tests, losses, strict=True), start=1)
    )


def remark(topic, figures, settings=SETTINGS, recipe=CNN):
    return verdict(recipe, settings, figures).get(topic, "")


@pytest.mark.parametrize(
    ("tests", "epoch"),
    [
        ((0.95, 0.98, 0.9801, 0.9799, 0.9802), 2),
        ((0.95, 0.98, 0.985, 0.985, 0.9852), 3),
        ((0.95, 0.96, 0.97, 0.98, 0.99), None),
        ((0.99, 0.99), None),
        ((0.99,), None),
        # A dip is no plateau if a new best follows.
        ((0.97, 0.98, 0.96, 0.985), None),
        ((0.98, 0.97, 0.97), 1),
        ((0.0, 0.0, 0.0), 1),
    ],
)
def test_where_the_plateau_begins(tests, epoch):
    assert plateau(history(*tests)) == epoch


def test_the_plateau_in_words():
    text = remark("plateau", history(0.95, 0.98, 0.9801, 0.9799, 0.9802))
    assert "after epoch 2, at 98.00%" in text
    assert "3 epochs later it is at 98.02%" in text
    assert "2 epochs later it is at 97.95%" in remark("plateau", history(0.98, 0.9795, 0.9795))
    assert "1.00 points better than its best epoch so far" in remark(
        "plateau", history(0.95, 0.96, 0.97)
    )
    # Neither a new best nor long enough without a gain to tell.
    assert remark("plateau", history(0.95, 0.97, 0.969)) == ""
    # A new best, but within chance.
    assert remark("plateau", history(0.95, 0.98, 0.9805)) == ""
    assert remark("plateau", history(0.95, 0.96)) == ""


@pytest.mark.parametrize(
    ("settled", "words"),
    [
        (0.97, "97.00% of training images and 98.00% of new ones, which is no worse"),
        (0.985, "0.50 points apart. This is less than 2"),
        (0.999, "1.90 points apart. This is less than 2"),
        (1.0, "2.00 points apart. This is between 2 and 4"),
    ],
)
def test_how_far_training_and_test_are_apart(settled, words):
    assert words in remark("overfitting", history(0.98, settled=settled))


@pytest.mark.parametrize(
    ("settled", "test", "word"),
    [
        (0.5227, 0.4797, "underfitting"),
        (0.3, 0.35, "underfitting"),
        (0.85, 0.84, "underfitting"),
        # Half again as many mistakes on new ones.
        (0.89, 0.80, "overfitting"),
        (0.91, 0.86, "overfitting"),
        (0.91, 0.92, "memorised nothing"),
    ],
)
def test_a_network_that_misreads_its_own_images_has_not_memorised_them(settled, test, word):
    assert word in remark("overfitting", history(test, settled=settled))


def test_a_network_that_was_better_before_dropped_and_has_no_plateau():
    text = remark("plateau", history(0.98, 0.8, 0.7))
    assert text == "Its best epoch was epoch 1, at 98.00%. Since then it has dropped to 70.00%."


def test_figures_at_a_border_are_on_the_side_the_sentence_says():
    assert "1.96 points apart. This is less than 2" in remark(
        "overfitting", history(0.95, settled=0.9696)
    )
    assert "4.00 points apart. This is 4 points or more" in remark(
        "overfitting", history(0.95, settled=0.99)
    )
    noise = replace(SETTINGS, label_noise=0.004)
    assert "0.4% of its labels" in remark("overfitting", history(0.95), noise)


def test_overfitting_is_called_by_its_name_from_4_points():
    figures = history(0.9, settled=0.97)
    assert "7.00 points apart. This is 4 points or more" in remark("overfitting", figures)
    assert "distorted anew" in remark("next", figures)
    assert "saw 1,000 of 60,000" in remark("next", figures, replace(SETTINGS, training_images=1000))
    assert "smaller network" in remark("next", figures, replace(SETTINGS, augmentation="bent"))


def test_a_loss_that_grows_again():
    worse = history(0.98, 0.97, losses=[0.05, 0.10])
    assert "after epoch 1, at 0.050, and has grown to 0.100. It makes 100 more mistakes" in remark(
        "loss", worse
    )
    surer = history(0.98, 0.98, losses=[0.05, 0.10])
    assert "more confident in them" in remark("loss", surer)
    assert remark("loss", history(0.98, 0.98, losses=[0.05, 0.0501])) == ""


def test_the_accuracy_has_an_interval():
    text = remark("accuracy", history(0.99))
    assert "99.00%" in text
    assert "from 98.79% to 99.18%" in text


def test_digits_it_never_saw_are_not_held_against_it():
    settings = replace(SETTINGS, digits=(0, 1))
    text = remark("unknown digits", history(0.21), settings)
    assert "never saw a 2 or a 3 or" in text
    assert "21.15% of the test images at best" in text
    assert "it knows, it reads 99.29%" in text
    assert remark("overfitting", history(0.21), settings) == ""
    assert remark("overfitting", history(0.21)) != ""
    assert remark("unknown digits", history(0.21)) == ""


def test_wrong_labels_are_memorised():
    settings = replace(SETTINGS, label_noise=0.3)
    text = remark("overfitting", history(0.95, settled=0.72), settings)
    assert "30% of its labels were wrong" in text
    assert "72.00%" in text
    assert "without wrong labels" in remark("next", history(0.95, settled=0.72), settings)


def test_the_kept_model_is_never_compared_with_an_epoch():
    """It may look three times, or have been stopped within an epoch."""
    figures = history(0.95, 0.98, 0.98, 0.9801, settled=0.99)
    without = verdict(CNN, SETTINGS, figures)
    for accuracy in (0.5, 0.995):
        found = verdict(CNN, SETTINGS, figures, accuracy=accuracy)
        assert found["accuracy"].startswith(f"It reads {100 * accuracy:.2f}% of the test")
        assert found | {"accuracy": without["accuracy"]} == without
    few = replace(SETTINGS, digits=(0, 1))
    found = verdict(CNN, few, history(0.1), accuracy=0.2115)
    assert "it knows, it reads 100.00%" in found["unknown digits"]


def test_without_epochs_there_are_no_remarks():
    assert verdict(CNN, SETTINGS, ()) == {}


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
    found = verdict(recipe, recipe.settings, figures)
    assert "next" in found
    for text in found.values():
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith((".", ")."))
        assert "nan" not in text
