"""Two buttons, one step back and one step forward, of which every press counts.

Streamlit's own buttons report that they were pressed, not how often: two presses that arrive while
a page is being made are one. These count their presses in the browser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import streamlit as st

from ui.shell.component import component, handle_once

_STEP_BUTTONS = component(__file__, uses=("plain_button",))

# A browser may send any number; nobody presses more often than this between two pages.
_MOST = 100


def previous_next_buttons(
    back: str,
    forward: str,
    *,
    key: str,
    is_first: bool,
    is_last: bool,
    on_step: Callable[[int], None],
) -> None:
    """Show the two buttons.

    Args:
        back: text of the button that goes back.
        forward: text of the other.
        key: as of any widget.
        is_first: there is nothing to go back to.
        is_last: there is nothing to go forward to.
        on_step: called with the number of steps, before the page runs again: 1 to 100, or -1 to
            -100 for back. There may be fewer things than steps.
    """

    def step(handled: _Presses | None, new: _Presses) -> None:
        if steps := _steps_since(handled, new):
            on_step(steps)

    receive = handle_once(key, _read_presses, step)
    data = {"back": back, "forward": forward, "is_first": is_first, "is_last": is_last}
    _STEP_BUTTONS(key=key, data=data, width="content", on_presses_change=receive)
    if receive():
        st.rerun()


@dataclass(frozen=True)
class _Presses:
    """The presses counted in the browser: those forward less those back."""

    # A random number: a page opened anew counts from 0 under another.
    counter: float
    count: int


def _read_presses(state: Any) -> _Presses | None:
    """The presses that the browser reports; None if it sends anything else."""
    match state.get("presses") if state else None:
        case {"counter": float(counter), "count": int(count)}:
            if isfinite(counter) and not isinstance(count, bool):
                return _Presses(counter, count)
    return None


def _steps_since(handled: _Presses | None, new: _Presses) -> int:
    """How many of the presses have not been handled: -100 to 100."""
    before = handled.count if handled and handled.counter == new.counter else 0
    return max(-_MOST, min(new.count - before, _MOST))
