"""The canvas to draw a digit on, with Undo and Clear; only this module uses st_canvas.

The drawing is kept in the session, so that it is there again after a visit to another page. The
browser keeps its own copy and reports each change; we change it only by giving it another drawing
to start from, which replaces its own and which it sends back.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit_drawable_canvas import st_canvas

from mnist_core.language.translation import _
from ui.shell import address, lost_session
from ui.shell.component import component
from ui.shell.lost_session import Remembered
from ui.widgets.canvas import canvas_state, strokes
from ui.widgets.canvas.canvas_state import CanvasState
from ui.widgets.canvas.strokes import SIDE as SIDE
from ui.widgets.canvas.strokes import Drawing, UnreadableDrawing
from ui.widgets.ghost_pen import ghost_pen

BRUSH = 20
"""The width of the brush that suits MNIST, of the canvas's 320 pixels."""
_PENS = ("ghost_pen/ghost_pen", "canvas_events", "keyboard_pen", "pointer_pen", "canvas_hand")
_OVERLAY = component(__file__, "canvas_overlay", uses=_PENS)
_STYLE = f"""<style>
/* The canvas comes a moment later than what is around it. */
[class*="st-key-paper-"] {{ position: relative; min-height: {SIDE}px; }}
[class*="st-key-overlay-"] {{ position: absolute; inset: 0; z-index: 1; pointer-events: none; }}
/* A finger needs 44 pixels. */
.st-key-canvas-buttons button {{ min-height: 3rem; }}
</style>"""
_LAST = "canvas/last"
# The name of the canvas it was drawn on.
_LAST_ON: Remembered[str] = Remembered("canvas/last-on", str, "")
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


def drawing_canvas(
    brush: int = BRUSH, *, name: str = "draw", with_ghost: bool = False
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
    state = _refreshed(canvas_state.read(name))
    canvas_state.keep(state)
    paper, ink = _DARK if state.dark else _LIGHT
    objects = strokes.as_fabric(state.start, ink)
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
            "words": _("Draw a digit here"),
            "spoken": {
                "canvas": _(
                    "Canvas. The arrow keys move a pen; the space bar puts it down and lifts it."
                ),
                "down": _("Pen down"),
                "lifted": _("Pen lifted"),
            },
            "ghost": ghost_pen.digits() if with_ghost else [],
        }
        _OVERLAY(key=f"overlay-{name}", data=overlay)
    _buttons(name, is_empty=not state.drawing.strokes)
    if state.problem:
        st.warning(state.problem)
    return state.drawing.ink


def show_style() -> None:
    """The canvas's style sheet; once on the page, outside what runs after a stroke."""
    st.html(_STYLE)


def current_drawing(name: str = "draw") -> Drawing:
    """The drawing of this name, with its strokes; empty if there is none."""
    return canvas_state.read(name).drawing


def latest_drawing(name: str) -> Drawing:
    """The same in a callback, with a stroke whose report came together with the click."""
    _catch_up(name)
    return canvas_state.read(name).drawing


def last_drawing() -> Drawing:
    """What was drawn last on any of the canvases, even if it is gone from there; else empty."""
    kept: Drawing | None = st.session_state.get(_LAST)
    if kept is None:
        return current_drawing(name) if (name := _LAST_ON.get()) else Drawing()
    return kept


def start_empty(name: str) -> None:
    """Mount an empty canvas from the next run on; for callbacks.

    It is a new canvas: a stroke of the old one that is still on its way will not land on it.
    """
    state = canvas_state.read(name)
    canvas_state.keep(CanvasState(name, mounts=state.mounts + 1, dark=state.dark))


def open_drawing(name: str, drawing: Drawing) -> None:
    """Mount a canvas with this drawing on it from the next run on; for callbacks."""
    state = canvas_state.read(name)
    canvas_state.keep(
        CanvasState(
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
        st.button(_("Undo"), "canvas-undo", icon=":material/undo:", on_click=_undo, **alike)
        st.button(_("Clear"), "canvas-clear", icon=":material/delete:", on_click=_clear, **alike)


def _refreshed(state: CanvasState) -> CanvasState:
    """The state for this run: the page may have just been opened, or the theme changed."""
    opened = address.path()
    if state.page not in (None, opened):
        # The browser has lost what was drawn there; the session forgets that canvas only after the
        # first run of this page.
        state = canvas_state.remounted(state)
    elif state.key not in st.session_state:
        # The browser has lost what was drawn before, or the server its session.
        state = replace(state, start=state.drawing.strokes)
        if not all(map(canvas_state.is_accepted, lost_session.browser_states(state.key).values())):
            state = canvas_state.remounted(state)
    elif not canvas_state.is_accepted(st.session_state[state.key]):
        state = canvas_state.remounted(state)
    state = replace(state, page=opened)
    dark = st.context.theme.type == "dark"
    return state if dark == state.dark else canvas_state.restarted(replace(state, dark=dark))


def _receive(name: str, key: str) -> None:
    """Keep what the browser reports of the canvas with this key."""
    state = canvas_state.read(name)
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
        canvas_state.keep(replace(canvas_state.remounted(state), problem=str(error)))
    else:
        canvas_state.keep(replace(state, drawing=drawing, problem=None, report=report))
        if drawing.strokes:
            st.session_state[_LAST] = drawing
            if _LAST_ON.get() != name:
                _LAST_ON.set(name)


def _undo(name: str) -> None:
    _catch_up(name)
    state = canvas_state.read(name)
    canvas_state.keep(
        canvas_state.restarted(replace(state, drawing=Drawing(state.drawing.strokes[:-1])))
    )


def _clear(name: str) -> None:
    _catch_up(name)
    canvas_state.keep(
        canvas_state.restarted(replace(canvas_state.read(name), drawing=Drawing(), problem=None))
    )


def _catch_up(name: str) -> None:
    """Take in the last stroke where its report came with a click, whose callback may come first."""
    key = canvas_state.read(name).key
    if isinstance(st.session_state.get(key), Mapping):
        _receive(name, key)


def _paper(colour: str) -> str:
    """Paper of this colour, as a data URL; a canvas's own background would count as ink."""
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}">'
        f'<rect width="100%" height="100%" fill="{colour}"/></svg>'
    )
    return "data:image/svg+xml," + quote(picture)
