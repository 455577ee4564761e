"""How robust is it? The page measures a little at every run, and keeps it."""

import shutil

import pytest

from mnist_core.analysis.robustness import PERTURBATIONS, Measurements, evaluation_subset
from mnist_core.charts.trust_charts import robustness_chart
from mnist_core.data import dataset
from mnist_core.models import store
from mnist_core.networks import recipes
from tests.visiting import address, sent, text, visit
from ui.mistakes import robustness

MODEL = "mlp-800-sgd"


def _kept(models_directory, change):
    return list((models_directory / ".robustness").glob(f"{change}-*.json"))


def _run_until_measured(app, models_directory, change, networks=1):
    for _ in range(40):
        app.run()
        assert not app.exception
        if not app.get("progress"):
            return
    pytest.fail("never done")


def test_it_measures_bit_by_bit_and_shows_what_it_has(models_directory, monkeypatch):
    monkeypatch.setattr(robustness, "_MEASURING_SECONDS", 0.001)
    app = visit("mistakes", view="robust", model=MODEL, change="blur")
    assert not app.exception
    assert "nothing measured yet" in text(app)
    assert len(_kept(models_directory, "blur")) == 1
    app.run()
    assert "nothing measured yet" not in text(app)
    assert app.get("progress")
    _run_until_measured(app, models_directory, "blur")
    (card,) = (card for card in store.list_models() if card.name == MODEL)
    sha256 = card.files[store.LITERT].sha256
    kept = Measurements("blur", sha256, models_directory / ".robustness")
    assert kept.missing == []
    unchanged = evaluation_subset(dataset.load("test"))
    right = store.test_probabilities(MODEL)[::5].argmax(1) == unchanged.labels
    reads = f"**{card.title}** reads {right.mean() * 100:.1f}% of the unchanged images correctly"
    assert reads in text(app)
    assert kept.accuracies[0] == right.mean()


def test_who_comes_back_finds_it_measured(models_directory):
    app = visit("mistakes", view="robust", model=MODEL, change="size")
    _run_until_measured(app, models_directory, "size")
    again = visit("mistakes", view="robust", model=MODEL, change="size")
    assert not again.get("progress")


def test_up_to_three_networks():
    app = visit("mistakes", view="robust", model=MODEL)
    app.multiselect(key="mistakes-with").set_value(["mlp-784", "cnn-larger"]).run()
    assert not app.exception
    assert address(app)["with"] == "mlp-784&cnn-larger"
    for name in (MODEL, "mlp-784", "cnn-larger"):
        assert f"**{recipes.get(name).title}**" in text(app)


def test_one_digit_at_every_level():
    app = visit("mistakes", view="robust", model=MODEL, change="turn")
    captions = sent(app, "samples")["captions"]
    assert len(captions) == len(PERTURBATIONS["turn"].levels)
    assert captions[5] == "0\nsays 7"


def test_another_change_stays_in_the_address():
    app = visit("mistakes", view="robust", model=MODEL)
    app.selectbox(key="mistakes-change").set_value("noise").run()
    assert address(app)["change"] == "noise"


@pytest.mark.parametrize("change", ["", "../turn", "Rotation"])
def test_a_change_that_there_is_not(change, monkeypatch):
    monkeypatch.setattr(robustness, "_MEASURING_SECONDS", 0.001)
    app = visit("mistakes", view="robust", model=MODEL, change=change)
    assert not app.exception
    assert app.info[0].value == "There is no such change; showing Rotation."


def test_a_damaged_model_is_a_sentence(models_directory):
    damaged = models_directory / "damaged"
    shutil.copytree(store.SHIPPED / MODEL, damaged)
    (damaged / store.LITERT).write_bytes(b"no network")
    app = visit("mistakes", view="robust", model="damaged")
    assert not app.exception
    assert any("The model damaged is damaged" in error.value for error in app.error)


def test_the_chart_keeps_its_axes_while_it_fills():
    change = PERTURBATIONS["shift"]
    empty = robustness_chart(change, {"a": {}, "b": {}})
    full = robustness_chart(change, {"a": {0: 0.9, -6: 0.2}, "b": {0: 0.8}})
    assert (empty.x, empty.y) == (full.x, full.y)
    assert full.lines[0].x == (-6, 0)
    assert full.lines[0].y == (20, 90)
    assert full.lines[0].tooltips[0] == "a: 20.0% correct at −6 pixels to the right."
    assert len({(line.colour, line.symbol, line.dash) for line in full.lines}) == 2
