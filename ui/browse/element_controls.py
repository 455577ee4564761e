"""The controls that choose the set and the element that are open on Browse."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnist_core.data import dataset
from mnist_core.data.dataset import Digits
from mnist_core.system.text_format import whole
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.widgets.number_field.number_field import number_field

SETS = {"train": "training set", "test": "test set"}
_EXAMPLES = {500: "500: a 3 or a 2?", 200: "200: a 1"}


def choose_set(here: Address) -> Digits:
    """Choose the set, `set` in the address."""
    name = here.one_of(
        "set", dataset.SETS, refusal="MNIST has no such set", instead="the training set"
    )
    st.radio(
        "Set",
        format_func=lambda name: SETS[name].capitalize(),
        horizontal=True,
        help=explain("training set", "test set"),
        **here.widgets.bind("set", name, options=dataset.SETS, clears=("index", "page", "order")),
    )
    return cached.digits(name)


def choose_element(here: Address) -> tuple[Digits, int, DeltaGenerator]:
    """Choose the set and an element of it.

    Returns:
        The set, the element's number, and the row of controls, which may get more of them.
    """
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        digits = choose_set(here)
        last = len(digits) - 1
        index = open_index(here, digits)
        number_field(
            f"Element, 0 to {whole(last)}",
            index,
            0,
            last,
            key=f"{here.page}-index",
            on_choose=lambda number: here.choose(index=number, page=None),
        )
    return digits, index, row


def open_index(here: Address, digits: Digits) -> int:
    """The number of the element that `index` in the address asks for."""
    refusal = f"There is no element {{}} in the {SETS[digits.name]}"
    return here.whole_number(
        "index", 0, len(digits) - 1, default=0, refusal=refusal, instead="element 0"
    )


def open_element(here: Address, set_name: str, index: int) -> None:
    """Open an element in the view One by one; a callback."""
    here.choose(view="element", set=set_name, index=index, digit=None, page=None, guess=None)


def example_button(here: Address, index: int) -> None:
    """Open training image 500, whose label a tutorial wondered about, or 200, a clear one."""
    st.button(_EXAMPLES[index], on_click=lambda: here.choose(set="train", index=index, page=None))


def describe(digits: Digits, index: int) -> str:
    """An element in words, for people who do not see it."""
    return f"Element {index}, labelled {digits.labels[index]}"
