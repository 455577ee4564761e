"""What a network reads on a canvas: its answer in words, and all that the answer rests on."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mnist_core.data.dataset import SIDE
from mnist_core.language.translation import _
from mnist_core.models.card import ModelCard
from ui.widgets.answer.answer import Answer, in_words, several_in_words
from ui.widgets.canvas.strokes import Drawing

if TYPE_CHECKING:
    from mnist_core.drawing.canvas_digits import DrawnDigit


@dataclass(frozen=True, eq=False)
class Reading:
    """An answer.

    Attributes:
        words: for the visitor; None while nothing is drawn.
        digits: what was found on the canvas, from left to right.
        chances: float64 `(n, 10)`, of each of them.
        are_digits: which of them look like a digit at all.
        problem: why there is no answer, in a sentence.
    """

    words: Answer | None = None
    digits: tuple["DrawnDigit", ...] = ()
    chances: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 10)))
    are_digits: tuple[bool, ...] = ()
    problem: str = ""


def read(card: ModelCard, drawing: Drawing) -> Reading:
    """Have a network read what is on the canvas."""
    if drawing.ink is None:
        return Reading()
    # Not at the top: nobody waits for this before there is something to read.
    from mnist_core.drawing import canvas_digits, dots
    from mnist_core.models.store import BrokenModel
    from ui.shell import cached, calibrated_answers

    try:
        digits = canvas_digits.find(
            drawing.ink, drawing.lines, drawing.brush, cached.digit_probability
        )
        images = np.stack([digit.image for digit in digits])
        chances = calibrated_answers.read(card, images)
        certain = cached.is_digit(images)
    except dots.OnlyDots as problem:
        return Reading(Answer("", f"{_('I see no digit yet.')} {problem}"))
    except (ValueError, BrokenModel) as problem:
        # No ink to be seen; or the network is damaged, or has gone since it was chosen.
        return Reading(problem=str(problem))
    if len(digits) == 1:
        words = in_words(
            chances[0], is_digit=bool(certain[0]), may_be_several=digits[0].may_be_several
        )
    else:
        words = several_in_words(chances, certain)
    return Reading(words, tuple(digits), chances, tuple(map(bool, certain)))


def warm_up(card: ModelCard) -> None:
    """Open what `read` needs, before there is something to read."""
    from mnist_core.drawing import canvas_digits as __  # noqa: F401
    from ui.shell import cached, calibrated_answers

    blank = np.zeros((1, SIDE, SIDE), np.float32)
    calibrated_answers.read(card, blank)
    cached.is_digit(blank)
