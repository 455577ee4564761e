"""A heading and its text as one element: each that is drawn takes time at every click."""

import streamlit as st


def section(title: str, text: str, *, help: str | None = None) -> None:
    """Begin a part of a page with a plain title and a text in Markdown."""
    st.markdown(f"### {title}\n\n{text}", help=help)


def changing_heading(words: str, *, help: str | None = None) -> None:
    """Show a heading in Markdown that may change while the page stays.

    In a page that the browser has translated, `st.header` and its like keep their old words:
    Streamlit changes a text that the translation has taken out of the page.
    """
    st.markdown(f"### {words}", help=help)
