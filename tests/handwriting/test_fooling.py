"""Fool it: who wins, and what is kept."""

import numpy as np
import pytest

from mnist_core.handwriting import fooling
from mnist_core.handwriting.fooling import Attempt


def chances(said: int, chance: float) -> np.ndarray:
    found = np.full(10, (1 - chance) / 9)
    found[said] = chance
    return found


def attempt(
    said: int = 2, chance: float = 0.9, *, meant: int = 7, ink: int = 1, model="A"
) -> Attempt:
    image = np.full((28, 28), ink, np.uint8)
    return Attempt(np.zeros((320, 320), np.uint8), image, meant, chances(said, chance), model)


@pytest.mark.parametrize(
    ("said", "chance", "is_digit", "outcome", "words"),
    [
        (8, 0.8, True, "fooled", "It takes your 7 for an 8, and is sure of it."),
        (8, 0.79, True, "unsure", "Nearly: it says an 8, but has to be 80% sure of it."),
        (7, 0.99, True, "correct", "It reads your 7. Change one thing"),
        (7, 0.5, True, "correct", "It still says a 7, but is not sure any more"),
        (8, 0.99, False, "no digit", "Refused as no digit, so it does not count"),
        (7, 0.99, False, "no digit", "Make it look more like a 7."),
    ],
)
def test_only_a_sure_answer_of_another_digit_wins(said, chance, is_digit, outcome, words):
    found = fooling.judge(7, chances(said, chance), is_digit=is_digit, sure=0.8)
    assert found.outcome == outcome
    assert words in found.sentence


def test_the_three_of_which_it_was_surest_are_kept():
    kept: tuple[Attempt, ...] = ()
    for ink, chance in enumerate((0.85, 0.95, 0.81, 0.9), start=1):
        kept = fooling.best(kept, attempt(chance=chance, ink=ink))
    assert [one.chance for one in kept] == pytest.approx([0.95, 0.9, 0.85])


def test_a_drawing_counts_once_for_each_network_and_digit():
    kept = fooling.best((attempt(),), attempt())
    assert len(kept) == 1
    kept = fooling.best(kept, attempt(model="B"))
    assert len(fooling.best(kept, attempt(meant=1))) == 3


def test_an_attempt_in_words():
    words = attempt(8, 0.9999, meant=1, model="A simple convolution").in_words()
    assert words == "I drew a 1; A simple convolution said an 8, > 99% sure"


def test_what_fooled_nobody_is_no_attempt():
    with pytest.raises(ValueError, match="was not fooled: it says 7"):
        attempt(7)
    with pytest.raises(ValueError, match="28 × 28"):
        Attempt(np.zeros((9, 9), np.uint8), np.zeros((9, 9), np.uint8), 7, chances(2, 0.9), "A")
