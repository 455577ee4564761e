"""What is in MNIST? Any element, its label, its numbers; the gallery; the address."""

from base64 import b64decode

import numpy as np
import pytest

from mnist_core.data import dataset
from tests.visiting import address, has, picks, says, sent, text, visit


def _large(app):
    values = np.frombuffer(b64decode(sent(app, "large")["values"]), np.uint8)
    return values.reshape(28, 28)


def _press(app, title):
    (button,) = (button for button in app.button if button.label.startswith(title))
    return button.click().run()


def test_it_begins_with_the_first_training_image():
    app = visit("browse")
    assert not app.exception
    assert np.array_equal(_large(app), dataset.load("train").images[0])
    assert "Labelled 5" in text(app)
    assert address(app) == {}


def test_element_500_by_address_with_its_doubt():
    app = visit("browse", set="train", index="500")
    assert np.array_equal(_large(app), dataset.load("train").images[500])
    assert "Three? Or maybe two?" in text(app)
    gallery = sent(app, "gallery")
    assert gallery["alternatives"][gallery["selected"]] == "Element 500, labelled 3"


def test_element_500_and_200_are_one_click_away_from_anywhere():
    app = visit("browse", view="pages", set="test", index="7", digit="9")
    _press(app, "500")
    assert "Three? Or maybe two?" in text(app)
    assert address(app)["set"] == "train"
    assert address(app)["index"] == "500"
    _press(app, "200")
    assert np.array_equal(_large(app), dataset.load("train").images[200])
    assert "Labelled 1" in text(app)


@pytest.mark.parametrize(
    ("index", "ends"), [("0", (True, False)), ("500", (False, False)), ("59999", (False, True))]
)
def test_there_is_nothing_beyond_the_ends(index, ends):
    buttons = sent(visit("browse", index=index), "neighbours")
    assert (buttons["is_first"], buttons["is_last"]) == ends


def test_only_one_digit():
    app = visit("browse", index="500")
    picks(app, "gallery-digit", 4)
    threes = np.flatnonzero(dataset.load("train").labels == 3)
    assert f"{len(threes):,} images labelled 3" in text(app)
    assert set(sent(app, "gallery")["captions"]) == {"3"}
    assert sent(app, "neighbours")["forward"] == "Next 3"
    picks(app, "gallery-digit", 0)
    assert "digit" not in address(app)


def test_the_gallery_shows_the_page_with_the_open_element():
    app = visit("browse", view="pages", set="test", index="1234")
    alternatives = sent(app, "gallery")["alternatives"]
    assert alternatives[0].startswith("Element 1200,")
    assert alternatives[-1].startswith("Element 1299,")


def test_a_chosen_page_is_shown_even_without_the_open_element():
    app = visit("browse", set="test", index="1234", page="100")
    gallery = sent(app, "gallery")
    assert gallery["alternatives"][-1].startswith("Element 9999,")
    assert gallery["selected"] is None


def test_another_set_begins_at_its_beginning():
    app = visit("browse", view="pages", index="50000")
    app.radio(key="browse-set").set_value("test").run()
    assert np.array_equal(_large(app), dataset.load("test").images[0])
    assert not app.info


def test_a_number_typed():
    app = visit("browse")
    says(app, "browse-index", chosen={"counter": 0.5, "count": 1, "number": 31415})
    assert np.array_equal(_large(app), dataset.load("train").images[31415])
    assert address(app)["index"] == "31415"
    field = sent(app, "browse-index")
    assert field["handled"] == {"counter": 0.5, "count": 1}
    assert (field["value"], field["low"], field["high"]) == (31415, 0, 59999)


@pytest.mark.parametrize("number", [-1, 60000, 10**30, 7.5, True, "7", None, [7]])
def test_a_number_that_is_not_allowed_changes_nothing(number):
    app = visit("browse", index="500")
    says(app, "browse-index", chosen={"counter": 0.5, "count": 1, "number": number})
    assert not app.exception
    assert sent(app, "browse-index")["value"] == 500


def test_a_number_counts_once_whatever_else_is_chosen_later():
    app = visit("browse")
    typed = {"counter": 0.5, "count": 1, "number": 31415}
    says(app, "browse-index", chosen=typed)
    app.query_params["index"] = "7"
    # With every later click the browser says what it said before.
    says(app, "browse-index", chosen=typed)
    assert sent(app, "browse-index")["value"] == 7


def test_the_784_numbers_are_one_step_deeper():
    assert not has(visit("browse", index="500"), "numbers")
    app = visit("browse", index="500", view="pixels")
    assert sent(app, "numbers")["values"] == dataset.load("train").images[500].ravel().tolist()


def test_the_first_look_shows_the_tiles_around_the_open_element():
    gallery = sent(visit("browse", index="500"), "gallery")
    assert len(gallery["captions"]) == 20
    assert gallery["alternatives"][gallery["selected"]] == "Element 500, labelled 3"
    gallery = sent(visit("browse", set="test", index="9999", digit="4"), "gallery")
    assert gallery["selected"] is None
    assert gallery["alternatives"][-1].endswith("labelled 4")
    app = visit("browse")
    picks(app, "gallery", 3)
    assert address(app)["index"] == "3"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"index": "99999"}, "There is no element 99999 in the training set; showing element 0."),
        ({"index": "-1", "set": "test"}, "There is no element -1 in the test set"),
        ({"index": "<script>"}, "The address should give one whole number for “index”"),
        ({"index": "9" * 20}, "The address should give one whole number for “index”"),
        ({"set": "validation"}, "MNIST has no such set; showing the training set."),
        ({"set": "<script>"}, "MNIST has no such set; showing the training set."),
        ({"digit": "😀"}, "The address should give one whole number for “digit”"),
        ({"digit": "10"}, "There is no digit 10; showing all ten digits."),
        ({"page": "601"}, "There is no page 601; showing the one you need."),
        ({"view": "nowhere"}, "There is no such view; showing one by one."),
    ],
)
def test_an_address_that_is_not_allowed_gives_the_page_and_a_sentence(query, sentence):
    app = visit("browse", **query)
    assert not app.exception
    assert len(app.info) == 1
    assert app.info[0].value.startswith(sentence)
    assert has(app, "gallery")


def test_from_an_element_to_more_like_it():
    app = visit("browse", view="pixels", set="test", index="8")
    (button,) = (one for one in app.button if one.label == "Find more like this")
    button.click().run()
    assert not app.exception
    assert address(app) == {"view": "alike", "set": "test", "index": "8"}
    assert has(app, "similar-pixels")


@pytest.mark.parametrize(
    ("name", "links"), [("train", []), ("test", ["Why is it read like this?"])]
)
def test_only_a_test_image_links_to_why_it_is_read_like_this(name, links):
    app = visit("browse", view="pixels", set=name, index="8")
    labels = [one.proto.label for one in app.get("page_link")]
    assert [label for label in labels if label.startswith("Why")] == links
