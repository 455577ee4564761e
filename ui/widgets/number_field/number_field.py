"""A whole number to type, or to reach with two buttons.

Streamlit's own has to be made anew wherever the page itself changes the number: that takes time at
every click.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import streamlit as st

from ui.shell.component import component, handle_once, last_handled

_NUMBER_FIELD = component(__file__, uses=("field",))
_WIDTH = 180

# More than anybody chooses on one page; a browser may send any number.
_MOST = 2**31


def number_field(
    title: str, value: int, low: int, high: int, *, key: str, on_choose: Callable[[int], None]
) -> None:
    """Show the field.

    Args:
        title: text above it.
        value: the number that the page shows.
        low: the smallest that can be chosen.
        high: the largest.
        key: as of any widget.
        on_choose: called with another number, before the page runs again.
    """

    def choose(_: _Chosen | None, new: _Chosen) -> None:
        if low <= new.number <= high:
            on_choose(new.number)

    receive = handle_once(key, _read_chosen, choose)
    last: _Chosen | None = last_handled(key)
    data = {
        "title": title,
        "value": value,
        "low": low,
        "high": high,
        # Tells the browser which of its numbers the value is an answer to.
        "handled": last and {"counter": last.counter, "count": last.count},
    }
    _NUMBER_FIELD(key=key, data=data, width=_WIDTH, on_chosen_change=receive)
    if receive():
        st.rerun()


@dataclass(frozen=True)
class _Chosen:
    """The last number chosen in the browser, and how many have been chosen there."""

    # A random number: a page opened anew counts from 0 under another.
    counter: float
    count: int
    number: int


def _read_chosen(state: Any) -> _Chosen | None:
    """The number that the browser reports; None if it sends anything else."""
    match state.get("chosen") if state else None:
        case {"counter": float(counter), "count": int(count), "number": int(number)}:
            are_numbers = not isinstance(count, bool) and not isinstance(number, bool)
            if are_numbers and isfinite(counter) and 0 < count < _MOST:
                return _Chosen(counter, count, number)
    return None
