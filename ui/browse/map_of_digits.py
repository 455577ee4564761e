"""A map of the 10,000 test digits on which similar digits lie close together."""

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data.digit_map import METHODS
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import counted, whole
from ui.browse.element_controls import open_element
from ui.glossary.glossary import explain
from ui.pickers.gallery_pages import gallery
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.lost_session import Remembered
from ui.shell.section import section
from ui.visitors import listed_models
from ui.widgets.digit_map.digit_map import digit_map

_NAMES = {"umap": "UMAP", "tsne": "t-SNE", "pca": "PCA"}
_EXPLANATIONS = {
    "umap": "UMAP keeps each image close to its nearest neighbours and pulls the clouds apart.",
    "tsne": "t-SNE tries to keep each image close to its nearest neighbours; how far apart two "
    "clouds are means little.",
    "pca": "PCA views all 784 numbers from the two directions in which images differ most. It "
    "distorts nothing, but hides most of what tells digits apart.",
}
_SELECTED: Remembered[list[int]] = Remembered("map-selected", list[int], [])


def show(here: Address) -> None:
    """Show the view; `way` in the address is the method, `colour` the network or the labels."""
    digits = cached.digits("test")
    cards = {card.name: card for card in listed_models.cards()}
    method = here.one_of("way", METHODS, refusal="There is no such map", instead="UMAP")
    colour = here.one_of(
        "colour", ("label", *cards), refusal="There is no such network", instead="the labels"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.radio(
            "Map",
            format_func=_NAMES.__getitem__,
            horizontal=True,
            **here.widgets.bind("way", method, options=METHODS),
        )
        st.selectbox(
            "Colour by",
            format_func=lambda name: (
                "label" if name == "label" else f"what “{cards[name].title}” says"
            ),
            width=320,
            **here.widgets.bind("colour", colour, options=("label", *cards)),
        )
    groups = _groups(here, cards.get(colour), digits.labels)
    misread = int((groups != digits.labels).sum())
    rings = f" Ringed: the {whole(misread)} that it misreads." if misread else ""
    st.markdown(
        f"Each dot is a test image, placed by its pixels alone. {_EXPLANATIONS[method]}{rings} "
        "Point at a dot to see its digit; draw around some to see them all.",
        help=explain("test set", "label", "prediction"),
    )
    map_column, selection_column = st.columns([6, 5], gap="medium")
    with map_column:
        digit_map(
            method,
            groups,
            digits.labels,
            key="map",
            by_network=colour != "label",
            on_pick=partial(open_element, here, "test"),
            on_select=lambda elements: _select(here, elements),
        )
    with selection_column:
        _selection(here, groups)


def _groups(here: Address, card: ModelCard | None, labels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The digit whose colour each image has."""
    if card is None:
        return labels
    try:
        return np.asarray(cached.test_probabilities(card.name).argmax(axis=1), np.uint8)
    except (store.BrokenModel, ValueError) as error:
        here.problems.append(f"{error} Showing the labels.")
        return labels


def _select(here: Address, elements: list[int]) -> None:
    _SELECTED.set(elements)
    here.choose(page=None)


def _selection(here: Address, groups: NDArray[np.uint8]) -> None:
    """Show all images that were drawn around, a hundred to a page."""
    digits = cached.digits("test")
    selected = np.array(_SELECTED.get(), np.int64)
    if not len(selected):
        section("Selected images", "Draw a line around some dots on the map: they appear here.")
        return
    counts = np.bincount(digits.labels[selected], minlength=10)
    by_label = ", ".join(
        f"{whole(counts[digit])} labelled **{digit}**"
        for digit in np.argsort(-counts)
        if counts[digit]
    )
    section(f"{counted(len(selected), 'image')} selected", f"{by_label}. Pick one to open it.")

    def caption(element: int) -> str:
        label, group = digits.labels[element], groups[element]
        return f"{label}" if label == group else f"{label} → {group}"

    gallery(
        here,
        digits,
        selected,
        None,
        caption=caption,
        describe=lambda element: f"Test image {element}, labelled {digits.labels[element]}",
        key="selected",
        on_pick=partial(open_element, here, "test"),
    )
