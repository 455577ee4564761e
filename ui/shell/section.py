"""A heading and its text as one element: each that is drawn takes time at every click."""

import streamlit as st


def section(title: str, text: str, *, help: str | None = None) -> None:
    """Begin a part of a page with a plain title and a text in Markdown."""
    st.markdown(f"### {title}\n\n{text}", help=help)
