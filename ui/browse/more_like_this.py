"""More like this: the nearest training images, by pixels and by what a network sees."""

import streamlit as st

from mnist_core.data import neighbours
from mnist_core.system.text_format import whole
from ui.browse.element_controls import SETS, choose_element, describe, example_button
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.section import changing_heading, section
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.similar_images.similar_images import label_agreement, similar_images

_COUNT = 20


def show(here: Address) -> None:
    """Show the view of the element given by `set` and `index` in the address."""
    digits, index, row = choose_element(here)
    with row:
        example_button(here, 500)
    image, pixels, network = st.columns([3, 4, 4], gap="medium")
    label = int(digits.labels[index])
    with image:
        changing_heading(f"Labelled {label}")
        alternative = describe(digits, index)
        large_digit(digits.images[index], key="large", alternative=alternative, reveal=True)
        st.markdown(f"Element {whole(index)} of the {SETS[digits.name]}.")
    by_pixels = cached.alike_by_pixels(digits.name, index, _COUNT)
    by_network = cached.alike_to_network(digits.name, index, _COUNT)

    def pick(element: int) -> None:
        here.choose(set="train", index=element)

    with pixels:
        section(
            "Similar pixels",
            "The training images with the closest 784 numbers. "
            f"{label_agreement(by_pixels, label)}",
            help=explain("training set", "pixel"),
        )
        similar_images(by_pixels, key="similar-pixels", on_pick=pick)
    with network:
        section(
            "Similar to a network",
            "The images that look most alike to the last layer before the output of "
            f"{neighbours.NETWORK}. {label_agreement(by_network, label)}",
            help=explain("network", "layer"),
        )
        similar_images(by_network, key="similar-to-network", on_pick=pick)
