"""Somebody says which digit he is going to draw."""

from functools import partial

from mnist_core.data.dataset import CLASSES
from mnist_core.language.translation import _
from ui.shell.lost_session import Remembered
from ui.widgets.canvas import canvas
from ui.widgets.choice.choice import choice


def meant_digit(
    meant: Remembered[int | None], canvas_name: str, *, key: str, show_title: bool = True
) -> None:
    """Offer the ten digits.

    Args:
        meant: the digit, or None before one is chosen.
        canvas_name: of the canvas it is drawn on; what was drawn as one digit is not another, so
            that begins empty.
        key: as of any widget.
        show_title: whether everybody sees the question.
    """
    digit = meant.get()
    choice(
        _("I am going to draw a"),
        {str(one): str(one) for one in range(CLASSES)},
        None if digit is None else str(digit),
        key=key,
        on_choose=partial(_mean, meant, canvas_name),
        show_title=show_title,
    )


def _mean(meant: Remembered[int | None], canvas_name: str, digit: str) -> None:
    before = meant.get()
    meant.set(int(digit))
    if before is not None:
        canvas.start_empty(canvas_name)
