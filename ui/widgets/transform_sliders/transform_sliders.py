"""Sliders that turn, shift and scale a test image while the network's probabilities follow.

They are one component of our own: Streamlit's report a value only once a slider is let go, and
each of them takes time at every click on the page.
"""

from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.transforms import affine
from mnist_core.models.inference import Predictor
from mnist_core.system.text_format import percent_sure
from ui.shell.component import component
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.probability_bars.probability_bars import probability_bars

_COMPONENT = component(__file__, uses=("plain_button",))
_KEY = "transform-sliders"
_WIDTH = 290


@dataclass(frozen=True)
class _Slider:
    """A slider: its range, the value that changes nothing, and what is written beside it."""

    title: str
    low: float
    high: float
    neutral: float
    step: float
    unit: str


_SLIDERS = {
    "turn": _Slider("Turn it", -90.0, 90.0, 0.0, 5.0, "°"),
    "right": _Slider("Shift it right", -10.0, 10.0, 0.0, 1.0, " pixels"),
    "down": _Slider("Shift it down", -10.0, 10.0, 0.0, 1.0, " pixels"),
    "size": _Slider("Make it larger or smaller", 0.4, 1.6, 1.0, 0.1, " times"),
}


@st.fragment
def transform_sliders(
    network: Predictor,
    number: int,
    image: NDArray[np.uint8],
    label: int,
    probabilities: NDArray[np.float32],
) -> None:
    """Show four sliders, the image as they transform it, and the network's answer to that.

    Args:
        network: which network.
        number: of the test image.
        image: the test image, uint8 of shape `(28, 28)`.
        label: its label.
        probabilities: the network's answer to the unchanged image, float32 of shape `(10,)`.
    """
    values = _read_values(st.session_state.get(_KEY), number)
    changed = affine(image[np.newaxis], **values)
    if not np.array_equal(changed[0], image):
        probabilities = network.predict(changed)[0]
    digit = int(probabilities.argmax())
    answer = f"Now it says {digit}, {percent_sure(float(probabilities[digit]))} sure."
    st.subheader("Turn it, shift it, scale it", anchor=False)
    with st.container(horizontal=True, gap="medium"):
        large_digit(
            changed[0],
            key="transformed",
            alternative=f"Test image {number} as the network sees it now. {answer}",
            as_fed=True,
        )
        data = {
            "image": number,
            "sliders": {name: asdict(slider) for name, slider in _SLIDERS.items()},
            "values": values,
            "answer": answer,
        }
        _COMPONENT(key=_KEY, data=data, width=_WIDTH)
        probability_bars(probabilities, label=label, key="transformed-bars")


def _read_values(state: Any, image: int) -> dict[str, float]:
    """The values of the sliders, each within its range.

    They are neutral for another image than that the browser reports, and for made-up reports.
    """
    match state.get("transform") if state else None:
        case {"image": reported, "values": {**values}} if reported == image:
            return {name: _within(slider, values.get(name)) for name, slider in _SLIDERS.items()}
    return {name: slider.neutral for name, slider in _SLIDERS.items()}


def _within(slider: _Slider, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return slider.neutral
    # First of all: a whole number may be too large for anything that wants a float.
    held = float(min(max(value, slider.low), slider.high))
    return held if isfinite(held) else slider.neutral
