"""The stage: a canvas, the network at work on what is drawn, and its answer, in one window.

While the pen is down, the browser reads (`ui.widgets.live_reader`); after each stroke the server
does, and has the last word. What runs then is a fragment with what depends on the drawing.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from mnist_core.language.translation import _
from mnist_core.models.card import ModelCard
from ui.shell.prefetch import prefetch
from ui.stage.reading import Reading, read, warm_up
from ui.widgets.answer.answer import show_answer
from ui.widgets.canvas import canvas
from ui.widgets.canvas.canvas import BRUSH, SIDE, drawing_canvas
from ui.widgets.live_reader.live_reader import live_reader, send_strokes
from ui.widgets.network_flow.network_flow import network_flow
from ui.widgets.probability_bars.probability_bars import probability_bars

_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text('utf-8')}</style>"
Show = Callable[[Reading], None]
# The keys of the elements that show the answer.
_ELEMENTS = {"answer": "answer", "bars": "probability_bars", "first": "bars-1"}


def stage(
    card: ModelCard,
    brush: int = BRUSH,
    *,
    words: str,
    help: str,
    name: str = "draw",
    comment: Show | None = None,
    more: Callable[[], None] | None = None,
    below: Show | None = None,
) -> None:
    """Show the stage.

    Args:
        card: of the network that reads.
        brush: how thick the pen is, in pixels of the canvas.
        words: a sentence or two about it; on a phone they stand below it.
        help: what the technical words in them mean.
        name: of the drawing; each name has its own. Only "draw" has a ghost pen.
        comment: shows more about a reading; on a phone between pen and bars.
        more: shows what comes after all of it and has nothing to do with the drawing.
        below: shows what comes after that and has.
    """
    st.html(_STYLE)
    canvas.show_style()
    with st.container(key="stage"):
        with st.container(key="stage-words"):
            st.markdown(words, help=help)
        with st.container(key="stage-flow"):
            network_flow(card.recipe)
        if more is not None:
            with st.container(key="stage-more"):
                more()
        with st.container(key="stage-live"):
            _draw_and_read(card, brush, name, comment, below)


@st.fragment
def _draw_and_read(
    card: ModelCard, brush: int, name: str, comment: Show | None, below: Show | None
) -> None:
    """All that runs again after a stroke: each element here costs about a millisecond of it."""
    drawing_canvas(brush, name=name, with_ghost=name == "draw")
    drawing = canvas.current_drawing(name)
    reading = read(card, drawing)
    show_answer(reading.words, in_row=True)
    if reading.problem:
        st.warning(reading.problem)
    _bars(reading)
    if comment is not None:
        with st.container(key="stage-comment", gap="small"):
            comment(reading)
    # The flow shows the first of several digits, and no minus sign.
    first = reading.digits[0].strokes if reading.digits else ()
    is_all = len(first) == len(drawing.lines)
    send_strokes(drawing.strokes, brush, () if is_all else first)
    if below is not None:
        with st.container(key="stage-below"):
            below(reading)


def read_along(card: ModelCard) -> None:
    """Have the browser read while the pen is down; once, outside the fragment of the stage."""
    live_reader(card, SIDE, _ELEMENTS)
    # The first answer of the server would otherwise wait for the network to be opened.
    prefetch(warm_up, card)


def _bars(reading: Reading) -> None:
    """Ten bars for each digit; live_reader fills the empty ones before a stroke ends."""
    if len(reading.digits) < 2:
        probability_bars(
            reading.chances[0] if reading.digits else None,
            key=_ELEMENTS["bars"],
            is_digit=all(reading.are_digits),
            thin="on phones",
        )
        return
    with st.container(key="stage-bars"):
        for number, chances in enumerate(reading.chances, start=1):
            probability_bars(
                chances,
                key=f"bars-{number}",
                title=_("Digit {number}", number=number),
                is_digit=reading.are_digits[number - 1],
                thin="always",
            )
