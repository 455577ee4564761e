"""Why? One test image: what matters in it, what is like it, what happens when it is turned."""

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.analysis.evaluation import most_confident_first
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models.store import BrokenModel
from ui.mistakes.test_results import Examination
from ui.pickers.gallery_pages import gallery
from ui.shell import cached, prefetch
from ui.shell.address import Address
from ui.shell.section import section
from ui.widgets.layer_maps.layer_maps import layer_maps
from ui.widgets.number_field.number_field import number_field
from ui.widgets.occlusion_map.occlusion_map import finding, occlusion_map
from ui.widgets.probability_bars.probability_bars import probability_bars
from ui.widgets.similar_images.similar_images import alike, nearest_to
from ui.widgets.step_buttons.step_buttons import step_buttons
from ui.widgets.transform_dial.transform_dial import dial


def show(here: Address, exam: Examination) -> None:
    """Show the view; `index` in the address chooses it."""
    wrong = most_confident_first(exam.probabilities, exam.report.mistakes)
    opened = _opened(here, wrong)
    _controls(here, wrong, opened)
    try:
        network = cached.predictor(exam.card.name)
    except (BrokenModel, ValueError) as damage:
        st.error(f"{damage} Choose another network.")
        return
    _what_matters(exam, opened)
    nearest_to(opened, int(exam.digits.labels[opened]))
    if exam.card.recipe.members == 1:
        # Of several networks at once the pictures could not be told apart.
        layer_maps(exam.card.recipe.layers, network, exam.digits.images[opened])
    image, label = exam.digits.images[opened], int(exam.digits.labels[opened])
    dial(network, opened, image, label, exam.probabilities[opened])
    st.subheader(f"{len(wrong):,} mistakes, the surest first", anchor=False)
    if len(wrong):
        gallery(exam.digits, wrong, exam.caption, here=here, opened=opened, describe=exam.describe)
    _prepare_next(exam.card.name, wrong, opened)


def _opened(here: Address, wrong: NDArray[np.int64]) -> int:
    return here.whole_number(
        "index",
        0,
        TEST_IMAGES - 1,
        default=int(wrong[0]) if len(wrong) else 0,
        refusal="There is no test image {}",
        instead="the surest mistake" if len(wrong) else "image 0",
    )


def _controls(here: Address, wrong: NDArray[np.int64], opened: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number_field(
            f"Test image, 0 to {TEST_IMAGES - 1:,}",
            opened,
            0,
            TEST_IMAGES - 1,
            key=f"{here.page}-index",
            on_choose=lambda number: here.choose(index=number, page=None),
        )
        step_buttons(
            "Previous mistake",
            "Next mistake",
            key="mistakes-in-turn",
            is_first=_neighbour(wrong, opened, -1) is None,
            is_last=_neighbour(wrong, opened, 1) is None,
            step=partial(_step, here, wrong),
        )


def _neighbour(wrong: NDArray[np.int64], opened: int, by: int) -> int | None:
    at = np.flatnonzero(wrong == opened)
    place = int(at[0]) + by if len(at) else by - (by > 0)
    return int(wrong[place]) if 0 <= place < len(wrong) else None


def _step(here: Address, wrong: NDArray[np.int64], by: int) -> None:
    """Presses can come quicker than pages: what counts is what is open by now."""
    opened = _opened(here, wrong)
    # Beyond the last there is nothing: as far as there is.
    reached = (_neighbour(wrong, opened, fewer) for fewer in range(by, 0, -1 if by > 0 else 1))
    number = next((number for number in reached if number is not None), None)
    if number is not None:
        here.choose(index=number, page=None)


def _prepare_next(name: str, wrong: NDArray[np.int64], opened: int) -> None:
    """Have the network cover the next mistake's places before anybody asks for it."""
    following = _neighbour(wrong, opened, 1)
    if following is not None:
        prefetch.prepare(cached.occlusion, name, following)
        prefetch.prepare(alike, following)


def _what_matters(exam: Examination, opened: int) -> None:
    label, answer = int(exam.digits.labels[opened]), int(exam.predictions[opened])
    read = "read rightly" if label == answer else f"read as a {answer}"
    occlusion = cached.occlusion(exam.card.name, opened)
    section(
        f"Why is this {label} {read}?",
        "A small square of paper was laid over each place of the image in turn: the stronger the "
        f"colour, the more the answer falls when that place is covered. {finding(occlusion)}",
    )
    # Columns would be three things to draw; this is one.
    with st.container(horizontal=True, gap="medium"):
        occlusion_map(exam.digits.images[opened], occlusion, key="occlusion")
        probability_bars(exam.probabilities[opened], label=label)
