"""A dial that turns, shifts and scales a test image while the network's probabilities follow.

Its four sliders are one component of our own: Streamlit's tell where they stand only once they are
let go, and each of them takes time at every click on the page.
"""

from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.transforms import affine
from mnist_core.models.inference import Predictor
from ui.shell.component import component
from ui.widgets.close_up.close_up import confidence_in
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.probability_bars.probability_bars import probability_bars

_HERE = Path(__file__).parent

_DIAL = component(
    _HERE,
    "dial",
    '<div class="dial"><div class="knobs"></div><button type="button">As it was</button>'
    '<p class="said" role="status"></p></div>',
    styles=("plain_button",),
)
_KEY = "dial-knobs"
_WIDTH = 290


@dataclass(frozen=True)
class _Knob:
    """A slider.

    Attributes:
        title: what stands above it.
        low: the smallest value.
        high: the largest.
        at_rest: the value that changes nothing.
        step: between two values.
        unit: what stands behind the value.
    """

    title: str
    low: float
    high: float
    at_rest: float
    step: float
    unit: str


_KNOBS = {
    "turn": _Knob("Turn it", -90.0, 90.0, 0.0, 5.0, "°"),
    "right": _Knob("Shift it right", -10.0, 10.0, 0.0, 1.0, " pixels"),
    "down": _Knob("Shift it down", -10.0, 10.0, 0.0, 1.0, " pixels"),
    "size": _Knob("Make it larger or smaller", 0.4, 1.6, 1.0, 0.1, " times"),
}


@st.fragment
def dial(
    network: Predictor,
    number: int,
    image: NDArray[np.uint8],
    label: int,
    probabilities: NDArray[np.float32],
) -> None:
    """Four sliders, the image as they make it, and what the network says of it.

    Args:
        network: which network.
        number: of the test image.
        image: the test image, uint8 of shape `(28, 28)`.
        label: its label.
        probabilities: what the network says of it unchanged, float32 of shape `(10,)`.
    """
    knobs = _turned(st.session_state.get(_KEY), number)
    changed = affine(image[np.newaxis], **knobs)
    if not np.array_equal(changed[0], image):
        probabilities = network.predict(changed)[0]
    answer = int(probabilities.argmax())
    sentence = f"Now it says {answer}, {confidence_in(float(probabilities[answer]))} sure."
    st.subheader("Turn it, shift it, scale it", anchor=False)
    with st.container(horizontal=True, gap="medium"):
        large_digit(
            changed[0],
            key="dial",
            alternative=f"Test image {number} as the network sees it now. {sentence}",
            as_fed=True,
        )
        _DIAL(
            key=_KEY,
            data={
                "image": number,
                "knobs": {name: asdict(knob) for name, knob in _KNOBS.items()},
                "values": knobs,
                "said": sentence,
            },
            width=_WIDTH,
        )
        probability_bars(probabilities, label=label, key="dial-bars")


def _turned(state: Any, image: int) -> dict[str, float]:
    """Where the sliders stand, each within its ends.

    Another image begins as it is; so does one of which the browser says anything else.
    """
    match state.get("turned") if state else None:
        case {"image": said, "values": {**values}} if said == image:
            return {name: _within(knob, values.get(name)) for name, knob in _KNOBS.items()}
    return {name: knob.at_rest for name, knob in _KNOBS.items()}


def _within(knob: _Knob, said: Any) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return knob.at_rest
    # First of all: a whole number may be too large for anything that wants a float.
    held = float(min(max(said, knob.low), knob.high))
    return held if isfinite(held) else knob.at_rest
