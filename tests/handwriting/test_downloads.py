"""A scored hand as a table and as a picture."""

import csv
import io

import numpy as np
import pytest
from PIL import Image

from mnist_core.data import dataset
from mnist_core.handwriting import downloads
from mnist_core.handwriting.score import Handwriting, reading


def sample(count=20):
    digits = dataset.load("test")
    labels = digits.labels[:count].astype(np.int64)
    drawn = Handwriting(digits.images[:count], labels, np.repeat([1, 2], 10)[:count])
    said = labels.copy()
    said[:2] = (said[:2] + 1) % 10
    return drawn, reading("cnn-one", np.eye(10)[said], labels)


def test_the_table_has_a_line_for_each_drawing_and_a_column_for_each_network():
    drawn, one = sample()
    rows = list(csv.reader(io.StringIO(downloads.table(drawn, [one, one]).decode())))
    assert rows[0] == ["drawing", "round", "label", "cnn-one", "cnn-one"]
    assert len(rows) == 21
    assert rows[1] == ["1", "1", "7", "8", "8"]
    assert rows[20][:2] == ["20", "2"]


@pytest.mark.parametrize("count", [1, 10, 11, 20])
def test_the_picture_has_room_for_each_drawing(count):
    drawn, one = sample(count)
    data = downloads.picture(drawn, one, dataset.load("train").images[:count])
    picture = Image.open(io.BytesIO(data))
    assert picture.format == "PNG"
    rows = 1 if count <= 10 else 2
    assert picture.width > 1000
    assert 300 < picture.height / rows + (150 if rows == 2 else 0) < 500
    assert np.asarray(picture.convert("L")).min() < 40


def test_what_was_misread_is_in_another_colour():
    drawn, one = sample(1)
    wrong = Image.open(io.BytesIO(downloads.picture(drawn, one, drawn.images)))
    right = reading("cnn-one", np.eye(10)[drawn.labels], drawn.labels)
    calm = Image.open(io.BytesIO(downloads.picture(drawn, right, drawn.images)))

    def reds(picture):
        pixels = np.asarray(picture.convert("RGB")).astype(int)
        return int((pixels[..., 0] - pixels[..., 2] > 80).sum())

    assert reds(wrong) > 20
    assert reds(calm) == 0


def test_without_drawings_there_is_no_picture():
    drawn, one = sample(0)
    with pytest.raises(ValueError, match="no drawing"):
        downloads.picture(drawn, one, drawn.images)
