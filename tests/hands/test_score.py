"""Twenty digits asked for, drawn, corrected and scored."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.data import dataset
from mnist_core.hands import score
from mnist_core.hands.score import PLACES, Drawn, Sheet, blank, hand, reading, restored, round_of


def image(value=200):
    drawn = np.zeros((28, 28), np.uint8)
    drawn[5:20, 10:14] = value
    return drawn


def full(seed=0):
    sheet = blank(seed)
    for place in range(PLACES):
        sheet = sheet.put(image(100 + place))
    return sheet


@given(st.integers(0, 2**32 - 1))
def test_two_rounds_of_all_ten_digits_in_an_order_of_their_own(seed):
    asked = blank(seed).asked
    assert sorted(asked[:10]) == sorted(asked[10:]) == list(range(10))
    assert asked == blank(seed).asked


def test_orders_differ():
    assert len({blank(seed).asked for seed in range(50)}) == 50
    assert any(blank(seed).asked[:10] != blank(seed).asked[10:] for seed in range(5))


def test_a_sheet_is_filled_place_by_place():
    sheet = blank(1)
    assert (sheet.place, sheet.filled, sheet.is_over) == (0, (), False)
    sheet = sheet.put(image())
    assert (sheet.place, sheet.filled) == (1, (0,))
    sheet = sheet.passed_over()
    assert (sheet.place, sheet.filled) == (2, (0,))
    for _ in range(18):
        sheet = sheet.put(image())
    assert sheet.is_over
    assert len(sheet.filled) == 19
    with pytest.raises(ValueError, match="All twenty"):
        sheet.put(image())


def test_what_is_drawn_cannot_be_changed_from_outside():
    pixels = image()
    sheet = blank(0).put(pixels)
    pixels[:] = 0
    assert sheet.drawn[0].image.max() == 200
    with pytest.raises(ValueError, match="read-only"):
        sheet.drawn[0].image[0, 0] = 1


def test_a_drawing_is_corrected_left_out_and_drawn_again():
    sheet = full()
    other = (sheet.asked[3] + 1) % 10
    corrected = sheet.corrected(3, other)
    assert corrected.drawn[3].label == other
    assert sheet.drawn[3].label == sheet.asked[3]
    left = corrected.left_out(3)
    assert left.is_over
    assert 3 not in left.filled
    with pytest.raises(ValueError, match="Nothing is drawn"):
        left.corrected(3, 1)
    again = corrected.again(3)
    assert (again.place, again.is_over) == (3, False)
    done = again.put(image(7))
    assert done.is_over
    assert done.drawn[3].label == sheet.asked[3]
    assert done.drawn[3].image.max() == 7


@pytest.mark.parametrize("label", [-1, 10])
def test_a_label_is_a_digit(label):
    with pytest.raises(ValueError, match="digit from 0 to 9"):
        full().corrected(0, label)


@pytest.mark.parametrize("pixels", [np.zeros((28, 27), np.uint8), np.zeros((28, 28))])
def test_a_drawing_has_the_shape_of_mnist(pixels):
    with pytest.raises(ValueError, match="28 × 28"):
        Drawn(pixels, 1)


def test_rounds_are_told_apart():
    drawn = hand(full().left_out(2).left_out(15))
    assert len(drawn) == 18
    assert [len(drawn.of_round(number)) for number in (1, 2)] == [9, 9]
    assert [round_of(place) for place in (0, 9, 10, 19)] == [1, 1, 2, 2]
    assert len(hand(blank(0))) == 0
    assert hand(blank(0)).images.shape == (0, 28, 28)


@given(st.sets(st.integers(0, 19)), st.integers(0, 9))
def test_a_kept_hand_makes_a_sheet_again(gone, label):
    sheet = full()
    for place in gone:
        sheet = sheet.left_out(place)
    if sheet.filled:
        sheet = sheet.corrected(sheet.filled[0], label)
    drawn = hand(sheet)
    back = restored(drawn)
    assert back.is_over
    again = hand(back)
    assert np.array_equal(again.images, drawn.images)
    assert np.array_equal(again.labels, drawn.labels)
    assert np.array_equal(again.rounds, drawn.rounds)
    assert all(0 <= digit <= 9 for digit in back.asked)
    assert len(back.asked) == len(back.drawn) == PLACES


def test_eleven_drawings_in_a_round_are_no_hand():
    drawn = score.Hand(
        np.zeros((11, 28, 28), np.uint8), np.zeros(11, np.int64), np.ones(11, np.int64)
    )
    with pytest.raises(ValueError, match="ten places"):
        restored(drawn)


def test_a_reading_is_scored():
    labels = [3, 3, 8]
    sure = np.eye(10)[[3, 5, 8]]
    found = reading("cnn", sure, labels)
    assert (found.score, found.predictions.tolist()) == (2, [3, 5, 8])
    assert found.right.tolist() == [True, False, True]
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
    assert Sheet((1,) * 20).drawn == (None,) * 20
