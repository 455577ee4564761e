"""How sure, how right? Figures of the page against scikit-learn's and counting by hand."""

import shutil

import msgspec
import numpy as np
import pytest

from mnist_core.analysis import calibration
from mnist_core.charts.trust_charts import abstention_curve, reliability_diagram
from mnist_core.data import dataset
from mnist_core.models import store
from tests.visiting import text, visit
from ui.mistakes.confidence import finding, judgement

MODEL = "mlp-784"


@pytest.fixture(scope="module")
def labels():
    return dataset.load("test").labels


@pytest.fixture(scope="module")
def answers():
    return store.test_probabilities(MODEL)


def _metrics(app):
    return {metric.label: metric.value for metric in app.metric}


def test_the_error_before_and_after_its_temperature(answers, labels):
    app = visit("mistakes", view="sure", model=MODEL)
    assert not app.exception
    (card,) = (card for card in store.list_models() if card.name == MODEL)
    before = calibration.reliability(answers, labels).error
    cooled = calibration.with_temperature(answers, card.temperature)
    after = calibration.reliability(cooled, labels).error
    assert after < before
    assert _metrics(app) == {
        "Calibration error": f"{before * 100:.2f}%",
        f"With temperature {card.temperature:.2f}": f"{after * 100:.2f}%",
    }
    assert "surer than it should be" in text(app)


def test_a_network_without_a_temperature_says_so(models_directory):
    folder = models_directory / "mine"
    shutil.copytree(store.SHIPPED / MODEL, folder)
    fields = msgspec.json.decode((folder / store.CARD).read_bytes())
    fields.pop("temperature", None)
    (folder / store.CARD).write_bytes(msgspec.json.encode(fields))
    app = visit("mistakes", view="sure", model="mine")
    assert not app.exception
    assert list(_metrics(app)) == ["Calibration error"]
    assert "No temperature was fitted for this network" in app.info[0].value


@pytest.mark.parametrize("damage", [0, -1, "hot"])
def test_an_impossible_temperature_is_a_broken_card(models_directory, damage):
    folder = models_directory / "mine"
    shutil.copytree(store.SHIPPED / MODEL, folder)
    fields = msgspec.json.decode((folder / store.CARD).read_bytes())
    (folder / store.CARD).write_bytes(msgspec.json.encode(fields | {"temperature": damage}))
    assert "mine" in store.scan()[1]


def test_silence_counted_by_hand(answers, labels):
    app = visit("mistakes", view="sure", model=MODEL)
    app.slider(key="abstention-share").set_value(20).run()
    kept = np.argsort(-answers.max(axis=1), kind="stable")[:8000]
    wrong = (answers[kept].argmax(axis=1) != labels[kept]).sum()
    assert "It answers 8,000 of 10,000 images" in text(app)
    assert f"with {wrong} mistake{'' if wrong == 1 else 's'} instead of" in text(app)


def test_judgement_and_finding_in_words():
    assert judgement(0.99, 0.95) == "surer than it should be"
    assert judgement(0.81, 0.90) == "less sure than it could be"
    assert judgement(0.991, 0.99) == "about as sure as it should be"
    assert finding(np.array([0.98, 0.9995])).startswith("If it skips the 50.0%")
    assert finding(np.array([0.98, 0.99])).startswith("However much")
    assert "even when it must always answer" in finding(np.array([0.9991]))


def test_the_diagram_holds_the_filled_bins_and_no_more(answers, labels):
    found = calibration.reliability(answers, labels)
    ideal, line = reliability_diagram({"as it is": found}).lines
    assert ideal.x == ideal.y == (0, 100)
    assert len(line.x) == (found.counts > 0).sum()
    counts = [int(sentence.split(" ")[0].replace(",", "")) for sentence in line.tooltips]
    assert sum(counts) == 10_000


def test_the_curve_begins_with_the_accuracy(answers, labels):
    left = calibration.selective_accuracy(answers, labels)
    (line,) = abstention_curve(left).lines
    assert line.y[0] == pytest.approx(100 * (answers.argmax(1) == labels).mean())
    assert line.x[-1] == pytest.approx(90)
