"""Any element by its number, with its label and its 784 numbers; and a gallery to pick from."""

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core.data.dataset import CLASSES, Digits
from mnist_core.system.text_format import whole
from ui.browse.element_controls import SETS, choose_element, describe, example_button, open_index
from ui.pickers.gallery_pages import gallery
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.section import section
from ui.widgets.choice.choice import choice
from ui.widgets.digit_tiles.digit_tiles import large_digit, pixel_table
from ui.widgets.previous_next_buttons.previous_next_buttons import previous_next_buttons

_REMARKS = {
    ("train", 500): "Three? Or maybe two? Its label is **3**; tutorial T2 is not so sure. MNIST "
    "has other doubtful labels like this one, so no network agrees with all of them.",
    ("train", 200): "A 1 as clear as can be. Most of MNIST is like this, so even simple networks "
    "do well.",
}

_ALL = "all"
_DIGITS = {name: name for name in (_ALL, *map(str, range(CLASSES)))}


def show(here: Address) -> None:
    """Show the view of `set` and `index` in the address; `digit` filters the gallery."""
    digits, index, row = choose_element(here)
    digit = here.whole_number(
        "digit", 0, 9, default=None, refusal="There is no digit {}", instead="all ten digits"
    )
    found = digits.indices(digit)
    with row:
        name = "" if digit is None else f" {digit}"
        previous_next_buttons(
            f"Previous{name}",
            f"Next{name}",
            key="neighbours",
            is_first=bool(index <= found[0]),
            is_last=bool(index >= found[-1]),
            on_step=partial(_step, here, digits, found),
        )
        example_button(here, 500)
        example_button(here, 200)
    image_column, gallery_column = st.columns([3, 7], gap="medium")
    with image_column:
        _large(here, digits, index)
        show_numbers = st.toggle(
            "Show its 784 numbers",
            key="with-numbers",
            persist_state="session",
            help=explain("pixel"),
        )
    with gallery_column:
        if show_numbers:
            alternative = f"The pixels of element {index}"
            pixel_table(digits.images[index], key="numbers", alternative=alternative)
        _gallery(here, digits, index, digit, found)


def _step(here: Address, digits: Digits, found: NDArray[np.int64], by: int) -> None:
    """Open the element that many tiles further on in the gallery, or the last one there is.

    Presses may arrive faster than pages, so they count from what is open by now.
    """
    index = open_index(here, digits)
    before, at_or_before = np.searchsorted(found, [index, index + 1])
    position = at_or_before - 1 + by if by > 0 else before + by
    nearest = int(found[np.clip(position, 0, len(found) - 1)])
    here.choose(set=digits.name, index=nearest, page=None)


def _large(here: Address, digits: Digits, index: int) -> None:
    """Show the open element, and links to what else there is to see of it."""
    name, label = digits.name, digits.labels[index]
    alternative = describe(digits, index)
    large_digit(digits.images[index], key="large", alternative=alternative, reveal=True)
    section(
        f"Labelled {label}",
        _REMARKS.get((name, index), f"Element {whole(index)} of the {SETS[name]}."),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Find more like this",
            icon=":material/search:",
            on_click=lambda: here.choose(
                view="alike", set=name, index=index, digit=None, page=None
            ),
        )
        if name == "test":
            st.page_link(
                "pages/mistakes.py",
                label="Why is it read like this?",
                icon=":material/help_center:",
                query_params={"view": "why", "index": str(index)},
            )


def _gallery(
    here: Address, digits: Digits, index: int, digit: int | None, found: NDArray[np.int64]
) -> None:
    choice(
        "Show",
        _DIGITS,
        _ALL if digit is None else str(digit),
        # The key "browse-digit" belongs to a widget of another view.
        key="gallery-digit",
        on_choose=lambda name: here.choose(digit=None if name == _ALL else name, page=None),
        show_title=True,
    )
    what = "images" if digit is None else f"images labelled {digit}"
    st.markdown(f"{whole(len(found))} {what}, each with its label. Pick one to see it large.")
    gallery(
        here,
        digits,
        found,
        index,
        caption=lambda number: str(digits.labels[number]),
        describe=partial(describe, digits),
    )
