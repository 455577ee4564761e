"""Mistakes, "In numbers": each digit's figures, the tutorial's way, the files."""

import pytest

from mnist_core.analysis import evaluation
from mnist_core.analysis.precision_recall import scores
from mnist_core.data import dataset
from mnist_core.models import store
from tests.visiting import address, has, sent, text, visit

SLOW = "mlp-800-sgd"


@pytest.fixture(scope="module")
def report():
    return evaluation.evaluate(store.test_probabilities(SLOW), dataset.load("test").labels)


def test_precision_recall_and_f1_of_each_digit(report):
    app = visit("mistakes", view="table", model=SLOW)
    assert not app.exception
    table = sent(app, "each-digit")
    found = scores(report.confusion)
    for name, shares in (
        ("precision", found.precision),
        ("recall", found.recall),
        ("F1", found.f1),
    ):
        column = [row[table["titles"].index(name)] for row in table["rows"]]
        assert column == [f"{share * 100:.2f}%" for share in shares]
    assert f"Hardest for this network: the {found.f1.argmin()}" in text(app)


def test_the_tutorials_argmin_finds_test_image_8():
    app = visit("mistakes", view="table", model=SLOW)
    assert "92 of the first 100 agree" in text(app)
    assert "test image **8**: labelled 5, read as 6. The tutorial found the same one." in text(app)
    assert "np.argmin(predictions == labels)                # 8" in app.code[0].value
    assert sent(app, "first")["captions"][8] == "5 ✗ 6"


def test_where_nothing_is_wrong_it_warns_of_the_trap_and_offers_another_network():
    app = visit("mistakes", view="table", model="cnn-larger")
    assert "100 of the first 100 agree" in text(app)
    assert "argmin still says 0" in text(app)
    (button,) = (button for button in app.button if "The slow learner" in button.label)
    button.click().run()
    assert address(app)["model"] == SLOW
    assert "The tutorial found the same one." in text(app)


def test_the_mistakes_can_be_taken_home():
    app = visit("mistakes", view="table", model=SLOW)
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels == ["All mistakes as a table (CSV)", "All mistakes as a picture (PNG)"]


def test_what_steers_other_views_does_no_harm():
    app = visit("mistakes", view="table", index="nine", label="x", page="0")
    assert not app.exception
    assert has(app, "first")
