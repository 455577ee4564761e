"""All elements of a set, a hundred to a page, one of them large."""

from functools import partial

import streamlit as st

from mnist_core.system.text_format import whole
from ui.browse.element_controls import (
    choose_digit,
    choose_element,
    describe,
    example_button,
    previous_and_next,
    show_element,
)
from ui.pickers.gallery_pages import gallery
from ui.shell.address import Address


def show(here: Address) -> None:
    """Show the view of `set`, `index` and `page` in the address; `digit` filters the gallery."""
    digits, index, row = choose_element(here)
    digit = here.whole_number(
        "digit", 0, 9, default=None, refusal="There is no digit {}", instead="all ten digits"
    )
    found = digits.indices(digit)
    with row:
        previous_and_next(here, digits, index, digit, found)
        example_button(here, 500)
        example_button(here, 200)
    image_column, gallery_column = st.columns([3, 7], gap="medium")
    with image_column:
        show_element(digits, index)
    with gallery_column:
        choose_digit(here, digit)
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
