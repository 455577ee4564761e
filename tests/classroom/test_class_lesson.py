"""Which of a class's digits are learned and which are its exam, and what the exam says."""

import numpy as np
import pytest

from mnist_core.classroom.class_lesson import Change, divide
from mnist_core.classroom.drawings import ClassDrawing
from mnist_core.data import dataset

CODE = "KLMR"


def drawings(numbers, digits=range(10)):
    images = dataset.load("test").images
    return [
        (1_000 + number, number, ClassDrawing(digit, images[number * 10 + digit]))
        for number in numbers
        for digit in digits
    ]


@pytest.mark.parametrize("count", [1, 4, 5, 30, 60])
def test_of_each_ten_digits_seven_are_learned_and_three_examined(count):
    exam = divide(CODE, drawings(range(count)))
    assert exam.learned == 7 * count
    assert len(exam.examined) == 3 * count
    assert set(exam.examined_people.tolist()) == {1_000 + number for number in range(count)}
    if count >= 4:
        for part in (1, 2):
            assert set(exam.drawn.of_round(part).labels.tolist()) == set(range(10))


def test_thirty_people_share_the_exam_evenly():
    counts = np.bincount(divide(CODE, drawings(range(30))).examined.labels, minlength=10)
    assert counts.min() >= 8
    assert counts.max() <= 10


def test_who_comes_or_leaves_changes_nothing_for_the_others():
    all_of_them = divide(CODE, drawings(range(12)))
    some_of_them = divide(CODE, drawings([3, 7], digits=[0, 5, 6, 9]))
    for image, round_number in zip(
        some_of_them.drawn.images, some_of_them.drawn.rounds, strict=True
    ):
        place = (all_of_them.drawn.images == image).all(axis=(1, 2)).argmax()
        assert all_of_them.drawn.rounds[place] == round_number
    assert divide(CODE, []).learned == 0


def test_too_few_digits_are_not_enough():
    assert not divide(CODE, []).is_enough
    assert not divide(CODE, drawings([0], digits=range(9))).is_enough
    assert divide(CODE, drawings([0])).is_enough


def change(gained, lost, count=90):
    labels = np.zeros(count, np.int64)
    before, after = labels.copy(), labels.copy()
    before[:gained] = 1
    after[gained : gained + lost] = 1
    return Change(labels, before, after)


def test_an_exam_tells_what_was_gained_and_what_was_lost():
    found = change(gained=13, lost=2)
    assert found.correct == (77, 88)
    assert found.gained.tolist() == list(range(13))
    assert found.lost.tolist() == [13, 14]
    assert not found.could_be_luck


@pytest.mark.parametrize(("gained", "lost"), [(0, 0), (2, 0), (5, 3), (3, 5)])
def test_small_differences_may_be_luck(gained, lost):
    assert change(gained, lost).could_be_luck
