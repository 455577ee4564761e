"""Why one test image is read as it is: what matters in it, what is like it, what moving it does."""

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.system.text_format import counted, whole, with_article
from ui.mistakes import similar_training_images
from ui.mistakes.network_results import NetworkResults, open_network, opened_image
from ui.pickers.gallery_pages import gallery
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.prefetch import prefetch
from ui.shell.section import section
from ui.widgets.feature_maps.feature_maps import feature_maps
from ui.widgets.number_field.number_field import number_field
from ui.widgets.occlusion_map.occlusion_map import finding, occlusion_map
from ui.widgets.previous_next_buttons.previous_next_buttons import previous_next_buttons
from ui.widgets.probability_bars.probability_bars import probability_bars
from ui.widgets.transform_sliders.transform_sliders import transform_sliders


def show(here: Address, results: NetworkResults) -> None:
    """Show the view of the test image given by `index` in the address."""
    mistakes = results.surest_first(results.report.mistakes)
    opened = _opened(here, mistakes)
    position = _position(mistakes, opened)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number_field(
            f"Test image, 0 to {whole(TEST_IMAGES - 1)}",
            opened,
            0,
            TEST_IMAGES - 1,
            key=f"{here.page}-index",
            on_choose=lambda number: here.choose(index=number, page=None),
        )
        previous_next_buttons(
            "Previous mistake",
            "Next mistake",
            key="mistake-steps",
            is_first=position <= 0,
            is_last=position >= len(mistakes) - 1,
            on_step=partial(_step, here, mistakes),
        )
    network = open_network(results.card.name)
    if network is None:
        return
    image, label = results.digits.images[opened], int(results.digits.labels[opened])
    _what_matters(results, opened, label)
    similar_training_images.show(opened, label)
    if results.card.recipe.members == 1:
        # The pictures of several networks at once could not be told apart.
        feature_maps(results.card.recipe.layers, network, image)
    transform_sliders(network, opened, image, label, results.probabilities[opened])
    st.subheader(f"{counted(len(mistakes), 'mistake')}, most confident first", anchor=False)
    gallery(
        here, results.digits, mistakes, opened, caption=results.caption, describe=results.describe
    )
    # Computed while this mistake is looked at, before anybody asks for the next one.
    for following in mistakes[position + 1 : position + 2].tolist():
        prefetch(cached.occlusion, results.card.name, following)
        prefetch(similar_training_images.nearest, following)


def _opened(here: Address, mistakes: NDArray[np.int64]) -> int:
    instead = "the most confident mistake" if len(mistakes) else "image 0"
    return opened_image(here, mistakes, instead) or 0


def _position(mistakes: NDArray[np.int64], opened: int) -> int:
    """The position of the open image among the mistakes; -1 if it is read correctly."""
    return int(next(iter(np.flatnonzero(mistakes == opened)), -1))


def _step(here: Address, mistakes: NDArray[np.int64], by: int) -> None:
    """Open the mistake that many further on, or the last there is.

    Presses may arrive faster than pages, so they count from what is open by now.
    """
    position = _position(mistakes, _opened(here, mistakes)) + by
    here.choose(index=int(mistakes[np.clip(position, 0, len(mistakes) - 1)]), page=None)


def _what_matters(results: NetworkResults, opened: int, label: int) -> None:
    answer = int(results.predictions[opened])
    read = "read correctly" if label == answer else f"read as {with_article(answer)}"
    occlusion = cached.occlusion(results.card.name, opened)
    section(
        f"Why is this {label} {read}?",
        "A small square of paper was placed over each part of the image in turn: the stronger the "
        "colour, the less sure the network is of its answer when that part is covered. "
        f"{finding(occlusion)}",
    )
    # One container is drawn faster than columns.
    with st.container(horizontal=True, gap="medium"):
        occlusion_map(results.digits.images[opened], occlusion, key="occlusion")
        probability_bars(results.probabilities[opened], label=label)
