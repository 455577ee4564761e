"""What a network reads, in very large type, and how sure it is, in words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.system.text_format import whole_percent, with_article
from ui.shell.component import component

_ANSWER = component(__file__)

# Below the first a network counts as not sure; a runner-up below the second is not named.
SURE = 0.8
WORTH_NAMING = 0.1


@dataclass(frozen=True)
class Answer:
    """A network's answer in words.

    Attributes:
        reading: the digit, such as "a 7", with a question mark when it is not sure.
        certainty: such as "92% sure", "88% sure, or maybe a 1", or "not sure: maybe a 7, maybe
            a 1".
    """

    reading: str
    certainty: str


_ROOM = "That is not one digit. If it is two or three, leave a little more room between them."
_INVITATION = Answer("", "Draw a digit from 0 to 9.")


def in_words(
    probabilities: ArrayLike, *, is_digit: bool = True, may_be_several: bool = False
) -> Answer:
    """Put ten probabilities, shape `(10,)`, into words.

    Args:
        probabilities: of the digits 0 to 9.
        is_digit: whether it looks like a digit at all.
        may_be_several: whether that may be because it is more than one.
    """
    chances = np.asarray(probabilities)
    best, second = (int(digit) for digit in np.argsort(-chances)[:2])
    reading = with_article(best)
    if not is_digit and may_be_several:
        return Answer("?", _ROOM)
    if not is_digit:
        return Answer("?", f"That does not look like a digit. If it is one, maybe {reading}.")
    runner_up = f"maybe {with_article(second)}" if chances[second] >= WORTH_NAMING else ""
    if chances[best] >= SURE:
        certainty = f"{whole_percent(float(chances[best]))} sure"
        return Answer(reading, f"{certainty}, or {runner_up}" if runner_up else certainty)
    certainty = f"not sure: maybe {reading}"
    return Answer(f"{reading}?", f"{certainty}, {runner_up}" if runner_up else certainty)


def several_in_words(answers: NDArray[np.float64], are_digits: NDArray[np.bool_]) -> Answer:
    """Put what was read of several digits side by side into words.

    Args:
        answers: shape `(n, 10)`, from left to right.
        are_digits: bool `(n,)`: which of them look like digits at all.
    """
    read = [
        str(int(chances.argmax())) if is_digit else "?"
        for chances, is_digit in zip(answers, are_digits, strict=True)
    ]
    sure = float(answers.max(axis=1).min()) >= SURE and bool(are_digits.all())
    reading = f"{', '.join(read[:-1])} and {read[-1]}"
    return Answer(reading, f"{len(read)} digits, {'sure' if sure else 'not sure'} of each")


def show_answer(answer: Answer | None, *, in_row: bool = False) -> None:
    """Show an answer, which screen readers announce when it changes.

    Args:
        answer: None invites to draw.
        in_row: the words beside the digit, in a height that stays.
    """
    shown = answer or _INVITATION
    data = {"reading": shown.reading, "certainty": shown.certainty, "inRow": in_row}
    _ANSWER(key="answer", data=data)
