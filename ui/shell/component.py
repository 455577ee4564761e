"""Streamlit components from the files beside a widget's Python, and what their browser side sends.

Whatever arrives from a browser may be made up: nothing here trusts it.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from streamlit.components.v2.bidi_component import serialization

from ui.shell import component_values
from ui.shell.lost_session import Remembered

# Streamlit asks of every list and dict in a component's data whether it is a table, and imports
# pandas to find out: 0.7 s of processor time on a fresh server's first page, and 85 MB. Neither our
# data nor the canvas's has tables.
serialization.is_dataframe_like = lambda obj: False  # type: ignore[attr-defined]
component_values.show_values_as_copies()

_WIDGETS = Path(__file__).parents[1] / "widgets"
Input = TypeVar("Input")
_LINES = re.DOTALL | re.MULTILINE
_QUOTES = ("'", '"', "`")


def component(file: str, name: str | None = None, *, uses: Sequence[str] = ()) -> Any:
    """A component made of `name.html`, `name.js` and `name.css`; mount it with `key=` and `data=`.

    Args:
        file: `__file__` of the widget, whose folder the files are in.
        name: of the files, without the ending; that of the folder if there is only one component.
        uses: other scripts and style sheets, from the same folder, from `ui/widgets/shared`, or of
            another widget ("ghost_pen/ghost_pen"). Their scripts stand before the component's own,
            which cannot import them: a component is one file. Their style sheets stand behind its
            own. `elements.js` is always there.
    """
    folder = Path(file).parent
    name = name or folder.name

    def read(part: str, ending: str) -> str:
        files = (place / f"{part}.{ending}" for place in (folder, _WIDGETS / "shared", _WIDGETS))
        return next((file.read_text("utf-8") for file in files if file.exists()), "")

    return st.components.v2.component(
        f"digit_lab.{name}",
        # Indentation must not become spaces between elements.
        html="".join(line.strip() for line in read(name, "html").splitlines()) or "<div></div>",
        css="\n".join(read(part, "css") for part in (name, *uses)),
        js="\n".join(without_comments(read(part, "js")) for part in ("elements", *uses, name)),
    )


def without_comments(script: str) -> str:
    """A script as it is sent: without comments, indentation and spaces that mean nothing.

    Lines stay lines. A line with texts or regular expressions in it keeps its spaces. No text of
    our scripts goes on in a second line (tests/shell/test_component.py).
    """
    lines = []
    for line in re.sub(r"^ */\*\*.*?\*/$", "", script, flags=_LINES).split("\n"):
        code = line.partition(" // ")[0]
        kept = line if any(code.count(quote) % 2 for quote in _QUOTES) else code
        kept = kept.strip()
        if not any(sign in kept for sign in (*_QUOTES, "/")):
            kept = re.sub(r" ?([=<>?:,{}()&|;*]+) ?", r"\1", kept)
        lines.append(kept)
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def as_base64(data: bytes) -> str:
    """Bytes as text, the way components take them."""
    return b64encode(data).decode("ascii")


def picked_position(state: Any, count: int) -> int | None:
    """The position that the browser says was picked, if it is one of `count`."""
    position = state.get("picked") if state else None
    if isinstance(position, int) and not isinstance(position, bool) and 0 <= position < count:
        return position
    return None


def when_picked(key: str, count: int, on_pick: Callable[[int], None] | None) -> Callable[[], None]:
    """A callback for `on_picked_change=` that passes on the position picked.

    Args:
        key: of the component.
        count: how many things there are to pick from; other positions are ignored.
        on_pick: called with the position, before the page runs again; None where it is not wanted.
    """

    def receive() -> None:
        position = picked_position(st.session_state.get(key), count)
        if position is not None and on_pick is not None:
            on_pick(position)

    return receive


def handle_once(
    key: str, read: Callable[[Any], Input | None], handle: Callable[[Input | None, Input], None]
) -> Callable[[], bool]:
    """A callback that handles each input of a component exactly once, even an interrupted one.

    Streamlit ends a callback where another click has come, and calls none if that click changes
    nothing here. So call it once more after mounting the component, and rerun if it returns True.

    Args:
        key: of the component.
        read: makes an input of the component's state; None if there is none.
        handle: called with the input handled last, if any, and the new one.

    Returns:
        A function that tells whether there was anything new.
    """
    # Changed in place: Streamlit may interrupt at every write to the session.
    memory = st.session_state.setdefault(f"{key}/handled", {})
    # The browser reports once more what a lost session has handled.
    remembered: Remembered[Any] = Remembered(f"{key}/handled-input", Any, None)
    if "input" not in memory and (before := read(remembered.recovered())) is not None:
        memory["input"] = before

    def receive() -> bool:
        state = st.session_state.get(key)
        new, handled = read(state), memory.get("input")
        if new is None or new == handled:
            return False
        handle(handled, new)
        # Only now: an input whose handling was interrupted has not been handled.
        memory["input"] = new
        remembered.write(dict(state or {}))
        return True

    return receive


def last_handled(key: str) -> Any:
    """The input of this component that `handle_once` handled last, or None."""
    return st.session_state.get(f"{key}/handled", {}).get("input")
