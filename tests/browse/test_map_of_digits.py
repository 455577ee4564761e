"""Browse, the map: what is sent to the browser, and what comes back."""

from base64 import b64decode

import numpy as np
import pytest

from mnist_core.data import dataset, digit_map
from mnist_core.models import store
from tests.visiting import address, has, sent, text, visit
from ui.widgets.digit_map.digit_map import centres, selected_positions


def _sent(app, name, kind=np.uint8):
    return np.frombuffer(b64decode(sent(app, "map")[name]), kind)


def test_the_dots_have_the_places_of_the_map_and_the_colours_of_the_labels():
    app = visit("browse", view="map")
    assert not app.exception
    labels = dataset.load("test").labels
    assert np.array_equal(_sent(app, "groups"), labels)
    assert np.array_equal(_sent(app, "labels"), labels)
    places = digit_map.quantised(digit_map.load("umap"))
    assert np.array_equal(_sent(app, "positions", "<u2").reshape(-1, 2), places)
    assert sent(app, "map")["sprite"].endswith(".png")
    assert "Draw a line around some dots" in text(app)


def test_coloured_by_what_a_network_says():
    app = visit("browse", view="map", way="tsne", colour="mlp-784")
    said = store.test_probabilities("mlp-784").argmax(axis=1)
    assert np.array_equal(_sent(app, "groups"), said)
    wrong = int((said != dataset.load("test").labels).sum())
    assert f"Ringed: the {wrong}" in text(app)
    assert "t-SNE tries" in text(app)


def test_selected_dots_are_shown_as_a_grid():
    app = visit("browse", view="map", page="2")
    app.session_state["map-selected"] = list(range(150))
    app.run()
    assert "150 images selected" in text(app)
    counts = np.bincount(dataset.load("test").labels[:150], minlength=10)
    assert f"{counts.max()} labelled **{counts.argmax()}**" in text(app)
    assert sent(app, "selected")["alternatives"][0].startswith("Test image 0,")
    app = visit("browse", view="map")
    assert address(app) == {"view": "map", "way": "umap", "colour": "label"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"way": "lda"}, "There is no such map; showing UMAP."),
        ({"colour": "<script>"}, "There is no such network; showing the labels."),
    ],
)
def test_an_address_that_cannot_be_had_gives_the_page_and_a_sentence(query, sentence):
    app = visit("browse", view="map", **query)
    assert not app.exception
    assert [one.value for one in app.info] == [sentence]
    assert has(app, "map")


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ([3, 1, 1], [1, 3]),
        ([-1, 5, 10, 1.0, True, "2", None, [4]], [5]),
        ("0123", []),
        (None, []),
        ({"0": 1}, []),
        (list(range(11)), []),
    ],
)
def test_only_what_makes_sense_is_taken_from_the_browser(said, understood):
    assert selected_positions({"selected": said}, 10) == understood
    assert selected_positions(None, 10) == []


def test_a_name_goes_where_most_of_its_dots_are():
    places = np.array([[0, 0], [1, 0], [9, 9]], np.float32)
    groups = np.array([4, 4, 4], np.uint8)
    assert centres(places, groups) == [None] * 4 + [1] + [None] * 5
