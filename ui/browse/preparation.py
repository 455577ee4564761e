"""One image through the steps of preparation, each as a picture and as numbers, with the reason."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data.preparation import PixelStatistics, min_max_scaled, standardised
from mnist_core.system.text_format import whole, with_article
from ui.browse.element_controls import SETS, choose_element, describe, example_button
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.section import section
from ui.widgets.preparation.preparation import Scale, one_hot_table, preparation_steps

_WHY_FLAT = (
    "A dense layer takes a list, so the 28 rows are joined end to end: the dark runs in the strip "
    "are where each row crosses the ink. Pixels that were one above the other end up 28 places "
    "apart, and the network has to discover that they belong together. A convolution keeps the "
    "square and needs no flattening (T0, T2)."
)


def show(here: Address) -> None:
    """Show the view of the element given by `set` and `index` in the address."""
    digits, index, row = choose_element(here)
    image, label = digits.images[index], int(digits.labels[index])
    with row:
        example_button(here, 500)
    section(
        f"What a network receives of this {label}",
        f"Element {whole(index)} of the {SETS[digits.name]}, prepared for training step by step. "
        "Point at a pixel: it lights up in every picture, with the numbers around it.",
        help=explain("pixel", "flatten", "dense", "convolution"),
    )
    preparation_steps(
        image,
        _scales(image, cached.training_statistics()),
        _WHY_FLAT,
        key="preparation",
        alternative=describe(digits, index),
    )
    _one_hot(label)


def _scales(image: NDArray[np.uint8], spread: PixelStatistics) -> tuple[Scale, Scale, Scale]:
    """The three ways in which the tutorials write the pixels."""
    white, black = standardised([0, 255], spread)
    return (
        Scale(
            "As in the file: 0 to 255",
            "One byte per pixel: 0 for paper, 255 for full ink. Numbers this large make the first "
            "steps of training jump around.",
            image.astype(np.float64),
            0,
            255.0,
        ),
        Scale(
            "Divided by 255: 0 to 1",
            "The same picture in numbers about as large as those a network starts with, so "
            "training runs smoothly. All the recipes here do this.",
            min_max_scaled(image),
            3,
            1.0,
        ),
        Scale(
            "Zero-mean: (W − mean) / std",
            f"Over all training images the mean is {spread.mean:.5f} and the standard deviation "
            f"{spread.std:.5f}, so paper becomes {white:.2f} (tinted: below average) and full "
            f"ink {black:.2f}. With numbers on both sides of 0, weights can be corrected up and "
            "down equally well (T2).".replace("-", "−"),
            standardised(image, spread),
            2,
            float(black),
        ),
    )


def _one_hot(label: int) -> None:
    st.subheader("The label as one-hot", anchor=False)
    low, high = (label - 1, label + 1) if 0 < label < 9 else (abs(label - 1), abs(label - 3))
    middle = (low + high) / 2
    with st.container(horizontal=True, gap="large"):
        one_hot_table(label, key="one-hot")
        st.markdown(
            "The network has ten outputs, so the label gets ten places: a 1 at place "
            f"{label}, 0 elsewhere.\n\n"
            f"**What goes wrong without it?** As a plain number, the label could be missed by a "
            f"little or by a lot: a network torn between {with_article(low)} and "
            f"{with_article(high)} would answer {middle:g}, a digit it never had in mind. And "
            "some wrong answers would cost more than others only because they are further away "
            "when you count, although digits do not look more alike for being neighbours. With "
            "one-hot, every wrong answer costs the same. Keras notices at once: ten outputs and "
            "a single number do not fit together, so `categorical_crossentropy` stops with an "
            "error about shapes (T0, T2).",
            help=explain("one-hot", "cross-entropy"),
        )
