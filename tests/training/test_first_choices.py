"""What a visitor is offered first."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mnist_core.models import store
from mnist_core.networks import recipes, training_time
from mnist_core.training import first_choices as choices

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"


def offered(cards=None, *, is_warm=False):
    found = choices.first_choices(cards or store.list_models(), is_warm=is_warm)
    return {choice.recipe.name: choice for choice in found}


def test_the_quick_one_a_plain_one_and_the_largest_of_the_tutorials():
    found = offered()
    assert list(found) == ["quick", "mlp-784", "cnn-32-32"]
    tutorials = [recipe for recipe in recipes.RECIPES if recipe.published]
    assert max(tutorials, key=training_time.multiplications).name == "cnn-32-32"
    assert found["mlp-784"].accuracy == store.read_card(store.SHIPPED / "mlp-784").test_accuracy


def test_what_quick_reaches_was_measured():
    error = json.loads((RESULTS / "quick_error.json").read_bytes())["figure"]
    assert offered()["quick"].accuracy == pytest.approx(1 - error / 100, abs=1e-4)


def test_what_was_trained_here_says_how_long_it_takes_here():
    recipe = recipes.get("quick")
    shipped = store.list_models()
    mine = replace(
        shipped[0], recipe=recipe, settings=replace(recipe.settings, seed=5), seconds=7.0,
        shipped=False, name="quick-run-1", started_from=None, stopped_early=False,
    )  # fmt: skip
    warm = offered([*shipped, mine], is_warm=True)["quick"]
    assert warm.seconds == training_time.WARM_STARTING_SECONDS + 7
    # Another length, or not to the end, says nothing.
    for other in (
        replace(mine, settings=replace(recipe.settings, epochs=1)),
        replace(mine, stopped_early=True),
        replace(mine, started_from="quick"),
    ):
        assert offered([*shipped, other])["quick"].seconds == training_time.expected_seconds(
            recipe, recipe.settings
        )
