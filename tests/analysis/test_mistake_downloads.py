"""The mistakes as a table and as a picture."""

import csv
from io import BytesIO, StringIO

import numpy as np
import pytest
from PIL import Image

from mnist_core.analysis.mistake_downloads import picture, table


def test_the_table_reads_back():
    chances = np.eye(10)[[3, 5, 7]] * 0.9 + 0.01
    rows = list(csv.DictReader(StringIO(table(chances, [3, 6, 1], [2, 1]).decode())))
    assert [row["test_image"] for row in rows] == ["2", "1"]
    assert [(row["label"], row["prediction"]) for row in rows] == [("1", "7"), ("6", "5")]
    assert float(rows[0]["confidence"]) == pytest.approx(0.91)
    assert sum(float(rows[0][f"probability_{digit}"]) for digit in range(10)) == pytest.approx(1)


def test_the_picture_shows_every_mistake_as_dark_ink_on_white():
    images = np.zeros((12, 28, 28), np.uint8)
    images[11, 5, 6] = 255
    sheet = Image.open(BytesIO(picture(images, range(12), range(12), range(12))))
    assert sheet.size == (10 * 60 + 4, 2 * 74 + 4)
    pixels = np.asarray(sheet)
    # Twelfth tile: second row, second column; two pixels of the picture to a pixel of MNIST.
    tile = pixels[4 + 74 : 4 + 74 + 56, 4 + 60 : 4 + 60 + 56]
    assert (tile == 0).sum() == 4
    assert tile[10, 12] == 0


def test_no_mistake_no_picture():
    with pytest.raises(ValueError, match="no mistake to draw"):
        picture(np.zeros((1, 28, 28), np.uint8), [1], [1], [])
