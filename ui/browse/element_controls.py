"""The controls that choose the set and the element that are open on Browse."""

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from mnist_core.data import dataset
from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.system.text_format import whole
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.section import section
from ui.widgets.choice.choice import choice
from ui.widgets.digit_tiles.digit_tiles import large_digit
from ui.widgets.number_field.number_field import number_field
from ui.widgets.previous_next_buttons.previous_next_buttons import previous_next_buttons

SETS = {"train": "training set", "test": "test set"}
_REMARKS = {
    ("train", 500): "Three? Or maybe two? Its label is **3**. MNIST has other doubtful labels like "
    "this one, so no network agrees with all of them.",
    ("train", 200): "A 1 as clear as can be. Most of MNIST is like this, so even simple networks "
    "do well.",
}
_ALL = "all"
_DIGITS = {name: name for name in (_ALL, *map(str, range(CLASSES)))}
_EXAMPLES = {500: "500: a 3 or a 2?", 200: "200: a 1"}


def open_set(here: Address) -> Digits:
    """The set that `set` in the address asks for."""
    name = here.one_of(
        "set", dataset.SETS, refusal="MNIST has no such set", instead="the training set"
    )
    return cached.digits(name)


def choose_set(here: Address) -> Digits:
    """Choose the set, `set` in the address."""
    digits = open_set(here)
    st.radio(
        "Set",
        format_func=lambda name: SETS[name].capitalize(),
        horizontal=True,
        help=explain("training set", "test set"),
        **here.widgets.bind(
            "set", digits.name, options=dataset.SETS, clears=("index", "page", "order")
        ),
    )
    return digits


def choose_element(here: Address, *, offers_set: bool = True) -> tuple[Digits, int, DeltaGenerator]:
    """Choose the set and an element of it.

    Args:
        here: the page's address.
        offers_set: whether the set can be chosen here, or only by the address.

    Returns:
        The set, the element's number, and the row of controls, which may get more of them.
    """
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        digits = choose_set(here) if offers_set else open_set(here)
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


def previous_and_next(
    here: Address, digits: Digits, index: int, digit: int | None, found: NDArray[np.int64]
) -> None:
    """Show the buttons that open the elements before and after, among those found."""
    name = "" if digit is None else f" {digit}"
    previous_next_buttons(
        f"Previous{name}",
        f"Next{name}",
        key="neighbours",
        is_first=bool(index <= found[0]),
        is_last=bool(index >= found[-1]),
        on_step=partial(_step, here, digits, found),
    )


def _step(here: Address, digits: Digits, found: NDArray[np.int64], by: int) -> None:
    """Open the element that many further on in the gallery, or the last one there is.

    Presses may arrive faster than pages, so they count from what is open by now.
    """
    index = open_index(here, digits)
    before, at_or_before = np.searchsorted(found, [index, index + 1])
    position = at_or_before - 1 + by if by > 0 else before + by
    nearest = int(found[np.clip(position, 0, len(found) - 1)])
    here.choose(set=digits.name, index=nearest, page=None)


def choose_digit(here: Address, digit: int | None, *, show_title: bool = True) -> None:
    """Choose which digits are shown, `digit` in the address."""
    choice(
        "Show",
        _DIGITS,
        _ALL if digit is None else str(digit),
        # The key "browse-digit" belongs to a widget of another view.
        key="gallery-digit",
        on_choose=lambda name: here.choose(digit=None if name == _ALL else name, page=None),
        show_title=show_title,
    )


def show_element(digits: Digits, index: int) -> None:
    """Show an element large, with its label and what is remarkable about it."""
    name, label = digits.name, digits.labels[index]
    large_digit(digits.images[index], key="large", alternative=describe(digits, index), reveal=True)
    place = f"element {whole(index)} of the {SETS[name]}"
    section(f"Labelled {label} :small[· {place}]", _REMARKS.get((name, index), ""))


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
