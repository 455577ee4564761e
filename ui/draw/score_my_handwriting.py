"""Score my handwriting: twenty digits are asked for, then every network reads them."""

from contextlib import suppress
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.handwriting.score import SHEET_SIZE, Sheet, round_number
from mnist_core.language.translation import _
from mnist_core.models.card import ModelCard
from ui.draw import score_sheet, sheet_on_paper
from ui.draw.score_results import score_results
from ui.draw.teach_network import taught_network, teach_network
from ui.pickers.model_picker import model_picker
from ui.shell.address import Address
from ui.widgets.canvas import asked_digit, canvas
from ui.widgets.canvas.canvas import drawing_canvas
from ui.widgets.canvas.one_digit import one_digit


def show(here: Address) -> None:
    """Show the view; `model` and `hand` in the address choose what it shows."""
    sheet = score_sheet.current()
    if problem := score_sheet.problem():
        st.warning(problem)
    is_on_paper = sheet_on_paper.is_chosen()
    if sheet is not None and sheet.is_finished and not is_on_paper:
        _show_results(model_picker(here, for_drawings=True), sheet)
        return
    stage = st.container()
    # Not needed yet, but the address keeps what was chosen.
    model_picker(here, for_drawings=True)
    with stage:
        if is_on_paper:
            sheet_on_paper.show()
        elif sheet is None:
            _invite()
        else:
            _draw_next()


def _show_results(card: ModelCard, sheet: Sheet) -> None:
    with st.container(horizontal=True):
        st.button(
            _("Start over with an empty sheet"),
            icon=":material/refresh:",
            on_click=score_sheet.begin,
        )
        sheet_on_paper.offer("hand-paper-again")
    if remarks := score_sheet.remarks():
        st.warning(_("Please check what was read from your photo:") + "\n\n" + _listed(remarks))
    if not sheet.filled:
        st.info(_("Nothing was drawn, so there is nothing to read. Start over to try again."))
        return
    score_results(card, sheet, taught_network())
    teach_network(card, sheet)


def _listed(sentences: list[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _invite() -> None:
    st.subheader(_("How readable is your handwriting?"), anchor=False)
    st.markdown(
        _(
            "You will be asked for all ten digits twice, in random order. Write them as you "
            "always do: at the end the networks read them, and you see which of yours they "
            "stumble over. It takes about two minutes. You may look at other pages in "
            "between and come back."
        )
    )
    with st.container(horizontal=True):
        st.button(
            _("Start"), type="primary", icon=":material/play_arrow:", on_click=score_sheet.begin
        )
        sheet_on_paper.offer("hand-paper")


@st.fragment
def _draw_next() -> None:
    """The digit asked for and the canvas: all that runs again after a stroke."""
    sheet = score_sheet.current()
    if sheet is None or sheet.is_finished or sheet_on_paper.is_chosen():
        # That was the last, or it goes on with paper: the page once more as a whole.
        st.rerun()
    position = sheet.position
    asked_digit.show_style()
    with asked_digit.stage():
        words = _(
            "{number} of {count} · round {round}",
            number=position + 1,
            count=SHEET_SIZE,
            round=round_number(position),
        )
        asked_digit.question((position + 1) / SHEET_SIZE, words, sheet.prompts[position])
        with asked_digit.pen():
            ink = drawing_canvas(name=score_sheet.CANVAS)
        with asked_digit.way_on():
            image = None
            try:
                image = None if ink is None else one_digit(score_sheet.CANVAS, ink)
            except ValueError as error:
                st.warning(str(error))
            _next_or_skip(sheet, image)
            if not sheet.filled:
                sheet_on_paper.offer("hand-paper-early")
            else:
                st.caption(
                    _(
                        "{count} drawn so far. No network answers before the end, or you would "
                        "start writing for the network.",
                        count=len(sheet.filled),
                    )
                )
                # Somebody else may have begun it on the same tablet, less than an hour ago.
                st.button(
                    _("Start over with an empty sheet"),
                    key="score-again",
                    type="tertiary",
                    icon=":material/refresh:",
                    on_click=score_sheet.begin,
                )


def _next_or_skip(sheet: Sheet, image: NDArray[np.uint8] | None) -> None:
    st.button(
        _("Next") if sheet.position < SHEET_SIZE - 1 else _("Done"),
        key="score-next",
        type="primary",
        icon=":material/arrow_forward:",
        shortcut="Enter",
        width="stretch",
        disabled=image is None,
        on_click=_take,
        args=(sheet, image),
    )
    skip = partial(score_sheet.update, sheet.skipped())
    st.button(_("Skip this one"), key="score-skip", width="stretch", on_click=skip)


def _take(sheet: Sheet, image: NDArray[np.uint8] | None) -> None:
    """Take the drawing, with a stroke that has arrived together with the click."""
    ink = canvas.latest_drawing(score_sheet.CANVAS).ink
    if ink is not None:
        # Nothing but dots so far.
        with suppress(ValueError):
            image = one_digit(score_sheet.CANVAS, ink)
    if image is not None:
        score_sheet.update(sheet.with_drawing(image))
