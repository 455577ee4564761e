"""Draw a digit, and a network reads it after each stroke."""

import streamlit as st

from mnist_core import drawing, store
from mnist_core.card import ModelCard
from ui import cached
from ui.address import Address
from ui.answer import show_answer
from ui.canvas import SIDE, drawing_canvas
from ui.model_picker import model_picker
from ui.probability_bars import probability_bars
from ui.tiles import large_digit

# Of the canvas's 320 pixels. Real hands (benchmarks/real_hands.py) are read worse with thinner
# and with thicker ink.
BRUSH = 20
PREPARED = (
    "Your ink, scaled to 20 pixels and moved until its centre of mass lies in the middle of "
    "28 × 28 pixels: just as the digits of MNIST were made. White is ink."
)


def show(here: Address) -> None:
    """Show the view; `model` in the address steers it."""
    stage = st.container()
    network, pen = st.columns([2, 1])
    with network:
        card = model_picker(key="draw", here=here)
    with pen:
        brush = st.slider("Brush", 8, 36, BRUSH, step=2, key="draw-brush", persist_state="session")
    with stage:
        _draw_and_read(card, brush)


@st.fragment
def _draw_and_read(card: ModelCard, brush: int) -> None:
    """The canvas and the answer: all that runs again after a stroke."""
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=SIDE):
            canvas = drawing_canvas(brush)
        if canvas is None:
            st.info("Draw a digit from 0 to 9, with the mouse, a pen or a finger.", width=340)
            return
        try:
            predictor = cached.predictor(card.name)
            image = drawing.to_mnist(canvas)
        except (ValueError, store.BrokenModel) as error:
            # No ink to be seen; or the network is damaged, or has gone since it was chosen.
            st.warning(str(error), width=340)
            return
        probabilities = predictor.predict(image[None])[0]
        with st.container(width=340):
            show_answer(probabilities)
            probability_bars(probabilities)
        with st.container(width=300):
            st.markdown("What the network sees", help=PREPARED)
            large_digit(
                image, key="seen", alternative="Your drawing as the network gets it", as_fed=True
            )
