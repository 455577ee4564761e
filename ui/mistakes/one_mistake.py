"""The first look: one mistake, large, with the network's answer, and some more to pick from."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from mnist_core.analysis.label_audit import BY_INDEX
from mnist_core.system.text_format import whole, whole_percent, with_article
from ui.mistakes.chosen_network import choose_results, show_accuracy
from ui.mistakes.network_results import NetworkResults, large_test_image
from ui.mistakes.ranked_mistakes import mistake_steps, opened_mistake, position_of, ranked_mistakes
from ui.shell.address import Address
from ui.shell.section import section
from ui.widgets.digit_tiles.digit_tiles import digit_grid
from ui.widgets.probability_bars.probability_bars import probability_bars

_TILES = 10
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
    _more(here, results, mistakes, opened)


def _answer(results: NetworkResults, opened: int) -> tuple[str, str]:
    """What the network makes of an image: a heading and how sure it is."""
    label, (answer, sure) = int(results.digits.labels[opened]), results.answer(opened)
    read = "read correctly" if label == answer else f"read as {with_article(answer)}"
    return (
        f"{with_article(label).capitalize()}, {read}",
        f"{whole_percent(sure)} sure · test image {whole(opened)}",
    )


def _more(here: Address, results: NetworkResults, mistakes: NDArray[np.int64], opened: int) -> None:
    """Some mistakes around the open one, as tiles."""
    count = len(mistakes)
    if not count:
        st.info("This network misreads none of the test images. Choose another one.")
        return
    first = max(0, position_of(mistakes, opened)) // _TILES * _TILES
    shown = mistakes[first : first + _TILES]
    place = f"{whole(first + 1)} to {whole(first + len(shown))}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"### {f'Mistakes {place}' if first else 'Most confident first'}", width="content"
        )
        if count > _TILES:
            st.button(
                f"See all {whole(count)}", on_click=lambda: here.choose(view="matrix", index=opened)
            )
    digit_grid(
        results.digits.images[shown],
        [results.caption(int(number)) for number in shown],
        key="gallery",
        alternatives=[results.describe(int(number)) for number in shown],
        selected=int(np.flatnonzero(shown == opened)[0]) if opened in shown else None,
        on_pick=lambda position: here.choose(index=int(shown[position])),
    )
