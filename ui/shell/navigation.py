"""The list of pages, and the way in for whoever comes by a link before the app has ever run."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.shell import address

_INSIDE = "navigation/inside"


def run() -> None:
    """Show the page that the address names, with the list of all pages around it."""
    page = _declare()
    st.session_state[_INSIDE] = True
    try:
        address.begin_run(page.url_path)
        page.run()
        address.end_run()
    finally:
        del st.session_state[_INSIDE]


def enter() -> None:
    """Begin a page; every page's first line.

    Streamlit 1.67 treats a folder `pages` in the old way until `st.navigation` has been called once
    in the process: whoever opens a link to `/train` first on a fresh server gets that page's script
    alone. This declares the pages and runs the app again, as it should be.
    """
    if _INSIDE not in st.session_state:
        _declare()
        st.rerun()


def _declare() -> StreamlitPage:
    return st.navigation(
        [
            st.Page("pages/home.py", title="Digit Lab", icon=":material/home:", default=True),
            st.Page("pages/browse.py", title="Browse", icon=":material/grid_view:"),
            st.Page("pages/train.py", title="Train", icon=":material/trending_up:"),
            st.Page("pages/draw.py", title="Draw", icon=":material/draw:"),
            st.Page("pages/mistakes.py", title="Mistakes", icon=":material/search:"),
        ],
        position="top",
    )
