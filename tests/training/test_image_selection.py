from dataclasses import replace

import numpy as np
import pytest

from mnist_core.data import centre_lines, dataset
from mnist_core.training.image_selection import select, select_lines
from tests.samples import QUICK, first

TRAINING = first("train", 600)


def test_the_first_images_in_file_order_are_not_copied():
    chosen = select(TRAINING, QUICK)
    assert np.shares_memory(chosen.digits.images, TRAINING.images)
    assert (chosen.digits.labels == TRAINING.labels[:300]).all()
    assert (chosen.indices == np.arange(300)).all()


def test_images_of_other_digits_are_left_out():
    chosen = select(TRAINING, replace(QUICK, digits=(3, 8), training_images=50))
    assert set(chosen.digits.labels) == {3, 8}
    assert len(chosen.digits) == 50
    assert (TRAINING.labels[chosen.indices] == chosen.digits.labels).all()
    assert (TRAINING.images[chosen.indices] == chosen.digits.images).all()


def test_no_image_at_all_is_a_sentence():
    with pytest.raises(ValueError, match="no image of these digits"):
        select(first("train", 1), replace(QUICK, digits=(0,)))


@pytest.mark.parametrize("digits", [tuple(range(10)), (3, 8), (4,)])
def test_the_seed_decides_which_share_of_labels_is_wrong(digits):
    settings = replace(QUICK, digits=digits, label_noise=0.25, training_images=40)
    noisy, clean = select(TRAINING, settings), select(TRAINING, replace(settings, label_noise=0))
    assert (noisy.digits.labels != clean.digits.labels).sum() == 10
    assert (noisy.true_labels == clean.digits.labels).all()
    assert (select(TRAINING, settings).digits.labels == noisy.digits.labels).all()
    other = select(TRAINING, replace(settings, seed=1)).digits.labels
    assert (other != noisy.digits.labels).any()
    if len(digits) > 1:
        assert set(noisy.digits.labels) <= set(digits)


def test_centre_lines_follow_the_chosen_images():
    lines = centre_lines.load(30)
    taken = select_lines(lines, np.array([3, 7, 29]))
    assert len(taken) == 3
    for place, original in enumerate([3, 7, 29]):
        begin, end = lines.starts[original : original + 2]
        mine = slice(*taken.starts[place : place + 2])
        assert (taken.points[mine] == lines.points[begin:end]).all()


def test_the_counts_by_digit_are_those_of_the_file():
    for name, counts in (("train", dataset.TRAINING_COUNTS), ("test", dataset.TEST_COUNTS)):
        assert tuple(np.bincount(dataset.load(name).labels)) == counts
