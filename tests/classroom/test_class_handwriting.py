"""What is found out about a class's digits."""

import numpy as np

from mnist_core.classroom import class_handwriting as found
from mnist_core.data.dataset import CLASSES

PEOPLE = np.repeat(np.arange(30), CLASSES)
LABELS = np.tile(np.arange(CLASSES), 30)


def with_mistakes(*positions: int) -> np.ndarray:
    said = LABELS.copy()
    said[list(positions)] = (said[list(positions)] + 1) % CLASSES
    return said


def test_a_network_far_ahead_is_best_and_one_beside_it_is_too_close_to_call() -> None:
    scores = found.network_scores(
        {
            "far": with_mistakes(*range(0, 300, 5)),
            "near": with_mistakes(3, 50, 77),
            "best": with_mistakes(4, 60),
        },
        LABELS,
        PEOPLE,
    )
    assert [(one.name, one.correct, one.is_close) for one in scores] == [
        ("best", 298, True),
        ("near", 297, True),
        ("far", 240, False),
    ]


def test_a_lead_that_one_person_made_may_be_luck() -> None:
    # Twenty digits more, but all of two people.
    other = with_mistakes(*range(20))
    assert found.may_be_luck(LABELS == LABELS, other == LABELS, PEOPLE)
    spread = with_mistakes(*range(0, 300, 15))
    assert not found.may_be_luck(LABELS == LABELS, spread == LABELS, PEOPLE)


def test_nobody_and_one_person_are_no_error() -> None:
    nothing = np.empty(0, int)
    assert found.network_scores({"one": nothing}, nothing, nothing) == ()
    assert found.network_scores({}, LABELS, PEOPLE) == ()
    few = found.network_scores(
        {"a": LABELS[:10], "b": with_mistakes(3)[:10]}, LABELS[:10], PEOPLE[:10]
    )
    assert [one.is_close for one in few] == [True, True]


def test_the_digit_that_is_misread_everywhere_is_hardest() -> None:
    said = {"a": with_mistakes(*range(7, 300, 10)), "b": with_mistakes(*range(7, 150, 10), 1)}
    first, *others = found.difficulties(said, LABELS, PEOPLE)
    assert (first.label, first.wrong, first.answers, first.is_close) == (7, 45, 60, False)
    assert others[0].label == 1
    assert not any(one.is_close for one in others)


def test_digits_that_are_equally_hard_are_too_close_to_call() -> None:
    said = {"a": with_mistakes(7, 17, 27, 18, 28, 38)}
    first, second, *_ = found.difficulties(said, LABELS, PEOPLE)
    assert {first.label, second.label} == {7, 8}
    assert first.is_close
    assert second.is_close


def test_most_misread_digits_say_what_they_were_taken_for() -> None:
    one, two, three = with_mistakes(5, 9), with_mistakes(5), with_mistakes(5)
    three[5] = 0
    first, second = found.most_misread({"a": one, "b": two, "c": three}, LABELS, 10)
    assert (first.position, first.wrong, first.networks, first.mostly) == (5, 3, 3, 6)
    assert (second.position, second.mostly) == (9, 0)
