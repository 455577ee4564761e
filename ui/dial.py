"""A dial that turns, shifts and scales a test image while the network's probabilities follow."""

import numpy as np
import streamlit as st

from mnist_core.inference import Predictor
from mnist_core.transforms import placed
from ui.close_up import confidence_in
from ui.examination import Examination
from ui.probability_bars import probability_bars
from ui.tiles import large_digit

# Name: title, smallest, largest, as it is, step, how it is written.
_DIAL: dict[str, tuple[str, float, float, float, float, str]] = {
    "turn": ("Turn it (degrees)", -90.0, 90.0, 0.0, 5.0, "%.0f°"),
    "right": ("Shift it right (pixels)", -10.0, 10.0, 0.0, 1.0, "%.0f"),
    "down": ("Shift it down (pixels)", -10.0, 10.0, 0.0, 1.0, "%.0f"),
    "size": ("Make it larger or smaller", 0.4, 1.6, 1.0, 0.1, "%.1f ×"),
}
_TURNED = "dial-of"


@st.fragment
def dial(exam: Examination, network: Predictor, opened: int) -> None:
    """Four sliders, the image as they make it, and what the network says of it.

    Args:
        exam: of the network.
        network: the same.
        opened: the test image.
    """
    st.subheader("Turn it, shift it, scale it", anchor=False)
    image, knobs, bars = st.columns([4, 4, 5], gap="medium")
    # Another image begins as it is; its sliders stay the same, as making new ones takes long.
    if st.session_state.get(_TURNED) != opened:
        st.session_state[_TURNED] = opened
        if "dial-turn" in st.session_state:
            _put_back()
    with knobs:
        said = {
            name: st.slider(title, low, high, as_it_is, step, key=f"dial-{name}", format=form)
            for name, (title, low, high, as_it_is, step, form) in _DIAL.items()
        }
        st.button("As it was", icon=":material/undo:", on_click=_put_back)
    changed = placed(exam.digits.images[opened : opened + 1], **said)
    at_rest = np.array_equal(changed[0], exam.digits.images[opened])
    probabilities = exam.probabilities[opened] if at_rest else network.predict(changed)[0]
    answer = int(probabilities.argmax())
    sentence = f"Now it says {answer}, {confidence_in(float(probabilities[answer]))} sure."
    with image:
        large_digit(
            changed[0],
            key="dial",
            alternative=f"Test image {opened} as the network sees it now. {sentence}",
            as_fed=True,
        )
    with bars:
        st.markdown(sentence)
        probability_bars(probabilities, label=int(exam.digits.labels[opened]), key="dial-bars")


def _put_back() -> None:
    for name, (_, _, _, as_it_is, _, _) in _DIAL.items():
        # A slider that is given a value is drawn twice, even if it has that value already.
        if st.session_state[f"dial-{name}"] != as_it_is:
            st.session_state[f"dial-{name}"] = as_it_is
