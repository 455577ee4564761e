"""Where a digit is asked for: what to draw, the canvas, and the way on beside or below it.

with asked_digit.stage():
asked_digit.question(0.5, "5 of 10", 7)
with asked_digit.pen():
...  # the canvas
with asked_digit.way_on():
...  # buttons
"""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.language.translation import _
from mnist_core.system.text_format import with_article
from ui.widgets.canvas import canvas
from ui.widgets.canvas.canvas import SIDE

_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text('utf-8')}</style>"


def show_style() -> None:
    """The style sheets of this and of the canvas."""
    st.html(_STYLE)
    canvas.show_style()


def stage() -> DeltaGenerator:
    """All of it."""
    return st.container(key="asked-stage")


def question(progress: float, words: str, digit: int) -> None:
    """Show which digit to draw, below how far one is.

    Args:
        progress: 0..1.
        words: the same in words.
        digit: asked for in a heading of HTML, each a new one: see `ui.shell.section`.
    """
    with st.container(key="asked-digit", gap="small"):
        st.progress(progress, words)
        article = with_article(digit).split()[0]
        shown = f'{article} <span translate="no">{digit}</span>'
        st.html(f"<h2>{_('Draw {digit}', digit=shown)}</h2>")


def pen() -> DeltaGenerator:
    """The place of the canvas."""
    return st.container(key="asked-pen", width=SIDE)


def way_on() -> DeltaGenerator:
    """The place of the buttons."""
    return st.container(key="asked-go")
