"""Why? One test image: what matters in it, and what happens when it is turned and shifted."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.dataset import TEST_IMAGES
from mnist_core.evaluation import most_confident_first
from mnist_core.inference import Predictor
from mnist_core.occlusion import occlude
from mnist_core.store import BrokenModel
from mnist_core.transforms import placed
from ui import cached
from ui.address import Address
from ui.close_up import confidence_in
from ui.examination import Examination
from ui.gallery import gallery
from ui.layer_maps import layer_maps
from ui.occlusion_map import finding, occlusion_map
from ui.probability_bars import probability_bars
from ui.tiles import large_digit

# Name: title, smallest, largest, as it is, step, how it is written.
_DIAL: dict[str, tuple[str, float, float, float, float, str]] = {
    "turn": ("Turn it (degrees)", -90.0, 90.0, 0.0, 5.0, "%.0f°"),
    "right": ("Shift it right (pixels)", -10.0, 10.0, 0.0, 1.0, "%.0f"),
    "down": ("Shift it down (pixels)", -10.0, 10.0, 0.0, 1.0, "%.0f"),
    "size": ("Make it larger or smaller", 0.4, 1.6, 1.0, 0.1, "%.1f ×"),
}


def show(here: Address, exam: Examination) -> None:
    """Show the view; `index` in the address steers it."""
    wrong = most_confident_first(exam.probabilities, exam.report.mistakes)
    surest = int(wrong[0]) if len(wrong) else 0
    opened = here.whole(
        "index",
        0,
        TEST_IMAGES - 1,
        default=surest,
        no="There is no test image {}",
        instead="the surest mistake" if len(wrong) else "image 0",
    )
    _controls(here, wrong, opened)
    try:
        network = cached.predictor(exam.card.name)
    except (BrokenModel, ValueError) as damage:
        st.error(f"{damage} Choose another network.")
        return
    _what_matters(exam, network, opened)
    layer_maps(exam.card.recipe.layers, network, exam.digits.images[opened])
    _dial(exam, network, opened)
    st.subheader(f"{len(wrong):,} mistakes, the surest first", anchor=False)
    if len(wrong):
        gallery(exam.digits, wrong, exam.caption, here=here, opened=opened, describe=exam.describe)


def _controls(here: Address, wrong: NDArray[np.int64], opened: int) -> None:
    at = int(np.flatnonzero(wrong == opened)[0]) if opened in wrong else None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            f"Test image, 0 to {TEST_IMAGES - 1:,}",
            min_value=0,
            max_value=TEST_IMAGES - 1,
            width=180,
            **here.steers("index", opened, forget=("page",)),
        )
        for title, icon, place in (
            ("Previous mistake", ":material/chevron_left:", -1 if at is None else at - 1),
            ("Next mistake", ":material/chevron_right:", 0 if at is None else at + 1),
        ):
            inside = 0 <= place < len(wrong)
            st.button(
                title,
                icon=icon,
                disabled=not inside,
                on_click=_open,
                args=(here, int(wrong[place])) if inside else None,
            )


def _open(here: Address, number: int) -> None:
    here.choose(index=number, page=None)


def _what_matters(exam: Examination, network: Predictor, opened: int) -> None:
    label, answer = int(exam.digits.labels[opened]), int(exam.predictions[opened])
    read = "read rightly" if label == answer else f"read as a {answer}"
    occlusion = occlude(exam.digits.images[opened], network.predict)
    st.subheader(f"Why is this {label} {read}?", anchor=False)
    st.markdown(
        f"A small square of paper was laid over each place of the image in turn. "
        f"{finding(occlusion)}",
        help="The stronger the colour, the more the network's answer falls when that place is "
        "covered: there is what it looks at.",
    )
    image, bars = st.columns([1, 1], gap="medium")
    with image:
        occlusion_map(exam.digits.images[opened], occlusion, key="occlusion")
    with bars:
        probability_bars(exam.probabilities[opened], label=label)


@st.fragment
def _dial(exam: Examination, network: Predictor, opened: int) -> None:
    st.subheader("Turn it, shift it, scale it", anchor=False)
    image, knobs, bars = st.columns([4, 4, 5], gap="medium")
    with knobs:
        # Another image begins as it is.
        said = {
            name: st.slider(
                title, low, high, as_it_is, step, key=f"dial-{name}-{opened}", format=form
            )
            for name, (title, low, high, as_it_is, step, form) in _DIAL.items()
        }
        st.button("As it was", icon=":material/undo:", on_click=_put_back, args=(opened,))
    changed = placed(exam.digits.images[opened : opened + 1], **said)
    probabilities = network.predict(changed)[0]
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


def _put_back(opened: int) -> None:
    for name, (_, _, _, as_it_is, _, _) in _DIAL.items():
        st.session_state[f"dial-{name}-{opened}"] = as_it_is
