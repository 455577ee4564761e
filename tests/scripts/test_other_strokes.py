import numpy as np

from benchmarks.hand_drawings import Hand
from mnist_core.drawing import rejection
from scripts import hand_images, other_strokes

LINE = np.array([[0.0, 0.0], [1.0, 3.0]])


def test_letters_as_people_write_them_are_refused():
    random = np.random.default_rng(2026)
    images = hand_images.draw_all([other_strokes.write(random) for _ in range(300)], random)
    assert (rejection.load().digit_probability(images) < rejection.THRESHOLD).mean() > 0.9


def test_a_3_is_mirrored():
    turned = other_strokes.turn(Hand(3, (LINE,)), np.random.default_rng(0))
    assert turned[0].tolist() == [[0.0, 0.0], [-1.0, 3.0]]


def test_what_could_be_another_digit_is_not_turned():
    assert not any(other_strokes.may_turn(Hand(digit, (LINE,))) for digit in (0, 1, 2, 4, 5, 8))
    assert other_strokes.may_turn(Hand(4, (LINE, LINE)))
