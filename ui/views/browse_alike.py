"""Find more like this: the nearest training images, by pixels and by what a network sees."""

import numpy as np
import streamlit as st

from mnist_core import neighbours
from mnist_core.dataset import Digits
from mnist_core.neighbours import Neighbours
from ui import cached
from ui.address import Address
from ui.elements import SETS, index_input, open_index, open_set, set_radio
from ui.tiles import digit_grid, large_digit
from ui.words import explain

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
    by_pixels, by_network = cached.alike(digits.name, index, _COUNT)
    with pixels:
        st.subheader("Alike by pixels", anchor=False)
        st.markdown(
            f"The training images with the most similar 784 numbers. {_agree(by_pixels, label)}",
            help=explain("training set", "pixel"),
        )
        _grid(here, by_pixels, "alike-pixels")
    with network:
        st.subheader("Alike to a network", anchor=False)
        st.markdown(
            f"The ones nearest in the last layer before the output of {neighbours.NETWORK}: "
            f"what means the same to it. {_agree(by_network, label)}",
            help=explain("network", "layer"),
        )
        _grid(here, by_network, "alike-network")


def _agree(found: Neighbours, label: int) -> str:
    """How many of them have the same label, and what most of the others have."""
    labels = cached.digits("train").labels[found.elements]
    same = int((labels == label).sum())
    if same == len(labels):
        return f"All {same} are labelled {label}, too."
    others = np.bincount(labels[labels != label], minlength=10)
    most = int(others.argmax())
    several = f"{same} of {len(labels)} are labelled {label}"
    agree = {0: f"None is labelled {label}", 1: f"One is labelled {label}"}.get(same, several)
    return f"{agree}, {others[most]} {'is' if others[most] == 1 else 'are'} labelled {most}."


def _grid(here: Address, found: Neighbours, key: str) -> None:
    training: Digits = cached.digits("train")
    elements = found.elements.tolist()
    digit_grid(
        training.images[elements],
        [str(training.labels[element]) for element in elements],
        key=key,
        alternatives=[
            f"Element {element}, labelled {training.labels[element]}, number {place} in likeness"
            for place, element in enumerate(elements, start=1)
        ],
        label=f"{len(elements)} digits, the most alike first; arrow keys move, Enter goes on",
        on_pick=lambda position: here.choose(set="train", index=elements[position]),
    )
