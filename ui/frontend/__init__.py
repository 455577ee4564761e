"""Our own elements of the page, as Streamlit components: a `.js` and a `.css` file for each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


def component(name: str, html: str, *, uses: Sequence[str] = (), styles: Sequence[str] = ()) -> Any:
    """The element of this name, to be mounted with `key=` and `data=`.

    Args:
        name: of its files, without the ending.
        html: what is there before the script fills it.
        styles: style sheets that stand behind its own.
        uses: scripts that stand before its own, which cannot import them: a component is one file.
    """
    scripts = [(_HERE / f"{one}.js").read_text("utf-8") for one in (*uses, name)]
    return st.components.v2.component(
        f"digit_lab.{name}",
        html=html,
        css="\n".join((_HERE / f"{one}.css").read_text("utf-8") for one in (name, *styles)),
        js="\n".join(scripts),
    )


def picked_position(state: Any, count: int) -> int | None:
    """What the browser says was picked, if it is one of `count` things: it may say anything."""
    position = state.get("picked") if state else None
    if isinstance(position, int) and not isinstance(position, bool) and 0 <= position < count:
        return position
    return None
