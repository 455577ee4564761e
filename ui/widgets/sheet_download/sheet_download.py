"""The sheet of paper with twenty boxes, to print."""

from functools import partial

import streamlit as st

from mnist_core.language.translation import _
from mnist_core.paper import layout
from mnist_core.paper.sheet_pdf import ENGLISH, SheetWords, sheet_pdf


def sheet_download(*, key: str) -> None:
    """Offer the sheet on each kind of paper; `key` begins the keys of the buttons."""
    for paper in layout.PAPERS:
        st.download_button(
            _("Sheet, {paper} (PDF)", paper=paper),
            partial(sheet_pdf, paper, words=sheet_words()),
            f"twenty-digits-{paper.lower()}.pdf",
            "application/pdf",
            key=f"{key}-{paper}",
            icon=":material/download:",
            on_click="ignore",
        )


def sheet_words() -> SheetWords:
    """What is printed on it, in the reader's language."""
    return SheetWords(_(ENGLISH.title), _(ENGLISH.instruction))
