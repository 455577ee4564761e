"""A heading and the text below it as one element: each that is drawn takes time at every click."""

import streamlit as st


def section(title: str, text: str, *, help: str | None = None) -> None:
    """Begin a part of a page.

    Args:
        title: plain text.
        text: Markdown.
        help: more on it, for who asks.
    """
    st.markdown(f"### {title}\n\n{text}", help=help)
