"""Two buttons, one step back and one step on, of which every press counts.

Streamlit's own buttons say that they were pressed, not how often: two presses that arrive while a
page is being made are one. These count their presses in the browser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ui.shell.component import component

_HERE = Path(__file__).parent

_STEP_BUTTONS = component(
    _HERE,
    "step_buttons",
    '<div class="steps"><button type="button" class="back"><svg viewBox="0 0 24 24" '
    'aria-hidden="true"><path d="M15 5l-7 7 7 7"/></svg><span></span></button>'
    '<button type="button" class="on"><svg viewBox="0 0 24 24" aria-hidden="true">'
    '<path d="M9 5l7 7-7 7"/></svg><span></span></button></div>',
    styles=("plain_button",),
)

# A browser may say any number; nobody presses oftener than this between two pages.
_MOST = 100


def step_buttons(
    back: str, on: str, *, key: str, is_first: bool, is_last: bool, step: Callable[[int], None]
) -> None:
    """Show them.

    Args:
        back: what the one that goes back says.
        on: what the other says.
        key: as of any widget.
        is_first: there is nothing to go back to.
        is_last: there is nothing to go on to.
        step: called with how many steps to go, before the page runs again: 1 to 100, or -1 to -100
            for back. They may be more than there are.
    """
    walk: _Walk = st.session_state.setdefault(f"{key}/walk", _Walk())

    def receive() -> bool:
        return walk.catch_up(_counted(st.session_state.get(key)), step)

    data = {"back": back, "on": on, "is_first": is_first, "is_last": is_last}
    _STEP_BUTTONS(key=key, data=data, width="content", on_steps_change=receive)
    # Streamlit ends a callback where another click has come, and calls none if that one presses
    # nothing here: what was missed is made good.
    if receive():
        st.rerun()


@dataclass(frozen=True)
class _Presses:
    """What the browser says.

    Attributes:
        counter: tells the counter of this page from that of one that was opened anew.
        count: presses on, less presses back.
    """

    counter: float
    count: int


def _counted(state: Any) -> _Presses | None:
    """What the browser says; None if it says anything else: it may say whatever it likes."""
    match state.get("steps") if state else None:
        case {"counter": float(counter), "count": int(count)} if not isinstance(count, bool):
            return _Presses(counter, count)
    return None


@dataclass
class _Walk:
    """How far a session has gone.

    Attributes:
        gone: the presses that have been followed; None before the first.
    """

    gone: _Presses | None = None

    def catch_up(self, said: _Presses | None, step: Callable[[int], None]) -> bool:
        """Follow the presses that have not been followed, if there are any; whether there were."""
        by = 0 if said is None else _since(self.gone, said)
        if by:
            step(by)
        # Only now: a step that Streamlit ends half-way has not been gone.
        self.gone = said or self.gone
        return by != 0


def _since(before: _Presses | None, said: _Presses) -> int:
    """How many steps to go, of those that have not been gone: -100 to 100."""
    gone = before.count if before and before.counter == said.counter else 0
    return max(-_MOST, min(said.count - gone, _MOST))
