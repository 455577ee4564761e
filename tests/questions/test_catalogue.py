"""Every answer is short, its figures are measured, and its experiments can be done."""

import json
import re

import pytest

from benchmarks.measuring import RESULTS
from mnist_core.models import store
from mnist_core.networks import design, recipes, settings_text, size_limits
from ui.glossary.glossary import explain
from ui.questions.catalogue import QUESTIONS, Experiment, Question

CARDS = {card.name: card for card in store.list_models()}
EXPERIMENTS = [experiment for one in QUESTIONS for experiment in one.experiments]
# What is no measurement: a share of a count that is given, a label, all of something.
NOT_MEASURED = {"11.35%", "100%"}


def measured(source: str) -> list[float]:
    """Every percentage that a source has, 0 to 100."""
    if source in CARDS:
        card = CARDS[source]
        figures = [card.test_accuracy]
        for epoch in card.history:
            figures += [epoch.training_accuracy, epoch.test_accuracy, epoch.settled_accuracy or 0]
        return [100 * figure for figure in figures]
    text = json.dumps(json.loads((RESULTS / f"{source}.json").read_text("utf-8")))
    return [float(number) for number in re.findall(r"\d+\.\d+", text)]


def test_there_are_twelve_with_a_name_each():
    assert len({one.name for one in QUESTIONS}) == len(QUESTIONS) == 12


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_an_answer_is_short_and_has_an_experiment(one: Question):
    assert 3 <= len(re.findall(r"[.?!](?:\s|$)", one.answer)) <= 5
    assert len(one.answer.split()) <= 100
    assert one.experiments
    assert explain(*one.words)


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_its_percentages_were_measured(one: Question):
    found = [figure for source in one.sources for figure in measured(source)]
    for text in set(re.findall(r"\d+(?:\.\d+)?%", one.answer)) - NOT_MEASURED:
        written = text.rstrip("%")
        digits = len(written.partition(".")[2])
        assert any(f"{figure:.{digits}f}" == written for figure in found), text


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda one: one.label)
def test_an_experiment_leads_where_it_says(experiment: Experiment):
    trained = experiment.trained
    if trained is None:
        assert experiment.page in ("browse", "draw", "mistakes", "train")
        assert experiment.query.get("model", "mlp-784") in CARDS
        return
    size_limits.check(trained, trained.settings)
    if text := experiment.address.get("design"):
        assert experiment.address["view"] == "own"
        opened = design.from_text(text)
        assert (opened.layers, opened.settings) == (trained.layers, trained.settings)
        return
    base = recipes.get(experiment.address["recipe"])
    assert base.layers == trained.layers
    assert (
        settings_text.from_text(base.settings, experiment.address["settings"]) == trained.settings
    )


def test_what_is_changed_in_an_experiment_is_different_from_the_recipe():
    for experiment in EXPERIMENTS:
        if experiment.recipe and experiment.settings:
            assert experiment.trained.settings != recipes.get(experiment.recipe).settings


def test_figures_that_follow_from_the_network_are_right():
    answers = {one.name: one.answer for one in QUESTIONS}
    assert f"{recipes.get('mlp-784').parameters:,}" in answers["parameters"]
    mistakes = (CARDS["cnn-larger"].mistakes, CARDS["mlp-784"].mistakes)
    assert "{} mistakes instead of {}".format(*mistakes) in answers["neurons"]
