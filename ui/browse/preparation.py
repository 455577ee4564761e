"""One image through the steps of preparation, each as picture and numbers, with the reason."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data.preparation import PixelStatistics, min_max_scaled, standardised
from ui.browse.element_picker import SETS, index_input, open_index, open_set, set_radio
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.preparation.preparation import Scale, one_hot_table, preparation_steps

_WHY_FLAT = (
    "A dense layer takes a list, so the 28 rows are laid one behind the other: dark runs in the "
    "strip are where each row crosses the ink. Neighbours above and below are torn 28 places "
    "apart, and the network must find out that they belong together. A convolution keeps the "
    "square and needs no flattening (T0, T2)."
)


def show(here: Address) -> None:
    """Show the view; `set` and `index` in the address steer it."""
    digits = open_set(here)
    index = open_index(here, digits)
    image, label = digits.images[index], int(digits.labels[index])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        set_radio(here, digits)
        index_input(here, digits, index)
        st.button("500: a 3, or a 2?", on_click=lambda: here.choose(set="train", index=500))
    section(
        f"What a network gets of this {label}",
        f"Element {index:,} of the {SETS[digits.name]} before it is learned from. Point at a "
        "pixel: it lights up in every picture, with the numbers around it.",
        help=explain("pixel", "flatten", "dense", "convolution"),
    )
    preparation_steps(
        image,
        scales(image, cached.training_spread()),
        _WHY_FLAT,
        key="preparation",
        alternative=f"Element {index}, labelled {label}",
    )
    _label(label)


def scales(image: NDArray[np.uint8], spread: PixelStatistics) -> tuple[Scale, Scale, Scale]:
    """The three ways to write the pixels that the tutorials use."""
    whitest, blackest = standardised([0, 255], spread)
    return (
        Scale(
            "As in the file: 0 to 255",
            "One byte a pixel, 0 for paper and 255 for full ink. Numbers this large make the "
            "first steps of a training jump about.",
            image.astype(np.float64),
            0,
            255.0,
        ),
        Scale(
            "Divided by 255: 0 to 1",
            "The same picture in numbers of about the size that a network begins with, so the "
            "training runs steadily. All the recipes here do this.",
            min_max_scaled(image),
            3,
            1.0,
        ),
        Scale(
            "Zero-mean: (W − mean) / std",
            f"Over all training images the mean is {spread.mean:.5f} and the standard deviation "
            f"{spread.std:.5f}; so paper becomes {whitest:.2f} (tinted: below average) and full "
            f"ink {blackest:.2f}. Numbers on both sides of 0 let weights be corrected up and "
            "down alike (T2).".replace("-", "−"),
            standardised(image, spread),
            2,
            float(blackest),
        ),
    )


def _label(label: int) -> None:
    st.subheader("The label as one-hot", anchor=False)
    low, high = (label - 1, label + 1) if 0 < label < 9 else (abs(label - 1), abs(label - 3))
    middle = (low + high) / 2
    with st.container(horizontal=True, gap="large"):
        one_hot_table(label, key="one-hot")
        st.markdown(
            f"The network has ten outputs, so the label gets ten places: a 1 at place {label}, 0 "
            "elsewhere.\n\n"
            f"**What goes wrong without it?** As a plain number, {low} and {high} would lie on "
            f"both sides of {middle:g}: a network that wavers between a {low} and a {high} would "
            f"answer {middle:g}, a digit it never thought of. And some wrong answers would cost "
            "more than others only because they are further away when counting, although no digit "
            "is *nearer* to another in that sense. With one-hot every wrong answer costs the same. "
            "Keras sees the trouble at once: ten outputs and a single number do not fit together, "
            "and `categorical_crossentropy` stops with an error about shapes (T0, T2).",
            help=explain("one-hot", "cross-entropy"),
        )
