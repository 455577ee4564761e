"""The shape of the data on the page: averages, typical digits, and what the sentences say."""

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from mnist_core.data import dataset
from tests.visiting import address, sent, text, visit
from ui.browse import shape


@pytest.mark.parametrize("name", dataset.SETS)
def test_averages_and_charts_of_both_sets(name):
    app = visit("browse", view="shape", set=name)
    assert not app.exception
    digits = dataset.load(name)
    ink = np.asarray(Image.open(BytesIO(b64decode(sent(app, "means")["sprite"]))).convert("RGBA"))
    mean = digits.images[digits.labels == 3].mean(axis=0)
    assert np.abs(ink[:, 3 * 28 : 4 * 28, 3] - mean).max() < 0.51
    counts = np.bincount(digits.labels)
    drawn = [bar["box"][1] for bar in sent(app, "counts")["bars"]]
    assert drawn == counts.tolist()
    for measure in ("slant", "thickness", "width"):
        assert len(sent(app, measure)["bars"]) == 10
        assert sent(app, measure)["alternative"] in text(app)
    most = counts.max()
    assert f"{most:,} are labelled 1" in text(app)


def test_a_typical_digit_opens():
    app = visit("browse", view="shape", set="test")
    alternatives = sent(app, "typical")["alternatives"]
    number = int(alternatives[5].rsplit(" ", 1)[1])
    assert dataset.load("test").labels[number] == 5
    assert alternatives[5].startswith("The most typical 5")


def test_another_set():
    app = visit("browse", view="shape")
    assert "60,000 images of the training set" in text(app)
    app.radio(key="browse-set").set_value("test").run()
    assert address(app)["set"] == "test"
    assert "10,000 images of the test set" in text(app)


def test_the_view_draws_what_the_core_measured():
    assert shape.SHARES[shape._MEDIAN] == 0.5
