"""How the app is set up, its pages, and the way in for a fresh server's first visitor."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.shell import address, reconnect

_INSIDE = "navigation/inside"
_ICON = Path(__file__).parents[1] / "widgets" / "themed_picture" / "icon.png"


def run() -> None:
    """Show the page that the address names, with the list of all pages around it."""
    reconnect.forget_unsent_on_reconnect()
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
    # Before the pages: the browser would fetch the first page's icon from the internet.
    st.set_page_config(
        page_title="Digit Lab",
        page_icon=str(_ICON),
        layout="wide",
        menu_items={
            "About": "**Digit Lab**: see how a machine learns to read digits. Images: MNIST by "
            "Yann LeCun, Corinna Cortes and Christopher J.C. Burges, CC BY-SA 3.0."
        },
    )
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
