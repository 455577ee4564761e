"""The 784 numbers that are one image, beside the image."""

import streamlit as st

from ui.browse.element_controls import choose_element, example_button, show_element
from ui.glossary.glossary import explain
from ui.shell.address import Address
from ui.shell.section import section
from ui.widgets.digit_tiles.digit_tiles import pixel_table


def show(here: Address) -> None:
    """Show the view of the element given by `set` and `index` in the address."""
    digits, index, row = choose_element(here)
    with row:
        example_button(here, 500)
        example_button(here, 200)
    section(
        "All that a computer is given",
        "28 rows of 28 numbers: 0 is paper, 255 is full ink.",
        help=explain("pixel"),
    )
    pixel_table(digits.images[index], key="numbers", alternative=f"The pixels of element {index}")
    show_element(digits, index)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Find more like this",
            icon=":material/search:",
            on_click=lambda: here.choose(view="alike", set=digits.name, index=index, page=None),
        )
        if digits.name == "test":
            st.page_link(
                "pages/mistakes.py",
                label="Why is it read like this?",
                icon=":material/help_center:",
                query_params={"view": "why", "index": str(index)},
            )
