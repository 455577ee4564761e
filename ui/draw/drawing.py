"""The view Draw: the stage with a choice of network and brush, and closer looks at a drawing."""

from functools import partial

import numpy as np
import streamlit as st

from mnist_core.data.dataset import TRAINING_IMAGES
from mnist_core.language.translation import _
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import with_article
from ui.draw.about_network import about_network, seen
from ui.draw.closer_look import LOOKS, small_digit
from ui.glossary.glossary import explain
from ui.pickers.model_picker import model_picker
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.lost_session import Remembered
from ui.shell.section import changing_heading
from ui.stage.reading import Reading
from ui.stage.stage import read_along, stage
from ui.widgets.canvas.canvas import BRUSH

_COPY: Remembered[int | None] = Remembered("draw-copy", int | None, None)
_BRUSH = "draw-brush"
_LOOKS = "draw-more"


def show(here: Address) -> None:
    """Show the view; `model` in the address chooses the network."""
    first_look = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        card = model_picker(here, width=420, for_drawings=True)
        brush = _brush()
    with first_look:
        words = _("Draw or write a digit. The network that reads it {has_learned}.")
        words = words.format(has_learned=seen(card))
        help = explain("MNIST", "network", "probability")
        more, look_closer = partial(_choose_looks, card), partial(_look_closer, card)
        stage(card, brush, words=words, help=help, more=more, below=look_closer)
    read_along(card)


def _choose_looks(card: ModelCard) -> None:
    """Which closer looks there are, the facts about the network, and help to draw a digit."""
    # Whoever comes back from another page finds open what was open.
    is_open = bool(st.session_state.get(_LOOKS) or _COPY.get() is not None)
    with st.expander(_("Look closer, or copy a digit"), is_open, key="draw-closer"):
        st.pills(
            _("Closer looks"),
            tuple(LOOKS),
            format_func=_,
            selection_mode="multi",
            key=_LOOKS,
            persist_state="session",
            help=_("Open one or several; they stay open while you keep drawing."),
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            about_network(card)
            _digit_to_copy()


def _look_closer(card: ModelCard, reading: Reading) -> None:
    """What is worked out only when it is chosen."""
    for name in st.session_state.get(_LOOKS) or ():
        changing_heading(_(name))
        if reading.digits:
            LOOKS[name](card, reading.digits[0])
        else:
            st.markdown(_("Draw a digit first."))


def _brush() -> int:
    """How thick the pen is, and what that looks like."""
    with st.container(width=200):
        brush = st.slider(_("Brush"), 8, 36, BRUSH, step=2, key=_BRUSH, persist_state="session")
    words = _("The brush, {count} pixels wide", count=brush)
    with st.container(width=48):
        st.html(
            f'<div role="img" aria-label="{words}" '
            f'style="width: {brush}px; height: {brush}px; margin: {(44 - brush) // 2}px; '
            'border-radius: 50%; background: currentColor"></div>'
        )
    return brush


def _digit_to_copy() -> None:
    """A training digit beside the canvas, for anyone who cannot think of one."""
    if st.button(_("Give me a digit to copy"), "draw-another", icon=":material/casino:"):
        _COPY.set(int(np.random.default_rng().integers(TRAINING_IMAGES)))
    element = _COPY.get()
    if element is None:
        return
    training = cached.digits("train")
    label = int(training.labels[element])
    words = _("{digit}, element {number} of the training set")
    words = words.format(digit=with_article(label).capitalize(), number=element)
    small_digit(training.images[element], key="draw-to-copy", alternative=words)
    with st.container(width=220):
        question = _("Somebody wrote this **{digit}**. Can you write it the same way?", digit=label)
        st.markdown(question)
