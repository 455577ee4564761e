"""The digit that this visitor drew last: a training reads it while it learns."""

from contextlib import suppress

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.drawing import canvas_digits
from mnist_core.jobs import queue
from mnist_core.models.store import BrokenModel
from ui.shell import cached

# What the digit probably is, as nobody has said: the answer of the one that reads drawings best.
_JUDGE = "every-hand"
_LABEL = "own-digit/label/"


def last_drawn() -> NDArray[np.uint8] | None:
    """The digit as networks get it, uint8 `(28, 28)`; None while nothing is drawn."""
    # The canvas can be imported only where an app runs, and is not needed before.
    from ui.widgets.canvas import canvas

    drawing = canvas.last_drawing()
    if drawing.ink is None:
        return None
    # Only dots.
    with suppress(ValueError):
        found = canvas_digits.find(
            drawing.ink, drawing.lines, drawing.brush, cached.digit_probability
        )
        return np.rint(found[0].image * 255).astype(np.uint8)
    return None


def own_digit(job_id: str) -> tuple[NDArray[np.uint8], int | None] | None:
    """The digit that a training reads, and what it probably is; None if there is none.

    Raises:
        ValueError: there is no such training.
    """
    image = queue.own_digit(job_id)
    if image is None:
        return None
    slot = _LABEL + job_id
    if slot not in st.session_state:
        label = None
        with suppress(ValueError, BrokenModel):
            seen = image[np.newaxis].astype(np.float32) / 255
            label = int(cached.predictor(_JUDGE).predict(seen)[0].argmax())
        st.session_state[slot] = label
    return image, st.session_state[slot]
