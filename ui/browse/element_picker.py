"""Which element is open on Browse: `set` and `index` in the address, and the controls for them."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.data import dataset
from mnist_core.data.dataset import Digits
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.widgets.number_field.number_field import number_field

SETS = {"train": "training set", "test": "test set"}


def open_set(here: Address) -> Digits:
    """The set that the address asks for."""
    name = here.one_of(
        "set", dataset.SETS, refusal="MNIST has no such set", instead="the training set"
    )
    return cached.digits(name)


def open_index(here: Address, digits: Digits) -> int:
    """The number of the element that the address asks for."""
    return here.whole_number(
        "index",
        0,
        len(digits) - 1,
        default=0,
        refusal=f"There is no element {{}} in the {SETS[digits.name]}",
        instead="element 0",
    )


def set_radio(here: Address, digits: Digits, *, clears: Sequence[str] = ("index", "page")) -> None:
    """Choose the set; the parameters that it `clears` lose their meaning."""
    st.radio(
        "Set",
        format_func=lambda name: SETS[name].capitalize(),
        horizontal=True,
        help=explain("training set", "test set"),
        **here.widgets.bind("set", digits.name, options=dataset.SETS, clears=clears),
    )


def index_input(here: Address, digits: Digits, index: int) -> None:
    """Choose the element by its number."""
    number_field(
        f"Element, 0 to {len(digits) - 1:,}",
        index,
        0,
        len(digits) - 1,
        key=f"{here.page}-index",
        on_choose=lambda number: here.choose(index=number, page=None),
    )
