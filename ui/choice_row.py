"""One of a few things to choose, side by side; on a phone, where they have no room, as a list."""

from collections.abc import Callable, Mapping

import streamlit as st

from ui.frontend import component, picked_position

_CHOICE_ROW = component(
    "choice_row",
    '<div class="choice"><p class="title"></p><div class="row" role="radiogroup"></div>'
    "<select></select></div>",
    styles=("radio_label",),
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
    """Offer a few things.

    Args:
        title: what is chosen, for people who do not see it.
        options: name -> what stands there.
        chosen: the name of the one that is shown.
        key: as of any widget.
        on_choose: called with the name of another, before the page runs again.
        show_title: for everybody.
    """
    names = tuple(options)

    def choose() -> None:
        position = picked_position(st.session_state.get(key), len(names))
        if position is not None:
            on_choose(names[position])

    data = {
        "title": title,
        "show_title": show_title,
        "options": list(options.values()),
        "chosen": names.index(chosen),
    }
    _CHOICE_ROW(key=key, data=data, on_picked_change=choose)
