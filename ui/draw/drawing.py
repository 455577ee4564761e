"""The view Draw: a canvas, and a network that reads it after each stroke."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data import dataset
from mnist_core.drawing import canvas_digits
from mnist_core.drawing.canvas_digits import DrawnDigit
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import with_article
from ui.draw.about_network import about_network
from ui.draw.closer_look import LOOKS, small_digit
from ui.pickers.model_picker import model_picker
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.calibrated_answers import read
from ui.widgets.answer.answer import Answer, in_words, several_in_words, show_answer
from ui.widgets.canvas import canvas, strokes
from ui.widgets.canvas.canvas import SIDE, drawing_canvas
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.live_reader.live_reader import live_reader, send_strokes
from ui.widgets.network_flow.network_flow import network_flow
from ui.widgets.probability_bars.probability_bars import probability_bars

# Of the canvas's 320 pixels.
BRUSH = 20
PREPARED = (
    "Your strokes, redrawn as thick as MNIST's, scaled to 20 pixels and moved until their centre "
    "of mass is in the middle of 28 × 28 pixels, just as MNIST's digits were made. White is ink."
)
# The keys of the elements that show the answer.
_ELEMENTS = {"answer": "answer", "bars": "probability_bars", "seen": "seen"}
_NOTHING = np.zeros((dataset.SIDE, dataset.SIDE), np.float32)
_COPY = "draw-copy"
_BRUSH = "draw-brush"


def show(here: Address) -> None:
    """Show the view; `model` in the address chooses it."""
    stage = st.container()
    card = model_picker(here)
    about_network(card)
    with stage:
        _draw_and_read(card)
        network_flow(card.recipe)
    live_reader(card, SIDE, _ELEMENTS)


@st.fragment
def _draw_and_read(card: ModelCard) -> None:
    """The canvas and the answer: all that runs again after a stroke."""
    digits: list[DrawnDigit] = []
    # The slider is below the canvas, which needs its value.
    brush = st.session_state.get(_BRUSH, BRUSH)
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=SIDE):
            ink = drawing_canvas(brush)
        try:
            digits = _drawn(ink)
            _show(card, digits)
        except canvas_digits.OnlyDots as problem:
            _one_digit(Answer("", f"I see no digit yet. {problem}"), _NOTHING, None)
        except (ValueError, store.BrokenModel) as problem:
            # No ink to be seen; or the network is damaged, or has gone since it was chosen.
            digits = []
            st.warning(str(problem), width=340)
    send_strokes(canvas.current_drawing().strokes, brush)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(width=220):
            brush = st.slider("Brush", 8, 36, BRUSH, step=2, key=_BRUSH, persist_state="session")
        with st.container(width=48):
            st.html(
                f'<div role="img" aria-label="The brush, {brush} pixels wide" '
                f'style="width: {brush}px; height: {brush}px; margin: {(44 - brush) // 2}px; '
                'border-radius: 50%; background: currentColor"></div>'
            )
        _digit_to_copy()
    _look_closer(card, digits)


def _drawn(ink: NDArray[np.uint8] | None) -> list[DrawnDigit]:
    """The digits on the canvas, read off its strokes where they are known."""
    if ink is None:
        return []
    lines = canvas.current_drawing().strokes
    brush = float(np.median([stroke.brush for stroke in lines])) if lines else 1.0
    return canvas_digits.find(ink, [strokes.centre_line(stroke) for stroke in lines], brush)


def _show(card: ModelCard, digits: list[DrawnDigit]) -> None:
    """The answer, or its empty elements: live_reader fills them before a stroke ends."""
    if not digits:
        _one_digit(None, _NOTHING, None)
        return
    images = np.stack([digit.image for digit in digits])
    answers, certain = read(card, images), cached.is_digit(images)
    if len(digits) == 1:
        is_digit = bool(certain[0])
        words = in_words(answers[0], is_digit=is_digit)
        _one_digit(words, images[0], answers[0], is_digit=is_digit)
        return
    with st.container(width=680):
        show_answer(several_in_words(answers, certain))
        with st.container(horizontal=True, gap="medium"):
            for number, image in enumerate(images):
                with st.container(width=300):
                    _seen(image, f"seen-{number + 1}", f"Digit {number + 1} as the network gets it")
                    probability_bars(
                        answers[number],
                        is_digit=bool(certain[number]),
                        key=f"bars-{number + 1}",
                    )


def _one_digit(
    words: Answer | None,
    image: NDArray[np.float32],
    chances: NDArray[np.float64] | None,
    *,
    is_digit: bool = True,
) -> None:
    """One digit, or none: the answer, the ten bars, and what the network sees."""
    with st.container(width=340):
        show_answer(words)
        probability_bars(chances, is_digit=is_digit, key=_ELEMENTS["bars"])
    with st.container(width=300):
        shown = "Your drawing as the network gets it" if image.any() else "Nothing is drawn yet"
        _seen(image, _ELEMENTS["seen"], shown)


def _seen(image: NDArray[np.float32], key: str, alternative: str) -> None:
    st.markdown("What the network sees", help=PREPARED)
    large_digit(image, key=key, alternative=alternative, as_fed=True)


def _digit_to_copy() -> None:
    """A training digit beside the canvas, for anyone who cannot think of one."""
    training = cached.digits("train")
    if st.button("Give me a digit to copy", "draw-another", icon=":material/casino:"):
        st.session_state[_COPY] = int(np.random.default_rng().integers(len(training.labels)))
    if _COPY not in st.session_state:
        return
    element = st.session_state[_COPY]
    label = int(training.labels[element])
    words = f"{with_article(label).capitalize()}, element {element} of the training set"
    small_digit(training.images[element], key="draw-to-copy", alternative=words)
    with st.container(width=220):
        st.markdown(f"Somebody wrote this **{label}**. Can you write it the same way?")


def _look_closer(card: ModelCard, digits: list[DrawnDigit]) -> None:
    """What is worked out only when it is opened."""
    chosen = st.pills(
        "More",
        tuple(LOOKS),
        selection_mode="multi",
        key="draw-more",
        persist_state="session",
        help="Open one or several; they stay open while you keep drawing.",
    )
    for name in chosen:
        st.subheader(name, anchor=False)
        if not digits:
            st.markdown("Draw a digit first.")
        else:
            LOOKS[name](card, digits[0])
