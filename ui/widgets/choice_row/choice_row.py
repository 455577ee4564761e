"""One of a few things to choose, side by side; where they have no room, from a list."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from ui.shell.component import component, picked_position

_HERE = Path(__file__).parent

_CHOICE_ROW = component(
    _HERE,
    "choice_row",
    '<div class="choice"><p class="title"></p><div class="row" role="radiogroup"></div>'
    "<select></select></div>",
    styles=("radio_label",),
)
_CHOICE_LIST = component(
    _HERE,
    "choice_list",
    '<div class="field"><label class="title" for="list"></label><div class="box">'
    '<select id="list"></select><svg viewBox="0 0 24 24" aria-hidden="true">'
    '<path d="M7 10l5 5 5-5"/></svg></div></div>',
    styles=("field",),
)


def choice_row(
    title: str,
    options: Mapping[str, str],
    chosen: str,
    *,
    key: str,
    on_choose: Callable[[str], None],
    show_title: bool = False,
) -> None:
    """Offer a few things side by side; on a phone, four or more of them are a list.

    Args:
        title: what is chosen, for people who do not see it.
        options: name -> what stands there.
        chosen: the name of the one that is shown.
        key: as of any widget.
        on_choose: called with the name of another, before the page runs again.
        show_title: for everybody.
    """
    _offer(_CHOICE_ROW, title, options, chosen, key, on_choose, {"show_title": show_title})


def choice_list(
    title: str,
    options: Mapping[str, str],
    chosen: str,
    *,
    key: str,
    on_choose: Callable[[str], None],
    width: int,
) -> None:
    """Offer more things than have room side by side.

    Args:
        title: what stands above the list.
        options: name -> what stands there.
        chosen: the name of the one that is shown.
        key: as of any widget.
        on_choose: called with the name of another, before the page runs again.
        width: in pixels.
    """
    _offer(_CHOICE_LIST, title, options, chosen, key, on_choose, {}, width=width)


def _offer(
    mount: Any,
    title: str,
    options: Mapping[str, str],
    chosen: str,
    key: str,
    on_choose: Callable[[str], None],
    more: Mapping[str, Any],
    **place: int,
) -> None:
    names = tuple(options)

    def choose() -> None:
        position = picked_position(st.session_state.get(key), len(names))
        if position is not None:
            on_choose(names[position])

    data = {
        "title": title,
        "options": list(options.values()),
        "chosen": names.index(chosen),
        **more,
    }
    mount(key=key, data=data, on_picked_change=choose, **place)
