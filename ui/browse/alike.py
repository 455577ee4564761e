"""Find more like this: the nearest training images, by pixels and by what a network sees."""

import streamlit as st

from mnist_core.data import neighbours
from ui.browse.element_picker import SETS, index_input, open_index, open_set, set_radio
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.similar_images.similar_images import agree, alike_grid

_COUNT = 20


def show(here: Address) -> None:
    """Show the view; `set` and `index` in the address steer it."""
    digits = open_set(here)
    index = open_index(here, digits)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        set_radio(here, digits)
        index_input(here, digits, index)
        st.button("500: a 3, or a 2?", on_click=lambda: here.choose(set="train", index=500))
    image, pixels, network = st.columns([3, 4, 4], gap="medium")
    label = int(digits.labels[index])
    with image:
        st.subheader(f"Labelled {label}", anchor=False)
        large_digit(
            digits.images[index],
            key="large",
            alternative=f"Element {index}, labelled {label}",
            reveal=True,
        )
        st.markdown(f"Element {index:,} of the {SETS[digits.name]}.")
    by_pixels = cached.alike_by_pixels(digits.name, index, _COUNT)
    by_network = cached.alike_to_network(digits.name, index, _COUNT)

    def open_it(element: int) -> None:
        here.choose(set="train", index=element)

    with pixels:
        section(
            "Alike by pixels",
            f"The training images with the most similar 784 numbers. {agree(by_pixels, label)}",
            help=explain("training set", "pixel"),
        )
        alike_grid(by_pixels, key="alike-pixels", on_pick=open_it)
    with network:
        section(
            "Alike to a network",
            f"The ones nearest in the last layer before the output of {neighbours.NETWORK}: "
            f"what means the same to it. {agree(by_network, label)}",
            help=explain("network", "layer"),
        )
        alike_grid(by_network, key="alike-network", on_pick=open_it)
