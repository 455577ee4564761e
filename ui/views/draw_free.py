"""Draw a digit, and a network reads it after each stroke."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core import drawing, store
from mnist_core.calibration import with_temperature
from mnist_core.card import ModelCard
from ui import cached
from ui.address import Address
from ui.answer import show_answer
from ui.canvas import SIDE, drawing_canvas
from ui.live_reader import layers_at_work, live_reader
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
LAYERS = (
    "Each layer of the network makes pictures, or a row of numbers, of what the layer before it "
    "gives. Here they change while you draw: the more ink, the larger the number."
)
# Where the answer stands: the keys of its elements.
_PLACES = {"answer": "answer", "bars": "probability_bars", "seen": "seen"}
_NOTHING = np.zeros((28, 28), np.float32)


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
    live_reader(card, SIDE, _PLACES)
    if st.toggle("Watch the layers at work", key="draw-layers", help=LAYERS):
        layers_at_work()


@st.fragment
def _draw_and_read(card: ModelCard, brush: int) -> None:
    """The canvas and the answer: all that runs again after a stroke."""
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=SIDE):
            canvas = drawing_canvas(brush)
        image, probabilities = None, None
        if canvas is not None:
            try:
                predictor = cached.predictor(card.name)
                image = drawing.to_mnist(canvas)
            except (ValueError, store.BrokenModel) as error:
                # No ink to be seen; or the network is damaged, or has gone since it was chosen.
                st.warning(str(error), width=340)
                return
            answers = predictor.predict(image[np.newaxis])
            probabilities = with_temperature(answers, card.temperature or 1)[0]
        _show(image, probabilities)


def _show(image: NDArray[np.float32] | None, probabilities: NDArray[np.float64] | None) -> None:
    """The answer, or where it is going to be: live_reader needs its places before a stroke ends."""
    with st.container(width=340):
        show_answer(probabilities)
        probability_bars(probabilities, key=_PLACES["bars"])
    with st.container(width=300):
        st.markdown("What the network sees", help=PREPARED)
        large_digit(
            _NOTHING if image is None else image,
            key=_PLACES["seen"],
            alternative="Nothing is drawn yet"
            if image is None
            else "Your drawing as the network gets it",
            as_fed=True,
        )
