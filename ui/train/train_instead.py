"""Where there is nothing to see yet: a button that leads to where one can train."""

import streamlit as st

from ui.shell.address import Address


def train_instead(here: Address) -> None:
    """Offer to open the page's first look."""
    st.button(
        "Train a network",
        key="train-instead",
        type="primary",
        icon=":material/play_arrow:",
        on_click=here.choose,
        kwargs={"view": "train"},
    )
