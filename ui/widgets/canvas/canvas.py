"""The canvas to draw a digit on, with Undo and Clear: the only home of st_canvas.

What is drawn is kept in the session, so that it is there again after a look at another page. The
browser keeps its own copy and tells each change; we change it only by handing it another drawing
to start from, which it takes in place of its own and sends back.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import quote

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit_drawable_canvas import st_canvas

from ui.widgets.canvas import strokes
from ui.widgets.canvas.strokes import Drawing, Stroke, UnreadableDrawing

# Fits a phone of 360 pixels.
SIDE = 320

_SHEET = "canvas/sheet/"
_INVITATION = "Draw a digit here"
# Paper and ink as in .streamlit/config.toml. They lie under the drawing or count for nothing in
# it, so the network sees the same in both themes.
_LIGHT = ("#ffffff", "#1f1d1a")
_DARK = ("#22242c", "#ecebe6")

_COMPONENT = "streamlit-drawable-canvas.streamlit_drawable_canvas"
_WITHOUT_TOOLS = (
    "<style>.dc-toolbar { display: none !important; }</style><div class='canvas-root'></div>"
)

# A finger needs 44 pixels.
_BUTTONS = "canvas-buttons"
_LARGE_BUTTONS = f"<style>.st-key-{_BUTTONS} button {{ min-height: 3rem; }}</style>"


def _hide_tools() -> None:
    """Take away the component's own tools; ours are below the canvas.

    They lie, unseen until a mouse comes by, over the upper right corner of the canvas, where they
    swallow a finger's stroke. The component's Python half mounts what is registered under its
    name, whoever registered it.
    """
    registry = logging.getLogger("streamlit.components.v2.component_registry")
    level = registry.level
    # That a name is registered twice is worth a warning, except when it is meant.
    registry.setLevel(logging.ERROR)
    st.components.v2.component(_COMPONENT, html=_WITHOUT_TOOLS, css="index-*.css", js="index-*.js")
    registry.setLevel(level)


_hide_tools()


@dataclass(frozen=True, eq=False)
class _Sheet:
    """What the session keeps.

    Attributes:
        name: tells it from the canvases of other views.
        drawing: what is on the canvas, as far as the browser has told.
        start: the strokes the browser was given to start from.
        edition: counts what the browser was given, so that it notices.
        mounts: counts canvases; another number makes the browser set up another one.
        dark: the theme the colours are from.
        problem: what was wrong with what the browser sent last, in a sentence.
    """

    name: str
    drawing: Drawing = field(default_factory=Drawing)
    start: tuple[Stroke, ...] = ()
    edition: int = 0
    mounts: int = 0
    dark: bool = False
    problem: str | None = None

    @property
    def key(self) -> str:
        return f"canvas/{self.name}/{self.mounts}"


def drawing_canvas(brush: int, *, name: str = "draw") -> NDArray[np.uint8] | None:
    """A square canvas with Undo and Clear below it.

    Args:
        brush: width of the round brush in pixels, of the canvas's 320.
        name: the drawing it shows; each name has a drawing of its own.

    Returns:
        The ink, light on dark: uint8 `(320, 320)`; None while nothing is drawn.
    """
    sheet = _refreshed(_sheet(name))
    _keep(sheet)
    paper, ink = _DARK if sheet.dark else _LIGHT
    st_canvas(
        width=SIDE,
        height=SIDE,
        stroke_width=brush,
        stroke_color=ink,
        background_image=_paper(paper, ink, _INVITATION if not sheet.drawing.strokes else ""),
        initial_drawing={
            "objects": strokes.as_fabric(sheet.start, ink),
            "edition": sheet.edition,
        },
        return_image_data=True,
        key=sheet.key,
        on_change=partial(_receive, name, sheet.key),
    )
    _buttons(name, is_empty=not sheet.drawing.strokes)
    if sheet.problem:
        st.warning(sheet.problem)
    return sheet.drawing.ink


def current(name: str = "draw") -> Drawing:
    """What is on the canvas of this name: its strokes, too; empty if there is none."""
    return _sheet(name).drawing


def new_sheet(name: str) -> None:
    """Have an empty canvas from the next run on; for callbacks.

    It is another canvas: a stroke of the old one that is still on its way will not land on it.
    """
    sheet = _sheet(name)
    _keep(_Sheet(name, mounts=sheet.mounts + 1, dark=sheet.dark))


def _buttons(name: str, *, is_empty: bool) -> None:
    st.html(_LARGE_BUTTONS)
    alike: Any = {"disabled": is_empty, "width": "stretch", "args": (name,)}
    with st.container(horizontal=True, width=SIDE, key=_BUTTONS):
        st.button("Undo", "canvas-undo", icon=":material/undo:", on_click=_undo, **alike)
        st.button("Clear", "canvas-clear", icon=":material/delete:", on_click=_clear, **alike)


def _sheet(name: str) -> _Sheet:
    sheet: _Sheet = st.session_state.get(_SHEET + name, _Sheet(name))
    return sheet


def _keep(sheet: _Sheet) -> None:
    st.session_state[_SHEET + sheet.name] = sheet


def _refreshed(sheet: _Sheet) -> _Sheet:
    """The sheet for this run: the canvas may be a new one, or the theme another."""
    if sheet.key not in st.session_state:
        # The page has just been opened: the browser has lost what was drawn before.
        sheet = replace(sheet, start=sheet.drawing.strokes)
    elif not _can_be_taken_apart(st.session_state[sheet.key]):
        sheet = _replaced(sheet)
    dark = st.context.theme.type == "dark"
    return (
        sheet if dark == sheet.dark else _handed(replace(sheet, dark=dark), sheet.drawing.strokes)
    )


def _receive(name: str, key: str) -> None:
    """The browser tells what is on the canvas of this key now."""
    sheet = _sheet(name)
    if key != sheet.key:
        # The last words of a canvas that another has replaced meanwhile.
        return
    try:
        drawing = strokes.read(st.session_state[key].get("drawing"), SIDE)
    except UnreadableDrawing as error:
        _keep(replace(_replaced(sheet), problem=str(error)))
    else:
        _keep(replace(sheet, drawing=drawing, problem=None))


def _undo(name: str) -> None:
    sheet = _sheet(name)
    left = sheet.drawing.strokes[:-1]
    # The ink of the strokes that are left comes back from the browser a moment later.
    ink = sheet.drawing.ink if left else None
    _keep(_handed(replace(sheet, drawing=Drawing(left, ink)), left))


def _clear(name: str) -> None:
    _keep(_handed(replace(_sheet(name), drawing=Drawing(), problem=None), ()))


def _handed(sheet: _Sheet, start: tuple[Stroke, ...]) -> _Sheet:
    """Have the browser take these strokes for its own."""
    return replace(sheet, start=start, edition=sheet.edition + 1)


def _replaced(sheet: _Sheet) -> _Sheet:
    """Have the browser set up another canvas, with what was last known to be on this one."""
    return replace(sheet, start=sheet.drawing.strokes, mounts=sheet.mounts + 1)


def _can_be_taken_apart(state: object) -> bool:
    """Whether st_canvas gets by with this state from the browser; it does not check it."""
    match state:
        case {"drawing": Mapping(), "backgroundFit": None}:
            return True
        case {"drawing": Mapping(), "backgroundFit": Mapping() as fit}:
            sides = ("naturalWidth", "naturalHeight", "scaleX", "scaleY", "offsetX", "offsetY")
            return all(side in fit for side in sides)
    return False


def _paper(paper: str, ink: str, words: str) -> str:
    """A sheet of paper with some faint words in the middle, as a data URL."""
    middle = SIDE // 2
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}">'
        f'<rect width="100%" height="100%" fill="{paper}"/>'
        f'<text x="{middle}" y="{middle}" text-anchor="middle" font-family="sans-serif" '
        f'font-size="22" fill="{ink}" fill-opacity="0.65">{words}</text></svg>'
    )
    return "data:image/svg+xml," + quote(picture)
