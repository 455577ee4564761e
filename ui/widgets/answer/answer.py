"""What a network reads, in very large type, and how sure it is, in words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.language.catalogues import SOURCE
from mnist_core.language.translation import _, current, p_, to_translate
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
        is_several: it is the reading of more than one digit.
    """

    reading: str
    certainty: str
    is_several: bool = False


_ROOM = to_translate(
    "That is not one digit. If it is two or three, leave a little more room between them."
)


def certainties() -> dict[str, str]:
    """How sure a network is, in words, with what is to be filled in; `live_reader.js` does, too."""
    return {
        "sure": _("{percent} sure"),
        "sure_or": _("{percent} sure, or maybe {other}"),
        "unsure": _("not sure: maybe {reading}"),
        "unsure_or": _("not sure: maybe {reading}, maybe {other}"),
    }


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
    reading, large = with_article(best), in_large_type(best)
    if not is_digit and may_be_several:
        return Answer("?", _(_ROOM))
    if not is_digit:
        words = _("That does not look like a digit. If it is one, maybe {reading}.")
        return Answer("?", words.format(reading=reading))
    is_sure = bool(chances[best] >= SURE)
    kind = ("sure" if is_sure else "unsure") + ("_or" if chances[second] >= WORTH_NAMING else "")
    certainty = certainties()[kind].format(
        percent=whole_percent(float(chances[best])), reading=reading, other=with_article(second)
    )
    return Answer(large if is_sure else f"{large}?", certainty)


def in_large_type(digit: int) -> str:
    """A digit as the answer in very large type says it: "a 7", or in German "7"."""
    if current() == SOURCE:
        return with_article(digit)
    return p_("the answer in very large type; short", "a {digit}", digit=digit)


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
    reading = _("{digits} and {last}", digits=", ".join(read[:-1]), last=read[-1])
    count = len(read)
    if sure:
        certainty = _("{count} digits, sure of each", count=count)
    else:
        certainty = _("{count} digits, not sure of each", count=count)
    return Answer(reading, certainty, is_several=True)


def show_answer(answer: Answer | None, *, in_row: bool = False) -> None:
    """Show an answer, which screen readers announce when it changes.

    Args:
        answer: None invites to draw.
        in_row: the words beside the digit, in a height that stays.
    """
    shown = answer or Answer("", _("Draw a digit from 0 to 9."))
    data = {
        "reading": shown.reading,
        "certainty": shown.certainty,
        "isSeveral": shown.is_several,
        "inRow": in_row,
    }
    _ANSWER(key="answer", data=data)
