"""Makes Streamlit components from the `.js` and `.css` files beside a widget's Python."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

_SHARED = Path(__file__).parents[1] / "widgets" / "shared"


def component(
    folder: Path, name: str, html: str, *, uses: Sequence[str] = (), styles: Sequence[str] = ()
) -> Any:
    """The element of this name, to be mounted with `key=` and `data=`.

    Args:
        folder: where its files are.
        name: of its files, without the ending.
        html: what is there before the script fills it.
        uses: scripts that stand before its own, which cannot import them: a component is one
            file. They are in the same folder or in `ui/widgets/shared`.
        styles: style sheets that stand behind its own; likewise.
    """

    def joined(names: Sequence[str], ending: str) -> str:
        files = [f"{one}.{ending}" for one in names]
        places = [folder / file if (folder / file).exists() else _SHARED / file for file in files]
        return "\n".join(place.read_text("utf-8") for place in places)

    return st.components.v2.component(
        f"digit_lab.{name}",
        html=html,
        css=joined((name, *styles), "css"),
        js=joined((*uses, name), "js"),
    )


def picked_position(state: Any, count: int) -> int | None:
    """What the browser says was picked, if it is one of `count` things: it may say anything."""
    position = state.get("picked") if state else None
    if isinstance(position, int) and not isinstance(position, bool) and 0 <= position < count:
        return position
    return None
