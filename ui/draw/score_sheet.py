"""The sheet of Score my hand in a session: filled, corrected, kept if its owner wants it."""

import secrets

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data import neighbours
from mnist_core.hands import saved_drawings, score
from mnist_core.hands.score import Drawing, Sheet
from mnist_core.models import store
from ui.shell import cached
from ui.widgets.canvas import canvas

CANVAS = "score"
"""The name of the canvas to draw on."""

_SHEET, _CODE, _PROBLEM, _ALIKE = "hand/sheet", "hand/code", "hand/problem", "hand/alike"
_IN_ADDRESS = "hand"


def current() -> Sheet | None:
    """The sheet being filled, or the one whose code is in the address; None before the first."""
    code = st.query_params.get(_IN_ADDRESS)
    if code and code != st.session_state.get(_CODE):
        _open(code)
    elif code is None and st.session_state.get(_CODE):
        # Somebody came back from another page; the address leads here again.
        st.query_params[_IN_ADDRESS] = st.session_state[_CODE]
    sheet: Sheet | None = st.session_state.get(_SHEET)
    return sheet


def _open(code: str) -> None:
    """Take up the drawings kept under a code from the address, which may be anything."""
    try:
        sheet = score.restored_sheet(saved_drawings.load(code, store.local_directory()))
    except ValueError as error:
        st.session_state[_PROBLEM] = str(error)
        st.query_params.pop(_IN_ADDRESS, None)
    else:
        st.session_state[_SHEET], st.session_state[_CODE] = sheet, code


def begin() -> None:
    """Start an empty sheet; what was kept stays kept, under its own code."""
    st.session_state[_SHEET] = score.new_sheet(secrets.randbits(32))
    st.session_state.pop(_CODE, None)
    st.query_params.pop(_IN_ADDRESS, None)
    canvas.new_sheet(CANVAS)


def put(image: NDArray[np.uint8]) -> None:
    """Take the drawing and ask for the next."""
    _change(_sheet().with_drawing(image))
    canvas.new_sheet(CANVAS)


def pass_over() -> None:
    """Ask for the next without a drawing."""
    _change(_sheet().skipped())
    canvas.new_sheet(CANVAS)


def correct(place: int, label: int) -> None:
    """Say what a drawing really is."""
    _change(_sheet().relabelled(place, label))


def leave_out(place: int) -> None:
    """Forget a drawing."""
    _change(_sheet().without(place))


def draw_again(place: int) -> None:
    """Ask for a digit once more."""
    _change(_sheet().reopened(place))
    canvas.new_sheet(CANVAS)


def is_kept() -> bool:
    """The drawings are on disk."""
    return _CODE in st.session_state


def keep(wanted: bool) -> None:
    """Keep the drawings on disk, or delete them there."""
    code = st.session_state.get(_CODE)
    try:
        if wanted:
            st.session_state[_CODE] = saved_drawings.save(
                score.handwriting(_sheet()), store.local_directory(), code
            )
        elif code:
            saved_drawings.delete(code, store.local_directory())
            st.session_state.pop(_CODE)
            st.query_params.pop(_IN_ADDRESS, None)
    except saved_drawings.DrawingsNotSaved as error:
        st.session_state[_PROBLEM] = str(error)


def problem() -> str | None:
    """What went wrong since this was last asked, in a sentence."""
    said: str | None = st.session_state.pop(_PROBLEM, None)
    return said


def alike(drawn: list[Drawing]) -> NDArray[np.uint8]:
    """For each drawing the training image of its label that is most like it: `(n, 28, 28)`."""
    before: dict[tuple[int, bytes], NDArray[np.uint8]] = st.session_state.get(_ALIKE, {})
    keys = [(one.label, one.image.tobytes()) for one in drawn]
    found = {
        key: before[key] if key in before else _most_alike(one)
        for key, one in zip(keys, drawn, strict=True)
    }
    st.session_state[_ALIKE] = found
    return np.stack([found[key] for key in keys])


def _most_alike(drawn: Drawing) -> NDArray[np.uint8]:
    digits = cached.digits("train")
    same = digits.images[digits.labels == drawn.label]
    nearest: NDArray[np.uint8] = same[neighbours.nearest(drawn.image, same, 1).elements[0]]
    return nearest


def _sheet() -> Sheet:
    sheet: Sheet = st.session_state[_SHEET]
    return sheet


def _change(sheet: Sheet) -> None:
    st.session_state[_SHEET] = sheet
    if is_kept():
        keep(True)
