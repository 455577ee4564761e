"""How doubtful each label is: the ranking, and the file that came with the app."""

import numpy as np
import pytest

from mnist_core.data import dataset, doubtful_labels
from mnist_core.data.dataset import Digits
from mnist_core.data.doubtful_labels import LabelDoubt


@pytest.fixture(scope="module")
def shipped():
    return doubtful_labels.load()


@pytest.fixture(scope="module")
def training():
    return dataset.load("train")


def _doubt(*given):
    """Labels that the networks believe so much; the rest is a 5."""
    label = np.array(given, np.float32)
    return LabelDoubt(label, np.full(len(label), 5, np.uint8), 1 - label)


def test_the_least_probable_label_comes_first_and_ties_stay_in_file_order():
    found = _doubt(0.9, 0.1, 0.5, 0.1)
    assert found.order.tolist() == [1, 3, 2, 0]
    assert [found.rank(element) for element in range(4)] == [4, 1, 3, 2]
    assert found.disputed == 2
    assert found.alternative.tolist() == [5, 5, 5, 5]
    assert found.alternative_probability == pytest.approx([0.1, 0.9, 0.5, 0.9])


def test_the_most_doubtful_of_one_label():
    digits = Digits("train", np.zeros((4, 28, 28), np.uint8), np.array([3, 5, 3, 5], np.uint8))
    found = _doubt(0.9, 0.1, 0.2, 0.8)
    assert found.most_doubtful(digits).tolist() == [1, 2, 3, 0]
    assert found.most_doubtful(digits, 3).tolist() == [2, 0]
    assert found.most_doubtful(digits, 5, 1).tolist() == [1]
    assert found.most_doubtful(digits, 7).tolist() == []


@pytest.mark.parametrize("element", [-1, 2])
def test_a_missing_element_has_no_rank(element):
    with pytest.raises(ValueError, match="no element"):
        _doubt(0.9, 0.1).rank(element)


def test_the_shipped_file_judges_every_training_image(shipped, training):
    assert len(shipped.label_probability) == len(shipped.alternative) == len(training)
    assert (shipped.alternative != training.labels).all()
    assert (
        (shipped.label_probability >= 0)
        & (shipped.label_probability + shipped.alternative_probability <= 1.0001)
    ).all()
    assert sorted(shipped.order) == list(range(len(training)))


def test_the_networks_that_judged_are_good_but_have_not_memorised_the_images(shipped, training):
    assert 0.97 < 1 - shipped.disputed / len(training) < 0.995


def test_element_500_is_doubtful_and_element_200_is_not(shipped):
    assert shipped.rank(500) < 600
    assert shipped.alternative[500] == 2
    assert shipped.rank(200) > 10_000


def test_a_label_known_to_be_wrong_is_near_the_front(shipped, training):
    # Element 59915 is a plain 7 that the file calls a 4.
    assert training.labels[59_915] == 4
    assert shipped.rank(59_915) <= 10
    assert shipped.alternative[59_915] == 7


def test_the_file_is_small():
    assert doubtful_labels.FILE.stat().st_size < 500_000
