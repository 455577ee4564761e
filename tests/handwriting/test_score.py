"""Twenty digits asked for, drawn, corrected and scored."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.data import dataset
from mnist_core.handwriting import score
from mnist_core.handwriting.score import (
    SHEET_SIZE,
    Drawing,
    Sheet,
    handwriting,
    new_sheet,
    reading,
    restored_sheet,
    round_number,
)


def image(value=200):
    drawn = np.zeros((28, 28), np.uint8)
    drawn[5:20, 10:14] = value
    return drawn


def full(seed=0):
    sheet = new_sheet(seed)
    for place in range(SHEET_SIZE):
        sheet = sheet.with_drawing(image(100 + place))
    return sheet


@given(st.integers(0, 2**32 - 1))
def test_there_are_two_rounds_of_all_ten_digits_each_in_its_own_order(seed):
    asked = new_sheet(seed).prompts
    assert sorted(asked[:10]) == sorted(asked[10:]) == list(range(10))
    assert asked == new_sheet(seed).prompts


def test_orders_differ():
    assert len({new_sheet(seed).prompts for seed in range(50)}) == 50
    assert any(new_sheet(seed).prompts[:10] != new_sheet(seed).prompts[10:] for seed in range(5))


def test_a_sheet_is_filled_position_by_position():
    sheet = new_sheet(1)
    assert (sheet.position, sheet.filled, sheet.is_finished) == (0, (), False)
    sheet = sheet.with_drawing(image())
    assert (sheet.position, sheet.filled) == (1, (0,))
    sheet = sheet.skipped()
    assert (sheet.position, sheet.filled) == (2, (0,))
    for _ in range(18):
        sheet = sheet.with_drawing(image())
    assert sheet.is_finished
    assert len(sheet.filled) == 19
    with pytest.raises(ValueError, match="All twenty"):
        sheet.with_drawing(image())


def test_what_is_drawn_cannot_be_changed_from_outside():
    pixels = image()
    sheet = new_sheet(0).with_drawing(pixels)
    pixels[:] = 0
    assert sheet.drawings[0].image.max() == 200
    with pytest.raises(ValueError, match="read-only"):
        sheet.drawings[0].image[0, 0] = 1


def test_a_drawing_is_relabelled_removed_and_drawn_again():
    sheet = full()
    other = (sheet.prompts[3] + 1) % 10
    corrected = sheet.relabelled(3, other)
    assert corrected.drawings[3].label == other
    assert sheet.drawings[3].label == sheet.prompts[3]
    left = corrected.without(3)
    assert left.is_finished
    assert 3 not in left.filled
    with pytest.raises(ValueError, match="no drawing here"):
        left.relabelled(3, 1)
    again = corrected.reopened(3)
    assert (again.position, again.is_finished) == (3, False)
    done = again.with_drawing(image(7))
    assert done.is_finished
    assert done.drawings[3].label == sheet.prompts[3]
    assert done.drawings[3].image.max() == 7


@pytest.mark.parametrize("label", [-1, 10])
def test_a_label_is_a_digit(label):
    with pytest.raises(ValueError, match="digit from 0 to 9"):
        full().relabelled(0, label)


@pytest.mark.parametrize("pixels", [np.zeros((28, 27), np.uint8), np.zeros((28, 28))])
def test_a_drawing_has_the_shape_of_mnist(pixels):
    with pytest.raises(ValueError, match="28 × 28"):
        Drawing(pixels, 1)


def test_drawings_are_split_by_round():
    drawn = handwriting(full().without(2).without(15))
    assert len(drawn) == 18
    assert [len(drawn.of_round(number)) for number in (1, 2)] == [9, 9]
    assert [round_number(place) for place in (0, 9, 10, 19)] == [1, 1, 2, 2]
    assert len(handwriting(new_sheet(0))) == 0
    assert handwriting(new_sheet(0)).images.shape == (0, 28, 28)


@given(st.sets(st.integers(0, 19)), st.integers(0, 9))
def test_saved_drawings_make_a_sheet_again(gone, label):
    sheet = full()
    for place in gone:
        sheet = sheet.without(place)
    if sheet.filled:
        sheet = sheet.relabelled(sheet.filled[0], label)
    drawn = handwriting(sheet)
    back = restored_sheet(drawn)
    assert back.is_finished
    again = handwriting(back)
    assert np.array_equal(again.images, drawn.images)
    assert np.array_equal(again.labels, drawn.labels)
    assert np.array_equal(again.rounds, drawn.rounds)
    assert all(0 <= digit <= 9 for digit in back.prompts)
    assert len(back.prompts) == len(back.drawings) == SHEET_SIZE


def test_a_round_of_eleven_drawings_is_refused():
    drawn = score.Handwriting(
        np.zeros((11, 28, 28), np.uint8), np.zeros(11, np.int64), np.ones(11, np.int64)
    )
    with pytest.raises(ValueError, match="only ten digits"):
        restored_sheet(drawn)


def test_a_reading_is_scored():
    labels = [3, 3, 8]
    sure = np.eye(10)[[3, 5, 8]]
    found = reading("cnn", sure, labels)
    assert (found.score, found.predictions.tolist()) == (2, [3, 5, 8])
    assert found.correct.tolist() == [True, False, True]
    other = reading("mlp", np.eye(10)[[5, 5, 3]], labels)
    assert score.misread(labels, [found, other]) == {3: 3, 8: 1}
    assert list(score.misread(labels, [found, other])) == [3, 8]
    assert score.misread(labels, []) == {}


def test_the_digits_of_mnist_are_read_by_a_shipped_model():
    from mnist_core.models import store

    digits = dataset.load("test")
    answers = store.open_model("cnn-larger").predict(digits.images[:20])
    assert reading("cnn-larger", answers, digits.labels[:20]).score == 20


def test_a_sheet_is_plain_data():
    assert Sheet((1,) * 20).drawings == (None,) * 20
