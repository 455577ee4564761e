"""What a network reads, in very large type, and how sure it is, in words."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ui.shell.component import component
from ui.widgets.probability_bars.probability_bars import percentage

_ANSWER = component(
    Path(__file__).parent,
    "answer",
    '<div role="status"><div class="said"></div><div class="sureness"></div></div>',
)

# Under the first a network counts as not sure; a runner-up under the second is not named.
SURE = 0.8
WORTH_NAMING = 0.1
_INVITATION = "Draw a digit from 0 to 9, with the mouse, a pen or a finger."


@dataclass(frozen=True)
class Answer:
    """A network's answer in words.

    Attributes:
        said: the digit, such as "a 7", with a question mark when it is not sure.
        sureness: such as "92% sure", "88% sure, or maybe a 1", or "not sure: maybe a 7, maybe
            a 1".
    """

    said: str
    sureness: str


def in_words(probabilities: ArrayLike, *, is_digit: bool = True) -> Answer:
    """Put ten probabilities, shape `(10,)`, into words.

    Args:
        probabilities: of the digits 0 to 9.
        is_digit: whether it looks like a digit at all.
    """
    chances = np.asarray(probabilities)
    order = [int(digit) for digit in np.argsort(-chances)]
    best = order[0]
    if not is_digit:
        return Answer("?", f"That does not look like a digit. If it is one, maybe {_a(best)}.")
    runner_up = [f"maybe {_a(digit)}" for digit in order[1:2] if chances[digit] >= WORTH_NAMING]
    if chances[best] >= SURE:
        sure = f"{percentage(float(chances[best]))} sure"
        return Answer(_a(best), ", or ".join([sure, *runner_up]))
    return Answer(f"{_a(best)}?", "not sure: " + ", ".join([f"maybe {_a(best)}", *runner_up]))


def several(answers: NDArray[np.float64], are_digits: NDArray[np.bool_]) -> Answer:
    """Put what was read of digits beside each other into words.

    Args:
        answers: shape `(n, 10)`, from left to right.
        are_digits: bool `(n,)`: which of them look like digits at all.
    """
    read = [
        str(int(chances.argmax())) if is_digit else "?"
        for chances, is_digit in zip(answers, are_digits, strict=True)
    ]
    sure = float(answers.max(axis=1).min()) >= SURE and bool(are_digits.all())
    said = f"{', '.join(read[:-1])} and {read[-1]}"
    return Answer(said, f"{len(read)} digits, {'sure' if sure else 'not sure'} of each")


def show_answer(probabilities: ArrayLike | None) -> None:
    """Show what a network reads; screen readers are told when it changes.

    Args:
        probabilities: shape `(10,)`; None while there is nothing to read, which is an invitation.
    """
    show_words(None if probabilities is None else in_words(probabilities))


def show_words(answer: Answer | None) -> None:
    """Show an answer in words; None is an invitation to draw."""
    words = answer or Answer("", _INVITATION)
    _ANSWER(key="answer", data={"said": words.said, "sureness": words.sureness})


def _a(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"
