"""A map of the 10,000 test digits: alike lies near alike."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data import digit_map
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.digit_map.digit_map import map_canvas
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_NAMES = {"umap": "UMAP", "tsne": "t-SNE", "pca": "PCA"}
_WAYS = {
    "umap": "UMAP keeps images together that are each other's nearest, and clouds apart.",
    "tsne": "t-SNE tries to keep each image's nearest neighbours near; how far clouds lie apart "
    "means little.",
    "pca": "PCA looks at all 784 numbers from the two sides from which images differ most: honest, "
    "but most of what tells digits apart is hidden behind.",
}
_SELECTED = "map-selected"
_PER_PAGE = 100


def show(here: Address) -> None:
    """Show the view; `way` and `colour` in the address steer it."""
    digits = cached.digits("test")
    cards = {card.name: card for card in cached.cards()}
    way = here.one_of("way", digit_map.METHODS, refusal="There is no such map", instead="UMAP")
    colour = here.one_of(
        "colour", ("label", *cards), refusal="There is no such network", instead="the labels"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.radio(
            "Map",
            format_func=_NAMES.__getitem__,
            horizontal=True,
            **here.widgets.bind("way", way, options=digit_map.METHODS),
        )
        st.selectbox(
            "Colour by",
            format_func=lambda name: "label" if name == "label" else f"what {name} says",
            width=320,
            **here.widgets.bind("colour", colour, options=("label", *cards)),
        )
    groups = _groups(here, cards.get(colour), digits.labels)
    wrong = int((groups != digits.labels).sum())
    rings = f" Ringed: the {wrong:,} that it reads wrongly." if wrong else ""
    st.markdown(
        f"Each dot is a test image, placed by its pixels alone. {_WAYS[way]}{rings} Point at a dot "
        "to see its digit; draw around a cloud to see all of it.",
        help=explain("test set", "label", "prediction"),
    )
    map_column, cloud_column = st.columns([6, 5], gap="medium")
    with map_column:
        map_canvas(
            way,
            groups,
            digits.labels,
            key="map",
            by_network=colour != "label",
            on_pick=lambda element: _open(here, element),
            on_select=lambda elements: _select(here, elements),
        )
    with cloud_column:
        _cloud(here, groups)


def _groups(here: Address, card: ModelCard | None, labels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The digit whose colour each image has."""
    if card is None:
        return labels
    try:
        answers: NDArray[np.uint8] = (
            cached.test_probabilities(card.name).argmax(axis=1).astype(np.uint8)
        )
        return answers
    except (store.BrokenModel, ValueError) as damage:
        here.problems.append(f"{damage} Showing the labels.")
        return labels


def _select(here: Address, elements: list[int]) -> None:
    st.session_state[_SELECTED] = elements
    here.choose(page=None)


def _open(here: Address, element: int) -> None:
    here.choose(view="element", set="test", index=element, digit=None, page=None)


def _cloud(here: Address, groups: NDArray[np.uint8]) -> None:
    """All of the images somebody drew around, a hundred to a page."""
    digits = cached.digits("test")
    chosen: list[int] = st.session_state.get(_SELECTED, [])
    if not chosen:
        section("Your cloud", "Draw a line around some dots on the map: their digits appear here.")
        return
    counts = np.bincount(digits.labels[chosen], minlength=10)
    told = ", ".join(
        f"{counts[digit]:,} labelled **{digit}**" for digit in np.argsort(-counts) if counts[digit]
    )
    what = "image" if len(chosen) == 1 else "images"
    section(f"{len(chosen):,} {what} in your cloud", f"{told}. Pick one to open it.")
    pages = -(-len(chosen) // _PER_PAGE)
    page = here.whole_number(
        "page", 1, pages, default=1, refusal="There is no page {}", instead="page 1"
    )
    shown = chosen[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    captions = [
        f"{digits.labels[one]}" + (f" → {groups[one]}" if groups[one] != digits.labels[one] else "")
        for one in shown
    ]
    digit_grid(
        digits.images[shown],
        captions,
        key="cloud",
        alternatives=[f"Test image {one}, labelled {digits.labels[one]}" for one in shown],
        label=f"{len(shown)} digits; arrow keys move, Enter opens",
        on_pick=lambda position: _open(here, shown[position]),
    )
    if pages > 1:
        st.pagination(pages, **here.widgets.bind("page", page, initial_argument="default"))
