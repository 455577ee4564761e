"""How the app is set up, its pages, and the way in for a fresh server's first visitor."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from copy import copy
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from mnist_core.language import catalogues, translation
from mnist_core.language.translation import p_
from mnist_core.system import blas, server_settings
from ui.shell import address, language, lost_session, reconnect

_INSIDE = "navigation/inside"
_ROW = "navigation-row"
_ROOT = Path(__file__).parents[2]
_ICON = Path(__file__).parent / "icon.png"
# A file would be opened and looked at again at every click.
_ICON_ADDRESS = f"data:image/png;base64,{b64encode(_ICON.read_bytes()).decode('ascii')}"


def run(above: Callable[[], None] = lambda: None) -> None:
    """Show the page that the address names, below the names of all pages.

    `above` is called first, to show what stands above every page.
    """
    blas.use_one_thread()
    reconnect.forget_unsent_on_reconnect()
    page = _declare(pages := _of_this_run())
    language.begin_run(page.url_path)
    # So that not every text of the page asks for it; fragments and callbacks do.
    with translation.using(language.of_page()):
        _run(page, pages, above)


def _run(page: StreamlitPage, pages: Sequence[StreamlitPage], above: Callable[[], None]) -> None:
    _stop_if_misconfigured()
    _show_row(pages)
    st.session_state[_INSIDE] = True
    try:
        lost_session.begin()
        reconnect.ask_for_page_on_return()
        address.begin_run(page.url_path)
        above()
        page.run()
        language.end_run()
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
        _declare(_of_this_run())
        st.rerun()


def _of_this_run() -> list[StreamlitPage]:
    # A page knows whether it may run: each visitor's run needs its own.
    return [copy(page) for page in _pages()]


@cache
def _pages() -> list[StreamlitPage]:
    return [
        st.Page(_ROOT / "pages/home.py", title="Home", default=True),
        st.Page(_ROOT / "pages/draw.py", title="Draw"),
        st.Page(_ROOT / "pages/train.py", title="Train"),
        st.Page(_ROOT / "pages/mistakes.py", title="Mistakes"),
        st.Page(_ROOT / "pages/browse.py", title="Browse"),
        st.Page(_ROOT / "pages/questions.py", title="Questions"),
        st.Page(_ROOT / "pages/class.py", title="Class"),
    ]


def _declare(pages: Sequence[StreamlitPage]) -> StreamlitPage:
    # Before the pages: the browser would fetch the first page's icon from the internet.
    st.set_page_config(page_title="Digit Lab", page_icon=_ICON_ADDRESS, layout="wide")
    return st.navigation(pages, position="hidden")


def _stop_if_misconfigured() -> None:
    """What is to be mended stands on the first page, not in the middle of somebody's visit."""
    if problems := server_settings.problems():
        st.error("This server is not set up correctly. " + " ".join(problems))
        st.stop()


def _show_row(pages: Sequence[StreamlitPage]) -> None:
    """All pages by their names: Streamlit's own list hides behind an arrow on phones."""
    st.html(_style())
    with st.container(horizontal=True, key=_ROW, gap="xxsmall"):
        scrolled = st.container(horizontal=True, key="navigation-pages", gap="xxsmall")
        with scrolled, translation.using(language.reads()):
            for page in pages:
                st.page_link(page, label=_name(page), query_params=language.link())
        language.switch()
    language.say_so()


@cache
def _style() -> str:
    """The style sheet of the row, with what the switch shows of each language on phones."""
    style = Path(__file__).with_suffix(".css").read_text("utf-8")
    names = (f'.st-key-lang-{code} {{--code: "{code.upper()}"}}' for code in catalogues.codes())
    return f"<style>{style}{' '.join(names)}</style>"


def _name(page: StreamlitPage) -> str:
    """What the row calls a page."""
    names = {
        "Home": p_("page", "Home"),
        "Draw": p_("page", "Draw"),
        "Train": p_("page", "Train"),
        "Mistakes": p_("page", "Mistakes"),
        "Browse": p_("page", "Browse"),
        "Questions": p_("page", "Questions"),
        "Class": p_("page", "Class"),
    }
    return names.get(page.title, page.title)
