"""What is expected of a training, and of the three that are offered first."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mnist_core.models import store
from mnist_core.networks import recipes, training_time
from mnist_core.training.expectation import expect
from ui.train.first_networks import FIRST

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"


def expected(name, cards=None, *, is_warm=False):
    return expect(recipes.get(name), cards or store.list_models(), is_warm=is_warm)


def test_the_quick_one_a_plain_one_and_the_largest_of_the_tutorials_come_first():
    assert list(FIRST) == ["quick", "mlp-784", "cnn-32-32"]
    tutorials = [recipe for recipe in recipes.RECIPES if recipe.published]
    assert max(tutorials, key=training_time.multiplications).name == "cnn-32-32"


def test_what_it_reached_is_on_its_card_or_was_measured():
    shipped = store.read_card(store.SHIPPED / "mlp-784")
    assert expected("mlp-784").accuracy == shipped.test_accuracy
    error = json.loads((RESULTS / "quick_error.json").read_bytes())["figure"]
    assert expected("quick").accuracy == pytest.approx(1 - error / 100, abs=1e-4)


def test_what_was_trained_here_says_how_long_it_takes_here():
    recipe = recipes.get("quick")
    shipped = store.list_models()
    mine = replace(
        shipped[0], recipe=recipe, settings=replace(recipe.settings, seed=5), seconds=7.0,
        shipped=False, name="quick-run-1", started_from=None, stopped_early=False,
    )  # fmt: skip
    warm = expected("quick", [*shipped, mine], is_warm=True)
    assert warm.seconds == training_time.WARM_STARTING_SECONDS + 7
    # Another length, or not to the end, says nothing.
    for other in (
        replace(mine, settings=replace(recipe.settings, epochs=1)),
        replace(mine, stopped_early=True),
        replace(mine, started_from="quick"),
    ):
        assert expected("quick", [*shipped, other]).seconds == training_time.expected_seconds(
            recipe, recipe.settings
        )
