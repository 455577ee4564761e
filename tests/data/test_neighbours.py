"""The nearest training images: the same as by the plainest calculation, in every case."""

import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from mnist_core.data import dataset, neighbours


@pytest.fixture(scope="module")
def training():
    return dataset.load("train")


def _plainly(point, rows, count, exclude=None):
    distances = np.sqrt(((rows.astype(float) - point) ** 2).reshape(len(rows), -1).sum(axis=1))
    order = [row for row in np.argsort(distances, kind="stable") if row != exclude][:count]
    return order, distances[order]


@given(
    arrays.arrays(np.uint8, some.tuples(some.integers(1, 40), some.just(3))),
    some.integers(1, 50),
    some.booleans(),
)
def test_the_result_is_that_of_the_simplest_calculation(rows, count, itself):
    without = 0 if itself else None
    found = neighbours.nearest(rows[0], rows, count, exclude=without)
    _, distances = _plainly(rows[0], rows, count, without)
    assert found.distances == pytest.approx(distances)
    assert len(set(found.elements.tolist())) == len(found.elements)
    assert without not in found.elements.tolist()


@pytest.mark.parametrize("element", [500, 8, 59_999])
def test_the_nearest_by_pixels_among_all_60_000(training, element):
    found = neighbours.nearest(training.images[element], training.images, 12, exclude=element)
    expected, distances = _plainly(
        training.images[element].astype(float), training.images, 12, element
    )
    assert found.elements.tolist() == expected
    assert found.distances == pytest.approx(distances, abs=1e-9)


def test_an_image_is_nearest_to_itself(training):
    found = neighbours.nearest(training.images[7], training.images, 1)
    assert (found.elements.tolist(), found.distances.tolist()) == ([7], [0.0])


def test_the_search_is_quick_and_takes_little_memory(training):
    seconds = []
    for element in range(5):
        began = time.process_time()
        neighbours.nearest(training.images[element], training.images, 20, exclude=element)
        seconds.append(time.process_time() - began)
    assert min(seconds) < 0.3
    tracemalloc.start()
    neighbours.nearest(training.images[0], training.images, 20)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_what_a_network_sees_is_shipped_for_every_image():
    seen = neighbours.features()
    assert seen["train"].shape == (60_000, 32)
    assert seen["test"].shape == (10_000, 32)
    assert seen["train"].dtype == seen["test"].dtype == np.uint8
    assert not seen["train"].flags.writeable
    assert neighbours.FILE.stat().st_size < 4_000_000


def test_images_that_are_alike_to_a_network_have_the_same_label(training):
    seen, test = neighbours.features(), dataset.load("test")
    right = [
        training.labels[neighbours.nearest(seen["test"][one], seen["train"], 1).elements[0]]
        == test.labels[one]
        for one in range(0, 10_000, 50)
    ]
    assert np.mean(right) > 0.97


@pytest.mark.parametrize(
    "point", [np.zeros(4, np.uint8), np.zeros((3, 1), np.uint8), np.zeros(3), [0.5, 1, 2]]
)
def test_a_point_must_be_like_the_rows(point):
    with pytest.raises(ValueError, match="A point needs bytes"):
        neighbours.nearest(point, np.zeros((5, 3), np.uint8), 1)
