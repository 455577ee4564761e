"""The first look: one mistake, large, with the network's answer, and some more to pick from."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.analysis.label_audit import BY_INDEX
from mnist_core.system.text_format import whole, whole_percent, with_article
from ui.mistakes.chosen_network import choose_results, show_accuracy
from ui.mistakes.network_results import NetworkResults, large_test_image
from ui.mistakes.ranked_mistakes import (
    mistake_steps,
    mistake_tiles,
    opened_mistake,
    ranked_mistakes,
)
from ui.shell.address import Address
from ui.shell.section import section
from ui.widgets.probability_bars.probability_bars import probability_bars

_IMAGE_WIDTH, _BARS_WIDTH, _CHOICES_WIDTH = 282, 300, 440


def show(here: Address, notices: DeltaGenerator) -> None:
    """Show the test image given by `index` in the address, as the `model` there reads it."""
    # On a phone these stand below each other: the mistake and its answer come first.
    with st.container(horizontal=True, gap="medium"):
        image, bars, choices = (
            st.container(width=width) for width in (_IMAGE_WIDTH, _BARS_WIDTH, _CHOICES_WIDTH)
        )
    with choices:
        steps = st.container(horizontal=True)
        results = choose_results(here, notices)
        show_accuracy(results)
    mistakes = ranked_mistakes(results)
    opened = opened_mistake(here, mistakes)
    with image:
        section(*_answer(results, opened))
        large_test_image(results.digits, opened)
    with bars:
        label = int(results.digits.labels[opened])
        probability_bars(results.probabilities[opened], label=label, thin="on phones")
        if audit := BY_INDEX.get(opened):
            st.markdown(f"**Is the label wrong?** {audit.votes}")
    with steps:
        mistake_steps(here, mistakes, opened, ("Previous", "Next"))
        st.button(
            "Why?",
            icon=":material/help_center:",
            type="primary",
            on_click=lambda: here.choose(view="why", index=opened, page=None),
        )
    mistake_tiles(here, results, mistakes, opened)


def _answer(results: NetworkResults, opened: int) -> tuple[str, str]:
    """What the network makes of an image: a heading and how sure it is."""
    label, (answer, sure) = int(results.digits.labels[opened]), results.answer(opened)
    read = "read correctly" if label == answer else f"read as {with_article(answer)}"
    return (
        f"{with_article(label).capitalize()}, {read}",
        f"{whole_percent(sure)} sure · test image {whole(opened)}",
    )
