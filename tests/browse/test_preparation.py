"""One image, understood: what is sent to the browser is what the core computed."""

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from mnist_core.data import dataset, preparation
from tests.visiting import address, sent, text, visit


def _ink(data):
    return np.asarray(Image.open(BytesIO(b64decode(data))).convert("RGBA"))[..., 3]


def test_every_step_of_element_500():
    app = visit("browse", view="preparation", index="500")
    assert not app.exception
    train = dataset.load("train")
    data = sent(app, "preparation")
    raw, divided, zero_mean = data["scales"]
    image = train.images[500]
    assert raw["numbers"] == image.ravel().tolist()
    assert divided["numbers"] == pytest.approx((image / 255).ravel(), abs=5e-4)
    expected = preparation.standardised(image, preparation.pixel_statistics(train.images))
    assert zero_mean["numbers"] == pytest.approx(expected.ravel(), abs=5e-3)
    assert zero_mean["range"] == "here from −0.42 to 2.82"
    assert "0.13066" in zero_mean["why"]
    assert "0.30811" in zero_mean["why"]
    assert np.array_equal(_ink(data["strip"]), image.reshape(1, 784))
    ink, below = np.split(_ink(zero_mean["masks"]), 2)
    assert np.array_equal(ink > 0, expected > 0)
    assert np.array_equal(below > 0, expected < 0)


@pytest.mark.parametrize("label", range(10))
def test_the_label_as_one_hot(label):
    index = int(dataset.load("test").indices(label)[0])
    app = visit("browse", view="preparation", set="test", index=str(index))
    assert not app.exception
    one_hot, as_number, as_one_hot = (row["values"] for row in sent(app, "one-hot")["rows"])
    assert one_hot == [int(digit == label) for digit in range(10)]
    assert as_number[label] == as_one_hot[label] == 0
    assert f"a 1 at place {label}" in text(app)


def test_the_element_stays_when_the_view_changes():
    app = visit("browse", set="test", index="8")
    app.query_params["view"] = "preparation"
    app.run()
    assert (address(app)["set"], address(app)["index"]) == ("test", "8")
    assert "Element 8 of the test set" in text(app)


def test_a_bad_address_gives_the_view_and_a_sentence():
    app = visit("browse", view="preparation", set="x", index="-3")
    assert not app.exception
    assert [note.value.split(";")[0] for note in app.info] == [
        "MNIST has no such set",
        "There is no element -3 in the training set",
    ]
