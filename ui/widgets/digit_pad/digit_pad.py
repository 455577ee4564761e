"""Ten large buttons, one for each digit, for fingers: which digit is this?"""

from collections.abc import Callable

from mnist_core.data.dataset import CLASSES
from ui.shell.component import component, when_picked

_DIGIT_PAD = component(__file__)


def digit_pad(
    label: str,
    chosen: int | None,
    *,
    key: str,
    on_choose: Callable[[int], None],
    is_open: bool = True,
) -> None:
    """Ask for a digit.

    Args:
        label: the question, for people who do not see what it is about.
        chosen: the digit that was chosen before, which is marked; None before the first.
        key: as of any widget.
        on_choose: called with the digit, before the page runs again.
        is_open: whether a digit can still be chosen.
    """
    data = {"label": label, "chosen": -1 if chosen is None else chosen, "isOpen": is_open}
    _DIGIT_PAD(key=key, data=data, on_picked_change=when_picked(key, CLASSES, on_choose))
