"""Browse, more like this: by pixels and by what a network sees, side by side."""

import pytest

from mnist_core.data import dataset, neighbours
from tests.visiting import address, has, picks, sent, text, visit


def test_element_500_and_its_neighbours_of_both_kinds():
    app = visit("browse", view="alike", index="500")
    assert not app.exception
    training, seen = dataset.load("train"), neighbours.features()
    for key, rows in (("similar-pixels", training.images), ("similar-to-network", seen["train"])):
        found = neighbours.nearest(rows[500], rows, 20, exclude=500)
        said = sent(app, key)
        assert said["captions"] == [str(label) for label in training.labels[found.elements]]
        assert said["alternatives"][0] == (
            f"Element {found.elements[0]}, labelled {training.labels[found.elements[0]]}, "
            "number 1 by similarity"
        )
        one = str(found.elements[0])
        # From image to image.
        assert address(picks(visit("browse", view="alike", index="500"), key, 0))["index"] == one
    assert "of 20 are labelled 3" in text(app)


def test_a_test_image_among_the_training_images():
    app = visit("browse", view="alike", set="test", index="0")
    assert "All 20 are labelled 7, too." in text(app)
    assert address(app)["set"] == "test"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"index": "60000"}, "There is no element 60000 in the training set; showing element 0."),
        ({"set": "../etc"}, "MNIST has no such set; showing the training set."),
    ],
)
def test_an_address_that_cannot_be_had_gives_the_page_and_a_sentence(query, sentence):
    app = visit("browse", view="alike", **query)
    assert not app.exception
    assert [one.value for one in app.info] == [sentence]
    assert has(app, "similar-pixels")
