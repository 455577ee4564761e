"""Addresses that people have go on working: links in blogs, bookmarks, what others were sent.

Every view and every parameter that an address could have when there were seven views in a row on a
page. A view that moves or is renamed must still open by its old name.
"""

import pytest

from tests.visiting import address, has, text, visit

ADDRESSES = [
    # Page, what stands after the "?", a component that only the right view has, and what it says.
    ("home", {}, None, ""),
    ("browse", {}, "large", "Labelled 5"),
    ("browse", {"set": "train", "index": "500"}, "large", "Three? Or maybe two?"),
    ("browse", {"view": "element", "set": "test", "index": "8"}, "large", "Labelled 5"),
    ("browse", {"index": "3", "digit": "9"}, "gallery-digit", "images labelled 9"),
    (
        "browse",
        {"set": "test", "digit": "4", "page": "2"},
        "gallery-digit",
        "982 images labelled 4",
    ),
    ("browse", {"view": "doubtful"}, "doubtful", "The most doubtful labels"),
    ("browse", {"view": "doubtful", "guess": "3", "digit": "9"}, "doubtful", "What would you say"),
    ("browse", {"view": "doubtful", "page": "2"}, "doubtful", "The most doubtful labels"),
    ("browse", {"view": "alike", "set": "test", "index": "8"}, "similar-pixels", "Labelled 5"),
    ("browse", {"view": "map"}, "map", "Each dot is a test image"),
    ("browse", {"view": "map", "way": "tsne", "colour": "mlp-784"}, "map", "t-SNE tries"),
    ("browse", {"view": "map", "way": "pca", "page": "1"}, "map", "PCA views"),
    ("browse", {"view": "preparation", "index": "500"}, "preparation", "receives of this 3"),
    ("browse", {"view": "sheets", "set": "test", "order": "label"}, "sheet", "images of the test"),
    ("browse", {"view": "sheets", "order": "doubt"}, "sheet", "60,000 images"),
    ("browse", {"view": "shape", "set": "test"}, "counts", "Average and typical"),
    ("train", {}, "first-networks", ""),
    ("train", {"recipe": "cnn-simple"}, None, ""),
    ("train", {"view": "train", "recipe": "mlp-800-sgd"}, None, ""),
    ("train", {"view": "own"}, "own-architecture", ""),
    ("train", {"view": "series"}, None, "series"),
    ("train", {"view": "runs"}, None, ""),
    (
        "train",
        {"view": "runs", "open": "mlp-784", "run": "cnn-simple", "network": "mlp-784"},
        None,
        "",
    ),
    ("train", {"view": "runs", "which": "all", "sort": "newest"}, None, ""),
    ("draw", {}, None, ""),
    ("draw", {"view": "draw", "model": "mlp-784"}, None, ""),
    ("draw", {"view": "photo"}, None, ""),
    ("draw", {"view": "score", "model": "mlp-784"}, None, ""),
    ("mistakes", {"model": "mlp-784", "index": "8"}, "gallery", "A 5, read correctly"),
    ("mistakes", {"model": "cnn-32-32", "label": "4", "predicted": "9"}, "confusion", "labelled 4"),
    ("mistakes", {"view": "matrix", "numbers": "row"}, "confusion", "Click a number"),
    ("mistakes", {"model": "mlp-784", "page": "2"}, "confusion", "Click a number"),
    ("mistakes", {"view": "compare", "other": "mlp-784"}, "mistakes-ask", ""),
    ("mistakes", {"view": "compare", "ask": "pair", "part": "both"}, "mistakes-part", ""),
    ("mistakes", {"view": "compare", "ask": "hard", "failed": "0"}, "mistakes-failed", "Misread"),
    ("mistakes", {"view": "compare", "ask": "climb"}, "left", "It starts at"),
    ("mistakes", {"view": "labels", "index": "6651"}, "audited", "Five people looked"),
    ("mistakes", {"view": "table", "model": "mlp-784"}, "each-digit", "Hardest for this network"),
    ("mistakes", {"view": "why", "model": "mlp-784", "index": "8"}, "occlusion", "Why is this 5"),
    ("mistakes", {"view": "sure", "model": "mlp-784"}, "reliability", "as sure as it should be"),
    ("mistakes", {"view": "robust", "change": "blur", "model": "mlp-784"}, "robustness", "fifth"),
    ("mistakes", {"view": "robust", "with": "mlp-784", "model": "mlp-800-sgd"}, "robustness", ""),
]


@pytest.mark.parametrize(("name", "query", "component", "words"), ADDRESSES)
def test_an_address_of_before_opens_what_it_did(name, query, component, words):
    app = visit(name, **query)
    assert not app.exception
    # A refusal is a notice above the view.
    assert not [note.value for note in app.info if "; showing " in note.value]
    assert component is None or has(app, component)
    assert words in text(app)
    if query:
        assert query.items() <= address(app).items()
