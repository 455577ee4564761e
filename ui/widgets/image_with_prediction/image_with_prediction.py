"""One test image, large, with all that a network says about it."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.label_audit import BY_INDEX
from mnist_core.data.dataset import Digits
from mnist_core.system.text_format import percent_sure, with_article
from ui.shell.section import section
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.probability_bars.probability_bars import probability_bars

_NOT_SURE = 0.5


def image_with_prediction(digits: Digits, number: int, probabilities: NDArray[np.float32]) -> None:
    """Show an image, its label, and the ten probabilities.

    Args:
        digits: the set it is in.
        number: its element number there.
        probabilities: shape `(10,)`.
    """
    label, prediction = int(digits.labels[number]), int(probabilities.argmax())
    confidence = float(probabilities[prediction])
    sure = f"{percent_sure(confidence)} sure" + (", so not sure" if confidence < _NOT_SURE else "")
    audit = BY_INDEX.get(number)
    doubt = f"\n\n**Is the label wrong?** {audit.votes}" if audit else ""
    digit = with_article(label).capitalize()
    if label == prediction:
        section(
            f"{digit}, read correctly",
            f"Test image {number:,} is labelled {label}; the network agrees, {sure}.{doubt}",
        )
    else:
        section(
            f"{digit}, read as {with_article(prediction)}",
            f"Test image {number:,} is labelled **{label}**; the network says **{prediction}** "
            f"and is {sure}.{doubt}",
        )
    # Columns would be three things to draw; this is one.
    with st.container(horizontal=True, gap="medium"):
        large_digit(
            digits.images[number],
            key="large",
            alternative=f"Test image {number}, labelled {label}",
            reveal=True,
        )
        probability_bars(probabilities, label=label)
