"""Score my hand: twenty digits are asked for; then all networks say what they read."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.drawing import mnist_image
from mnist_core.hands.score import SHEET_SIZE, Sheet, round_number
from mnist_core.models.card import ModelCard
from ui.draw import score_sheet
from ui.draw.score_results import hand_results
from ui.draw.teach_network import hand_learning, taught
from ui.pickers.model_picker import model_picker
from ui.shell.address import Address
from ui.widgets.canvas import canvas, strokes
from ui.widgets.canvas.canvas import SIDE, drawing_canvas

_BRUSH = 20
_WIDTH = 340


def show(here: Address) -> None:
    """Show the view; `model` and `hand` in the address steer it."""
    sheet = score_sheet.current()
    if said := score_sheet.problem():
        st.warning(said)
    if sheet is not None and sheet.is_finished:
        _show_results(model_picker(here), sheet)
        return
    stage = st.container()
    # Not needed yet, but the address keeps what was chosen.
    model_picker(here)
    with stage:
        if sheet is None:
            _invite()
        else:
            _draw_next()


def _show_results(card: ModelCard, sheet: Sheet) -> None:
    st.button(
        "Start over with an empty sheet", icon=":material/refresh:", on_click=score_sheet.begin
    )
    if not sheet.filled:
        st.info("Nothing was drawn, so there is nothing to read. Start over to try again.")
        return
    hand_results(card, sheet, taught())
    hand_learning(card, sheet)


def _invite() -> None:
    st.subheader("How well is your hand read?", anchor=False)
    st.markdown(
        "You are asked for all ten digits in random order, twice. Write them as you always do: the "
        "networks read them at the end, and you see which of yours they stumble over. It takes "
        "about two minutes. You may look at other pages in between and come back."
    )
    st.button("Start", type="primary", icon=":material/play_arrow:", on_click=score_sheet.begin)


@st.fragment
def _draw_next() -> None:
    """The digit asked for and the canvas: all that runs again after a stroke."""
    sheet = score_sheet.current()
    if sheet is None or sheet.is_finished:
        # That was the last: the page once more as a whole.
        st.rerun()
    place, asked = sheet.position, sheet.prompts[sheet.position]
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=SIDE):
            ink = drawing_canvas(_BRUSH, name=score_sheet.CANVAS)
        with st.container(width=_WIDTH):
            _ask(place, asked)
            image = None
            try:
                image = None if ink is None else _prepared(ink)
            except ValueError as error:
                st.warning(str(error))
            st.button(
                "Next" if place < SHEET_SIZE - 1 else "Done",
                key="score-next",
                type="primary",
                icon=":material/arrow_forward:",
                shortcut="Enter",
                width="stretch",
                disabled=image is None,
                on_click=score_sheet.put,
                args=(None if image is None else np.rint(image * 255).astype(np.uint8),),
            )
            st.button(
                "Skip this one", key="score-skip", width="stretch", on_click=score_sheet.pass_over
            )
            _so_far(sheet)


def _prepared(ink: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The drawing as the network gets it, read off its strokes where they are known."""
    lines = canvas.current(score_sheet.CANVAS).strokes
    if not lines:
        return mnist_image.to_mnist(ink)
    return mnist_image.from_strokes([strokes.centre_line(stroke) for stroke in lines], _BRUSH)


def _ask(place: int, asked: int) -> None:
    st.progress(
        (place + 1) / SHEET_SIZE, f"{place + 1} of {SHEET_SIZE} · round {round_number(place)}"
    )
    article = "an" if asked == 8 else "a"
    st.header(f"Draw {article} {asked}", anchor=False)


def _so_far(sheet: Sheet) -> None:
    done = len(sheet.filled)
    if done:
        st.caption(
            f"{done} drawn so far. No network says anything before the end: you would begin to "
            "write as it likes."
        )
