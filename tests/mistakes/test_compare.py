"""Mistakes, "Compare networks": two side by side, hardness, from worst to best."""

import numpy as np
import pytest

from mnist_core.analysis.comparison import compare, hardness
from mnist_core.data import dataset
from mnist_core.models import store
from mnist_core.networks import recipes
from tests.visiting import address, has, sent, text, visit

FIRST, SECOND = "mlp-784", "cnn-simple"


@pytest.fixture(scope="module")
def labels():
    return dataset.load("test").labels


@pytest.fixture(scope="module")
def said():
    names = [card.name for card in store.list_models() if card.shipped]
    return {name: store.test_probabilities(name).argmax(axis=1) for name in names}


@pytest.mark.parametrize("part", ["fixed", "broken", "both"])
def test_fixed_broken_and_failed_by_both(part, said, labels):
    app = visit("mistakes", view="compare", model=FIRST, other=SECOND, part=part)
    assert not app.exception
    expected = getattr(compare(said[FIRST], said[SECOND], labels), part)
    gallery = sent(app, "gallery")
    assert f"{len(expected):,} images" in text(app)
    assert len(gallery["captions"]) == min(len(expected), 100)
    for alternative in gallery["alternatives"]:
        assert int(alternative.split()[2].rstrip(",")) in expected


def test_the_second_is_the_best_of_the_others(said, labels):
    *_, second, best = sorted(said, key=lambda name: (said[name] == labels).mean())
    app = visit("mistakes", view="compare", model=FIRST)
    assert address(app)["other"] == best
    assert address(visit("mistakes", view="compare", model=best))["other"] == second


def test_swapping_the_two(said, labels):
    app = visit("mistakes", view="compare", model=FIRST, other=SECOND)
    next(button for button in app.button if button.label == "Swap the two").click().run()
    assert (address(app)["model"], address(app)["other"]) == (SECOND, FIRST)
    assert f"{len(compare(said[SECOND], said[FIRST], labels).fixed)} images" in text(app)


def test_one_image_with_what_both_say(said, labels):
    app = visit("mistakes", view="compare", model=FIRST, other=SECOND, index="8")
    both = f"the first says {said[FIRST][8]}, the second {said[SECOND][8]}"
    assert f"Labelled {labels[8]}: {both}" in text(app)
    assert has(app, "bars-First")
    assert has(app, "bars-Second")


def test_the_images_that_every_network_misreads(said, labels):
    app = visit("mistakes", view="compare", ask="hard")
    assert not app.exception
    failures = hardness(list(said.values()), labels)
    by_all = int((failures == len(said)).sum())
    assert f"Misread by all {len(said)} networks: {by_all} images" in text(app)
    assert len(sent(app, "gallery")["captions"]) == by_all
    app = visit("mistakes", view="compare", ask="hard", failed="4")
    assert len(sent(app, "gallery")["captions"]) == (failures == 4).sum()


def test_the_networks_in_order_show_every_step_and_open_its_examples(said, labels):
    app = visit("mistakes", view="compare", ask="climb")
    assert not app.exception
    shown = text(app)
    titles = {recipe.name: recipe.title for recipe in recipes.SHIPPED}
    for name, answers in said.items():
        assert titles[name] in shown
        assert f"{(answers == labels).mean() * 100:.2f}%" in shown
    change = compare(said["mlp-800-sgd"], said["mlp-1024-128-64"], labels)
    assert f"It fixes **{len(change.fixed)}** mistakes of “The slow learner”" in shown
    assert len(sent(app, "fixed-mlp-1024-128-64")["captions"]) == 7
    left = np.flatnonzero(hardness(list(said.values()), labels) == len(said))
    assert f"{len(left)} images that every network misreads" in shown


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"ask": "x"}, "There is no such comparison"),
        ({"other": "../x"}, "The second network must be one of the others"),
        ({"other": "cnn-larger", "model": "cnn-larger"}, "The second network must be one of"),
        ({"part": "1"}, "There is no such group of images"),
        ({"index": "-1"}, "There is no test image -1"),
        (
            {"ask": "hard", "failed": "99"},
            "There are only 10 networks; showing the images that every network misreads.",
        ),
        ({"ask": "hard", "index": "x"}, "The address should give one whole number"),
    ],
)
def test_an_address_that_cannot_be_had_gives_the_page_and_a_sentence(query, sentence):
    app = visit("mistakes", view="compare", **query)
    assert not app.exception
    assert len(app.info) == 1
    assert app.info[0].value.startswith(sentence)
    assert has(app, "gallery")


def test_two_that_fail_alike_begin_with_images(said, labels):
    *_, second, best = sorted(said, key=lambda name: (said[name] == labels).mean())
    app = visit("mistakes", view="compare", model=best, other=second)
    found = compare(said[best], said[second], labels)
    first = next(part for part in ("fixed", "broken", "both") if len(getattr(found, part)))
    assert f"{len(getattr(found, first)):,} image" in text(app)
    assert has(app, "gallery")
