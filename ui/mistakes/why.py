"""Why one test image is read as it is: what matters in it, what is like it, what moving it does."""

import streamlit as st

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.system.text_format import counted, whole, with_article
from ui.mistakes import similar_training_images
from ui.mistakes.network_results import NetworkResults, open_network
from ui.mistakes.ranked_mistakes import mistake_steps, opened_mistake, position_of, ranked_mistakes
from ui.pickers.gallery_pages import gallery
from ui.shell import address, cached
from ui.shell.address import Address
from ui.shell.prefetch import prefetch
from ui.shell.section import changing_heading, section
from ui.visitors import concurrent_work
from ui.widgets.feature_maps.feature_maps import feature_maps
from ui.widgets.number_field.number_field import number_field
from ui.widgets.occlusion_map.occlusion_map import finding, occlusion_map
from ui.widgets.probability_bars.probability_bars import probability_bars
from ui.widgets.transform_sliders.transform_sliders import transform_sliders

_PATIENCE_SECONDS = 3.0
_WAITED = "why/has-waited"


def show(here: Address, results: NetworkResults) -> None:
    """Show the view of the test image given by `index` in the address."""
    mistakes = ranked_mistakes(results)
    opened = opened_mistake(here, mistakes)
    position = position_of(mistakes, opened)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number_field(
            f"Test image, 0 to {whole(TEST_IMAGES - 1)}",
            opened,
            0,
            TEST_IMAGES - 1,
            key=f"{here.page}-index",
            on_choose=lambda number: here.choose(index=number, page=None),
        )
        mistake_steps(here, mistakes, opened)
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
    changing_heading(f"{counted(len(mistakes), 'mistake')}, most confident first")
    gallery(
        here, results.digits, mistakes, opened, caption=results.caption, describe=results.describe
    )
    # Computed while this mistake is looked at, before anybody asks for the next one.
    for following in mistakes[position + 1 : position + 2].tolist():
        prefetch(cached.occlusion, results.card.name, following)
        prefetch(similar_training_images.nearest, following)


def _again() -> None:
    """Run the page once more, now that a moment has passed."""
    if st.session_state.setdefault(_WAITED, False):
        st.session_state.pop(_WAITED)
        address.rerun()
    st.session_state[_WAITED] = True


def _what_matters(results: NetworkResults, opened: int, label: int) -> None:
    answer = int(results.predictions[opened])
    read = "read correctly" if label == answer else f"read as {with_article(answer)}"
    with concurrent_work.place("maps", _PATIENCE_SECONDS) as is_free:
        occlusion = cached.occlusion(results.card.name, opened) if is_free else None
    if occlusion is None:
        st.info(concurrent_work.BUSY)
        st.fragment(_again, run_every=_PATIENCE_SECONDS)()
        return
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
