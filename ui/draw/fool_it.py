"""The view Fool it: draw a digit that a person reads and the network takes for another."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES
from mnist_core.drawing import canvas_digits
from mnist_core.drawing.canvas_digits import DrawnDigit
from mnist_core.handwriting import fooling
from mnist_core.handwriting.fooling import Attempt
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from ui.draw import fooled_cards
from ui.draw.closer_look import LOOKS
from ui.draw.fooled_cards import CANVAS, MEANT
from ui.pickers.model_picker import model_picker
from ui.shell import address, cached
from ui.shell.address import Address
from ui.shell.calibrated_answers import read
from ui.shell.glossary import explain
from ui.shell.section import changing_heading
from ui.widgets.answer.answer import SURE, Answer, in_words, show_answer
from ui.widgets.canvas import canvas, strokes
from ui.widgets.canvas.canvas import drawing_canvas
from ui.widgets.choice.choice import choice
from ui.widgets.live_reader.live_reader import live_reader, send_strokes
from ui.widgets.probability_bars.probability_bars import probability_bars

_BRUSH = 20
_WIDTH = 340
_ELEMENTS = {"answer": "answer", "bars": "probability_bars", "seen": "seen"}
# What helps to understand a misreading.
_WHY = ("What mattered", "Most similar", "Where it lives")


def show(here: Address) -> None:
    """Show the view; `model` in the address chooses the network to be fooled."""
    stage = st.container()
    card = model_picker(here)
    with stage:
        _play(here, card)
    live_reader(card, canvas.SIDE, _ELEMENTS)


@st.fragment
def _play(here: Address, card: ModelCard) -> None:
    """The game: all that runs again after a stroke."""
    meant: int | None = st.session_state.get(MEANT)
    st.markdown(
        "Say which digit you draw, then draw it so that a person still reads it, but the network "
        "is sure of another one. Whether a person could read it, only you can say: be honest.",
        help=explain("network", "confidence"),
    )
    choice(
        "I am drawing a",
        {str(digit): str(digit) for digit in range(CLASSES)},
        None if meant is None else str(meant),
        key="fool-meant",
        on_choose=_mean,
        show_title=True,
    )
    digit: DrawnDigit | None = None
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=canvas.SIDE):
            ink = drawing_canvas(_BRUSH, name=CANVAS)
        with st.container(width=_WIDTH):
            try:
                digit = _read_and_judge(here, card, meant, ink)
            except (ValueError, store.BrokenModel) as problem:
                # No ink to be seen; or the network is damaged, or has gone since it was chosen.
                st.warning(str(problem))
    send_strokes(canvas.current_drawing(CANVAS).strokes, _BRUSH)
    if digit is not None:
        _why(card, digit)
    fooled_cards.show(here)


def _mean(digit: str) -> None:
    before = st.session_state.get(MEANT)
    st.session_state[MEANT] = int(digit)
    # What was drawn as one digit is not another.
    if before is not None:
        canvas.start_empty(CANVAS)


def _read_and_judge(
    here: Address, card: ModelCard, meant: int | None, ink: NDArray[np.uint8] | None
) -> DrawnDigit | None:
    """Show the answer and the verdict.

    Returns:
        The digit on the canvas, if there is just one.
    """
    try:
        digits = _drawn(ink)
    except canvas_digits.OnlyDots as problem:
        _answer(Answer("", f"I see no digit yet. {problem}"), None)
        return None
    if len(digits) != 1:
        several = Answer("", f"I see {len(digits)} digits. Draw just one.")
        _answer(several if digits else None, None)
        return None
    (digit,) = digits
    images = digit.image[np.newaxis]
    chances, is_digit = read(card, images)[0], bool(cached.is_digit(images)[0])
    _answer(in_words(chances, is_digit=is_digit), chances)
    if meant is None:
        changing_heading("First say which digit this is")
        return digit
    verdict = fooling.judge(meant, chances, is_digit=is_digit, sure=SURE)
    changing_heading(verdict.sentence)
    if verdict.outcome == "fooled":
        pixels = np.rint(digit.image * 255).astype(np.uint8)
        attempt = Attempt(digit.canvas, pixels, meant, chances, card.title)
        fooled_cards.ask_whether_readable(attempt, card.name)
    elif verdict.outcome == "correct":
        _easier(here, card)
    return digit


def _drawn(ink: NDArray[np.uint8] | None) -> list[DrawnDigit]:
    if ink is None:
        return []
    lines = canvas.current_drawing(CANVAS).strokes
    return canvas_digits.find(ink, [strokes.centre_line(stroke) for stroke in lines], _BRUSH)


def _answer(words: Answer | None, chances: NDArray[np.float64] | None) -> None:
    show_answer(words)
    probability_bars(chances, key=_ELEMENTS["bars"])


def _easier(here: Address, card: ModelCard) -> None:
    """A network that misreads more, for whoever cannot fool this one."""
    known = {name: one.prepared for name, one in cached.real_hands().items()}
    shipped = [one for one in cached.cards() if one.shipped and one.name in known]
    easiest = min(shipped, key=lambda one: known[one.name], default=card)
    if card.name == easiest.name:
        return
    misread = round(100 * (1 - known[easiest.name]))
    words = f"Too hard? Try “{easiest.title}”: it misreads {misread} in 100 digits"
    if st.button(words, key="fool-easier"):
        here.choose(model=easiest.name)
        address.rerun()


def _why(card: ModelCard, digit: DrawnDigit) -> None:
    chosen = st.pills("Why does it say that?", _WHY, key="fool-why", persist_state="session")
    if chosen:
        LOOKS[chosen](card, digit)
