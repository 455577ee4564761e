"""What the words mean: the glossary, with a field that finds some of them."""

import streamlit as st

from mnist_core.language.translation import _, p_
from ui.glossary.glossary import search


@st.fragment
def word_list() -> None:
    """Show all technical words in groups, or those that contain what was typed."""
    found = search(
        st.text_input(_("Find a word"), key="glossary-search", placeholder=p_("glossary", "epoch"))
    )
    for group, words in found.items():
        entries = "\n".join(f"- **{word}**: {meaning}" for word, meaning in words.items())
        st.markdown(f"#### {group}\n\n{entries}")
    if not found:
        st.info(
            _("No entry has this in it. Try part of a word, or empty the field to see them all.")
        )
