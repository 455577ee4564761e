"""What is known of a canvas: its drawing, and how far the browser knows it.

It is kept in the session. Where that was lost, the browser's canvas is the drawing, or what the
visit remembers if another page is open.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from ui.shell import lost_session
from ui.shell.lost_session import Remembered
from ui.widgets.canvas import strokes
from ui.widgets.canvas.strokes import Drawing, Stroke, UnreadableDrawing

_STATE = "canvas/state/"
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, eq=False)
class CanvasState:
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
        """Of the component."""
        return f"canvas/{self.name}/{self.mounts}"


def read(name: str) -> CanvasState:
    """The state of the canvas of this name."""
    found: CanvasState = st.session_state.get(_STATE + name) or _found_again(name)
    return found


def keep(state: CanvasState) -> None:
    """Have this state from now on."""
    before = read(state.name).drawing.strokes
    st.session_state[_STATE + state.name] = state
    if state.drawing.strokes != before:
        _remembered(state.name).set(state.drawing.strokes)


def _remembered(name: str) -> Remembered[tuple[Stroke, ...]]:
    """The strokes on this canvas as the visit remembers them."""
    return Remembered(f"canvas/strokes/{name}", tuple[Stroke, ...], ())


def _found_again(name: str) -> CanvasState:
    """The canvas of a session that was lost, or else an empty one."""
    shown = lost_session.browser_states(f"canvas/{name}/")
    mounts = [int(key.rsplit("/")[-1]) for key in shown if _NUMBER.fullmatch(key.rsplit("/")[-1])]
    state = CanvasState(name, mounts=max(mounts, default=0))
    match shown.get(state.key):
        case None:
            drawing = Drawing(_remembered(name).get())
        case {"drawing": report} if report is not None:
            try:
                drawing = strokes.read(report)
            except UnreadableDrawing:
                return replace(state, mounts=state.mounts + 1)
        case _:
            return state
    return replace(state, drawing=drawing, start=drawing.strokes)


def restarted(state: CanvasState) -> CanvasState:
    """Have the browser replace its drawing by this state's."""
    return replace(state, start=state.drawing.strokes, revision=state.revision + 1)


def remounted(state: CanvasState) -> CanvasState:
    """Have the browser set up another canvas, with the drawing it reported last."""
    return replace(state, start=state.drawing.strokes, mounts=state.mounts + 1, report=...)


def is_accepted(state: object) -> bool:
    """Whether st_canvas copes with this state from the browser; it does not check it."""
    match state:
        case {"drawing": Mapping(), "backgroundFit": None}:
            return True
        case {"drawing": Mapping(), "backgroundFit": Mapping() as fit}:
            sides = ("naturalWidth", "naturalHeight", "scaleX", "scaleY", "offsetX", "offsetY")
            return all(side in fit for side in sides)
    return False
