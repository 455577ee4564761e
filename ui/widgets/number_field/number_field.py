"""A whole number to type, or to reach with two buttons.

Streamlit's own has to be made anew wherever the page itself changes the number (`address.py`):
that takes time at every click.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import streamlit as st

from ui.shell.component import component

_HERE = Path(__file__).parent

_NUMBER_FIELD = component(
    _HERE,
    "number_field",
    '<div class="field"><label class="title" for="number"></label><div class="box">'
    '<input id="number" role="spinbutton" inputmode="numeric" autocomplete="off" '
    'aria-describedby="said"><button type="button" class="down" tabindex="-1" '
    'aria-label="Decrement"><svg viewBox="0 0 8 8" aria-hidden="true"><path d="M0 4h8"/></svg>'
    '</button><button type="button" class="up" tabindex="-1" aria-label="Increment">'
    '<svg viewBox="0 0 8 8" aria-hidden="true"><path d="M0 4h8M4 0v8"/></svg></button></div>'
    '<p class="said" id="said" role="status"></p></div>',
    styles=("field",),
)
_WIDTH = 180

# More than anybody chooses on one page; a browser may say any number.
_MOST = 2**31


def number_field(
    title: str, value: int, low: int, high: int, *, key: str, on_choose: Callable[[int], None]
) -> None:
    """Show it.

    Args:
        title: what stands above it.
        value: the number that the page shows.
        low: the smallest that can be chosen.
        high: the largest.
        key: as of any widget.
        on_choose: called with another number, before the page runs again.
    """
    heard = f"{key}/heard"

    def receive() -> bool:
        said = _said(st.session_state.get(key))
        if said is None or said == st.session_state.get(heard):
            return False
        if low <= said.number <= high:
            on_choose(said.number)
        # Only now: a choice that Streamlit ends half-way has not been heard.
        st.session_state[heard] = said
        return True

    last: _Said | None = st.session_state.get(heard)
    data = {
        "title": title,
        "value": value,
        "low": low,
        "high": high,
        # The browser knows by it which of its numbers the value is an answer to.
        "heard": last and {"counter": last.counter, "count": last.count},
    }
    _NUMBER_FIELD(key=key, data=data, width=_WIDTH, on_chosen_change=receive)
    # As with the step buttons: what was missed is made good.
    if receive():
        st.rerun()


@dataclass(frozen=True)
class _Said:
    """What the browser says.

    Attributes:
        counter: tells the numbers chosen on this page from those on one that was opened anew.
        count: how many have been chosen there.
        number: the last of them.
    """

    counter: float
    count: int
    number: int


def _said(state: Any) -> _Said | None:
    """What the browser says; None if it says anything else: it may say whatever it likes."""
    match state.get("chosen") if state else None:
        case {"counter": float(counter), "count": int(count), "number": int(number)}:
            are_numbers = not isinstance(count, bool) and not isinstance(number, bool)
            if are_numbers and isfinite(counter) and 0 < count < _MOST:
                return _Said(counter, count, number)
    return None
