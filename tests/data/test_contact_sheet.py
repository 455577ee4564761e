"""The sheets: every digit in its place at every size, and the PNG is all of MNIST."""

from io import BytesIO
from itertools import cycle

import numpy as np
import pytest
from PIL import Image

from mnist_core.data import contact_sheet, dataset
from mnist_core.data.dataset import Digits
from tests.samples import first


@pytest.fixture(scope="module")
def train():
    return dataset.load("train")


def test_there_are_as_many_columns_as_in_the_tutorial(train):
    assert contact_sheet.arrange(train, "file").columns == 245
    sheet = contact_sheet.arrange(dataset.load("test"), "file")
    assert (sheet.columns, sheet.rows) == (100, 100)


def test_orders(train):
    assert contact_sheet.arrange(train, "file").elements[500] == 500
    by_label = contact_sheet.arrange(train, "label").elements
    assert (np.diff(train.labels[by_label].astype(int)) >= 0).all()
    assert np.array_equal(by_label[:5923], train.indices(0))
    few = first("test", 4)
    assert contact_sheet.arrange(few, "doubt", [0.1, 0.9, 0.1, 0.5]).elements.tolist() == [
        1,
        3,
        0,
        2,
    ]


@pytest.mark.parametrize(("by", "doubt"), [("doubt", None), ("colour", None), ("doubt", [1.0])])
def test_an_unknown_order_or_a_missing_doubt_is_an_error(by, doubt):
    with pytest.raises(ValueError, match=r"ordered|needs a number"):
        contact_sheet.arrange(first("test", 4), by, doubt)


@pytest.mark.parametrize("level", contact_sheet.LEVELS)
def test_tiles_put_together_are_the_whole_sheet(level):
    digits = first("test", 1103)
    sheet = contact_sheet.arrange(digits, "label")
    small = contact_sheet.downscaled(digits.images, level)
    across, down = sheet.tiles(level)
    # Made smaller before, or tile by tile, as they are asked for: the same pixels.
    rows = [
        [contact_sheet.tile(sheet, images, level, c, r) for c in range(across)]
        for r, images in zip(range(down), cycle((small, digits.images)))
    ]
    assert max(max(tile.shape) for row in rows for tile in row) <= contact_sheet.TILE
    found = np.block(rows)
    assert found.shape == (sheet.rows * level, sheet.columns * level)
    for place in range(sheet.rows * sheet.columns):
        row, column = divmod(place, sheet.columns)
        digit = found[row * level : (row + 1) * level, column * level : (column + 1) * level]
        if place < len(digits):
            assert np.array_equal(digit, small[sheet.elements[place]])
        else:
            assert not digit.any()


def test_a_level_is_averages_of_squares_with_more_ink_the_smaller():
    images = first("test", 50).images
    halves = contact_sheet.downscaled(images, 14)
    means = images.reshape(50, 14, 2, 14, 2).mean(axis=(2, 4))
    assert np.abs(halves - means).max() <= 0.5
    assert contact_sheet.downscaled(images, 28) is images
    assert contact_sheet.downscaled(np.full((1, 28, 28), 255, np.uint8), 1).tolist() == [[[255]]]
    with pytest.raises(ValueError, match="28, 14, 7"):
        contact_sheet.downscaled(images, 5)


@pytest.mark.parametrize(("column", "row"), [(-1, 0), (0, -1), (12, 0), (0, 12)])
def test_a_tile_outside_the_sheet_is_an_error(column, row):
    digits = dataset.load("test")
    with pytest.raises(ValueError, match="no tile"):
        contact_sheet.tile(contact_sheet.arrange(digits, "file"), digits.images, 28, column, row)


def test_the_png_is_the_sheet():
    digits = dataset.load("test")
    sheet = contact_sheet.arrange(digits, "label")
    picture = np.asarray(Image.open(BytesIO(contact_sheet.full_png(sheet, digits.images))))
    assert picture.shape == (2800, 2800)
    assert picture.dtype == np.uint8
    for place in (0, 99, 100, 9999):
        row, column = divmod(place, 100)
        found = picture[row * 28 : row * 28 + 28, column * 28 : column * 28 + 28]
        assert np.array_equal(255 - found, digits.images[sheet.elements[place]])


def test_positions_without_an_element_are_paper():
    digits = Digits(
        "test", *(part[:3] for part in (first("test", 3).images, np.zeros(3, np.uint8)))
    )
    picture = np.asarray(
        Image.open(
            BytesIO(contact_sheet.full_png(contact_sheet.arrange(digits, "file"), digits.images))
        )
    )
    assert picture.shape == (56, 56)
    assert (picture[28:, 28:] == 255).all()
