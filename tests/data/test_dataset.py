import hashlib
import struct

import numpy as np
import pytest

from mnist_core.data import dataset

ORIGINALS = {
    # From the four IDX files as first published.
    ("train", "images"): "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ("train", "labels"): "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ("test", "images"): "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ("test", "labels"): "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


@pytest.mark.parametrize("name", dataset.SETS)
def test_every_byte_is_that_of_the_original_files(name):
    digits = dataset.load(name)
    count = len(digits)
    headers = {
        "images": struct.pack(">IIII", 0x803, count, dataset.SIDE, dataset.SIDE),
        "labels": struct.pack(">II", 0x801, count),
    }
    for part, header in headers.items():
        content = header + getattr(digits, part).tobytes()
        assert hashlib.sha256(content).hexdigest() == ORIGINALS[name, part]


def test_the_elements_the_tutorials_talk_about():
    digits = dataset.load("train")
    assert digits.images.shape == (60_000, 28, 28)
    assert digits.images.dtype == digits.labels.dtype == np.uint8
    assert digits.labels[[200, 500]].tolist() == [1, 3]
    assert digits.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    scaled = digits.images / 255
    assert scaled.mean() == pytest.approx(0.13066, abs=5e-6)
    assert scaled.std() == pytest.approx(0.30811, abs=5e-6)


def test_indices_are_in_file_order_and_by_label():
    digits = dataset.load("test")
    counts = [len(digits.indices(label)) for label in range(10)]
    assert counts == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert digits.indices().tolist() == list(range(10_000))
    sevens = digits.indices(7)
    assert sevens[0] == 0
    assert (np.diff(sevens) > 0).all()
    assert (digits.labels[sevens] == 7).all()


def test_shared_arrays_cannot_be_written():
    digits = dataset.load("test")
    with pytest.raises(ValueError, match="read-only"):
        digits.images[0, 0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        digits.labels[0] = 1


@pytest.mark.parametrize("name", ["", "TRAIN", "../test", "validation"])
def test_an_unknown_set_is_named_with_those_there_are(name):
    with pytest.raises(ValueError, match="train and test"):
        dataset.load(name)
