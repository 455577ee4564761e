"""The sheets on the page: the browser gets the tiles it asks for, whatever it says."""

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from mnist_core.data import contact_sheet, dataset
from tests.visiting import address, sent, text, visit
from ui.widgets.zoomable_sheet.zoomable_sheet import MOST_TILES, overview_level, read_wanted

TEST = contact_sheet.arrange(dataset.load("test"), "file")


def _ink(tile):
    return np.asarray(Image.open(BytesIO(b64decode(tile["png"]))).convert("RGBA"))[..., 3]


def test_it_begins_with_an_overview_of_all_training_images():
    app = visit("browse", view="sheets")
    assert not app.exception
    data = sent(app, "sheet")
    assert (data["columns"], data["rows"], data["count"]) == (245, 245, 60_000)
    assert [tile["at"] for tile in data["tiles"]] == [[2, c, r] for r in (0, 1) for c in (0, 1)]
    small = contact_sheet.downscaled(dataset.load("train").images[:1], 2)[0]
    assert np.array_equal(_ink(data["tiles"][0])[:2, :2], small)


def test_another_set_and_order():
    app = visit("browse", view="sheets")
    app.selectbox(key="browse-order").set_value("doubt").run()
    assert address(app)["order"] == "doubt"
    app.radio(key="browse-set").set_value("test").run()
    assert not app.info
    data = sent(app, "sheet")
    assert data["name"] == "test/file"
    assert data["columns"] == 100
    assert "All 10,000 images" in text(app)


def test_an_order_that_the_set_has_not():
    app = visit("browse", view="sheets", set="test", order="doubt")
    assert not app.exception
    assert app.info[0].value.startswith("This set has no such order; showing it in file order.")


def test_the_tiles_asked_for():
    said = {"name": "test/file", "tiles": [[28, 0, 0], [14, 5, 5]]}
    assert read_wanted(said, "test/file", TEST) == [(28, 0, 0), (14, 5, 5)]
    many = {"name": "test/file", "tiles": [[28, 0, 0]] * 999}
    assert len(read_wanted(many, "test/file", TEST)) == MOST_TILES


BAD_TILES: tuple[object, ...] = (
    *([28, 12, 0], [28, 0, 12], [28, -1, 0], [3, 0, 0], [28, 0], [28, 0, 0, 0]),
    *(["28", 0, 0], [28.0, 0, 0], [True, 0, 0], None, {}, "abc", [28, 10**30, 0]),
)


@pytest.mark.parametrize("tile", BAD_TILES)
def test_a_tile_that_does_not_exist_is_not_sent(tile):
    assert read_wanted({"name": "test/file", "tiles": [tile]}, "test/file", TEST) == []


NONSENSE: tuple[object, ...] = (
    None,
    1,
    "x",
    [],
    {},
    {"name": "train/file", "tiles": []},
    {"name": "test/file"},
)


@pytest.mark.parametrize("said", NONSENSE)
def test_who_asks_for_nothing_gets_the_overview(said):
    level = overview_level(TEST)
    assert level == 4
    assert read_wanted(said, "test/file", TEST) == [
        (4, 0, 0), (4, 1, 0), (4, 0, 1), (4, 1, 1),
    ]  # fmt: skip
