"""The sheet of Score my handwriting: in the session, and for an hour on the disk if that is lost.

It is on the server for longer if its owner wants that.
"""

import secrets

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data import neighbours
from mnist_core.handwriting import saved_drawings, score, unfinished_sheets
from mnist_core.handwriting.score import Drawing, Sheet
from mnist_core.language.translation import _
from mnist_core.models import store
from ui.shell import cached, visitor
from ui.shell.lost_session import Remembered
from ui.visitors import client, request_limits
from ui.widgets.canvas import canvas

CANVAS = "score"
"""The name of the canvas to draw on."""

_SHEET, _CODE, _PROBLEM, _SIMILAR = "hand/sheet", "hand/code", "hand/problem", "hand/similar"
_PARAMETER = "hand"
_REMARKS: Remembered[list[str]] = Remembered("hand/remarks", list[str], [])


def current() -> Sheet | None:
    """The sheet being filled, or the one whose code is in the address; None before the first."""
    code = st.query_params.get(_PARAMETER)
    if code and code != st.session_state.get(_CODE):
        _load(code)
    elif code is None and is_saved():
        # Somebody came back from another page; the address leads here again.
        st.query_params[_PARAMETER] = st.session_state[_CODE]
    if _SHEET not in st.session_state:
        kept = unfinished_sheets.load(store.local_directory(), visitor.code())
        if kept is not None:
            st.session_state[_SHEET] = kept
    sheet: Sheet | None = st.session_state.get(_SHEET)
    return sheet


def _load(code: str) -> None:
    """Load the drawings saved under a code from the address, which may be anything."""
    try:
        sheet = score.restored_sheet(saved_drawings.load(code, store.local_directory()))
    except ValueError as error:
        st.session_state[_PROBLEM] = str(error)
        st.query_params.pop(_PARAMETER, None)
    else:
        st.session_state[_SHEET], st.session_state[_CODE] = sheet, code
        _REMARKS.forget()


def begin() -> None:
    """Start an empty sheet; what was saved stays saved, under its own code."""
    begin_with(score.new_sheet(secrets.randbits(32)), [])


def begin_with(sheet: Sheet, remarks: list[str]) -> None:
    """Start with another sheet, such as one from paper, and what is to be said about it."""
    _keep(sheet)
    st.session_state.pop(_CODE, None)
    st.query_params.pop(_PARAMETER, None)
    canvas.start_empty(CANVAS)
    if remarks:
        _REMARKS.set(remarks)
    else:
        _REMARKS.forget()


def remarks() -> list[str]:
    """What is doubtful about this sheet, in sentences."""
    return _REMARKS.get()


def update(sheet: Sheet) -> None:
    """Replace the sheet by a changed one, with an empty canvas if it asks for another digit."""
    before: Sheet = st.session_state[_SHEET]
    _keep(sheet)
    if sheet.position != before.position:
        canvas.start_empty(CANVAS)
    if is_saved():
        save(True)


def _keep(sheet: Sheet) -> None:
    st.session_state[_SHEET] = sheet
    unfinished_sheets.save(sheet, store.local_directory(), visitor.code())


def is_saved() -> bool:
    """Whether the drawings are on the server's disk."""
    return _CODE in st.session_state


def save(wanted: bool) -> None:
    """Save the drawings on the server's disk, or delete them there."""
    code = st.session_state.get(_CODE)
    if (
        wanted
        and code is None
        and (refusal := request_limits.refusal(request_limits.KEPT_DRAWINGS))
    ):
        st.session_state[_PROBLEM] = f"{refusal} {_('Your drawings are still here, in this page.')}"
        return
    try:
        if wanted:
            st.session_state[_CODE] = saved_drawings.save(
                score.handwriting(st.session_state[_SHEET]),
                store.local_directory(),
                code,
                of_visitor=not client.is_owner(),
            )
        elif code:
            saved_drawings.delete(code, store.local_directory())
            st.session_state.pop(_CODE)
            st.query_params.pop(_PARAMETER, None)
    except saved_drawings.DrawingsNotSaved as error:
        st.session_state[_PROBLEM] = str(error)


def problem() -> str | None:
    """What has gone wrong since the last call, as a sentence."""
    found: str | None = st.session_state.pop(_PROBLEM, None)
    return found


def most_similar(drawings: list[Drawing]) -> NDArray[np.uint8]:
    """For each drawing the most similar training image of its label: uint8 `(n, 28, 28)`."""
    before: dict[tuple[int, bytes], NDArray[np.uint8]] = st.session_state.get(_SIMILAR, {})
    keys = [(one.label, one.image.tobytes()) for one in drawings]
    found = {
        key: before[key] if key in before else _nearest(one)
        for key, one in zip(keys, drawings, strict=True)
    }
    st.session_state[_SIMILAR] = found
    return np.stack([found[key] for key in keys])


def _nearest(drawing: Drawing) -> NDArray[np.uint8]:
    digits = cached.digits("train")
    same = digits.images[digits.labels == drawing.label]
    nearest: NDArray[np.uint8] = same[neighbours.nearest(drawing.image, same, 1).elements[0]]
    return nearest
