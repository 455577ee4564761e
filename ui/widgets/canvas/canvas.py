"""The canvas to draw a digit on, with Undo and Clear; only this module uses st_canvas.

The drawing is kept in the session, so that it is there again after a visit to another page. The
browser keeps its own copy and reports each change; we change it only by giving it another drawing
to start from, which replaces its own and which it sends back.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit_drawable_canvas import st_canvas

from ui.shell import address
from ui.shell.component import component
from ui.widgets.canvas import strokes
from ui.widgets.canvas.strokes import SIDE as SIDE
from ui.widgets.canvas.strokes import Drawing, Stroke, UnreadableDrawing

_PENS = ("ghost_pen", "canvas_events", "keyboard_pen", "pointer_pen", "canvas_hand")
_OVERLAY = component(__file__, "canvas_overlay", uses=_PENS)
_GHOST_DIGITS = Path(__file__).parent / "ghost_digits.json"
_STYLE = f"""<style>
/* The canvas comes a moment later than what is around it. */
[class*="st-key-paper-"] {{ position: relative; min-height: {SIDE}px; }}
[class*="st-key-overlay-"] {{ position: absolute; inset: 0; z-index: 1; pointer-events: none; }}
/* A finger needs 44 pixels. */
.st-key-canvas-buttons button {{ min-height: 3rem; }}
</style>"""
_STATE = "canvas/state/"
_LAST = "canvas/last"
# Paper and ink as in .streamlit/config.toml. Only opacity counts as ink, so the network sees the
# same in both themes.
_LIGHT = ("#ffffff", "#1f1d1a")
_DARK = ("#22242c", "#ecebe6")

_COMPONENT = "streamlit-drawable-canvas.streamlit_drawable_canvas"
_WITHOUT_TOOLS = (
    "<style>.dc-toolbar { display: none !important; }</style><div class='canvas-root'></div>"
)


def _hide_tools() -> None:
    """Replace the component by one without its own tools; ours are below the canvas.

    Invisible until a mouse hovers, they cover the upper right corner of the canvas, where they
    swallow a finger's stroke. The component's Python half mounts what is registered under its
    name, whoever registered it.
    """
    registry = logging.getLogger("streamlit.components.v2.component_registry")
    level = registry.level
    # Registering a name twice is worth a warning, except where it is meant.
    registry.setLevel(logging.ERROR)
    st.components.v2.component(_COMPONENT, html=_WITHOUT_TOOLS, css="index-*.css", js="index-*.js")
    registry.setLevel(level)


_hide_tools()


@dataclass(frozen=True, eq=False)
class _State:
    """What the session keeps of a canvas.

    Attributes:
        name: distinguishes it from the canvases of other views.
        drawing: what is on the canvas, as the browser reported last.
        start: the strokes the browser was given to start from.
        revision: counts these, so that the browser notices the next.
        mounts: counts canvases; another number makes the browser set up a new one.
        dark: whether the colours are from the dark theme.
        problem: what was wrong with the browser's last report, in a sentence.
        page: the page it was shown on last; None for none so far.
        report: what the browser reported last, as it came.
    """

    name: str
    drawing: Drawing = field(default_factory=Drawing)
    start: tuple[Stroke, ...] = ()
    revision: int = 0
    mounts: int = 0
    dark: bool = False
    problem: str | None = None
    page: str | None = None
    report: object = ...

    @property
    def key(self) -> str:
        return f"canvas/{self.name}/{self.mounts}"


def drawing_canvas(
    brush: int, *, name: str = "draw", with_ghost: bool = False
) -> NDArray[np.uint8] | None:
    """A square canvas with Undo and Clear below it, for mouse, pen, finger and keyboard.

    Args:
        brush: width of the round brush in pixels, of the canvas's 320.
        name: of the drawing; each name has its own.
        with_ghost: whether a pen writes by itself for a visitor who does nothing; a live reader
            on the page reads what it writes.

    Returns:
        The ink, light on dark: uint8 `(320, 320)`; None while nothing is drawn.
    """
    state = _refreshed(_state(name))
    _keep(state)
    paper, ink = _DARK if state.dark else _LIGHT
    objects = strokes.as_fabric(state.start, ink)
    st.html(_STYLE)
    with st.container(key=f"paper-{name}", width=SIDE):
        st_canvas(
            width=SIDE,
            height=SIDE,
            stroke_width=brush,
            stroke_color=ink,
            background_image=_paper(paper),
            initial_drawing={"objects": objects, "revision": state.revision},
            key=state.key,
            on_change=partial(_receive, name, state.key),
        )
        overlay = {
            "side": SIDE,
            "brush": brush,
            "isEmpty": not state.drawing.strokes,
            # Sent again after each stroke and each Clear: what a touch had hidden may be back.
            "revision": state.revision,
            # The class that Streamlit gives to what has this key.
            "mount": f"st-key-{state.key.replace('/', '-')}",
            "words": "Draw a digit here",
            "ghost": _ghost_digits() if with_ghost else [],
        }
        _OVERLAY(key=f"overlay-{name}", data=overlay)
    _buttons(name, is_empty=not state.drawing.strokes)
    if state.problem:
        st.warning(state.problem)
    return state.drawing.ink


def current_drawing(name: str = "draw") -> Drawing:
    """The drawing of this name, with its strokes; empty if there is none."""
    return _state(name).drawing


def latest_drawing(name: str) -> Drawing:
    """The same in a callback, with a stroke whose report came together with the click."""
    _catch_up(name)
    return _state(name).drawing


def last_drawing() -> Drawing:
    """What was drawn last on any of the canvases, even if it is gone from there; else empty."""
    drawing: Drawing = st.session_state.get(_LAST, Drawing())
    return drawing


def start_empty(name: str) -> None:
    """Mount an empty canvas from the next run on; for callbacks.

    It is a new canvas: a stroke of the old one that is still on its way will not land on it.
    """
    state = _state(name)
    _keep(_State(name, mounts=state.mounts + 1, dark=state.dark))


def open_drawing(name: str, drawing: Drawing) -> None:
    """Mount a canvas with this drawing on it from the next run on; for callbacks."""
    state = _state(name)
    _keep(
        _State(
            name,
            drawing=drawing,
            start=drawing.strokes,
            mounts=state.mounts + 1,
            dark=state.dark,
        )
    )


def _buttons(name: str, *, is_empty: bool) -> None:
    alike: Any = {"disabled": is_empty, "width": "stretch", "args": (name,)}
    with st.container(horizontal=True, width=SIDE, key="canvas-buttons"):
        st.button("Undo", "canvas-undo", icon=":material/undo:", on_click=_undo, **alike)
        st.button("Clear", "canvas-clear", icon=":material/delete:", on_click=_clear, **alike)


def _state(name: str) -> _State:
    state: _State = st.session_state.get(_STATE + name, _State(name))
    return state


def _keep(state: _State) -> None:
    st.session_state[_STATE + state.name] = state


def _refreshed(state: _State) -> _State:
    """The state for this run: the page may have just been opened, or the theme changed."""
    opened = address.path()
    if state.page not in (None, opened):
        # The browser has lost what was drawn there; the session forgets that canvas only after the
        # first run of this page.
        state = _remounted(state)
    elif state.key not in st.session_state:
        # The browser has lost what was drawn before.
        state = replace(state, start=state.drawing.strokes)
    elif not _is_accepted(st.session_state[state.key]):
        state = _remounted(state)
    state = replace(state, page=opened)
    dark = st.context.theme.type == "dark"
    return state if dark == state.dark else _restarted(replace(state, dark=dark))


def _receive(name: str, key: str) -> None:
    """Keep what the browser reports of the canvas with this key."""
    state = _state(name)
    if key != state.key:
        # The last report of a canvas that another has replaced meanwhile.
        return
    report = st.session_state[key].get("drawing")
    if report == state.report:
        # Known before Undo or Clear were pressed.
        return
    try:
        drawing = strokes.read(report)
    except UnreadableDrawing as error:
        _keep(replace(_remounted(state), problem=str(error)))
    else:
        _keep(replace(state, drawing=drawing, problem=None, report=report))
        if drawing.strokes:
            st.session_state[_LAST] = drawing


def _undo(name: str) -> None:
    _catch_up(name)
    state = _state(name)
    _keep(_restarted(replace(state, drawing=Drawing(state.drawing.strokes[:-1]))))


def _clear(name: str) -> None:
    _catch_up(name)
    _keep(_restarted(replace(_state(name), drawing=Drawing(), problem=None)))


def _catch_up(name: str) -> None:
    """Take in the last stroke where its report came with a click, whose callback may come first."""
    key = _state(name).key
    if isinstance(st.session_state.get(key), Mapping):
        _receive(name, key)


def _restarted(state: _State) -> _State:
    """Have the browser replace its drawing by this state's."""
    return replace(state, start=state.drawing.strokes, revision=state.revision + 1)


def _remounted(state: _State) -> _State:
    """Have the browser set up another canvas, with the drawing it reported last."""
    return replace(state, start=state.drawing.strokes, mounts=state.mounts + 1, report=...)


def _is_accepted(state: object) -> bool:
    """Whether st_canvas copes with this state from the browser; it does not check it."""
    match state:
        case {"drawing": Mapping(), "backgroundFit": None}:
            return True
        case {"drawing": Mapping(), "backgroundFit": Mapping() as fit}:
            sides = ("naturalWidth", "naturalHeight", "scaleX", "scaleY", "offsetX", "offsetY")
            return all(side in fit for side in sides)
    return False


def _paper(colour: str) -> str:
    """Paper of this colour, as a data URL; a canvas's own background would count as ink."""
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}">'
        f'<rect width="100%" height="100%" fill="{colour}"/></svg>'
    )
    return "data:image/svg+xml," + quote(picture)


@cache
def _ghost_digits() -> list[dict[str, Any]]:
    """Digits with the way of the pen that wrote them; see `scripts/make_ghost_digits.py`."""
    found: list[dict[str, Any]] = json.loads(_GHOST_DIGITS.read_text("utf-8"))
    return found
