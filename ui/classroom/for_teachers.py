"""What a teacher reads and prints before a class: the notes and the worksheets."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from mnist_core.language import translation
from mnist_core.language.translation import _
from mnist_core.paper.sheet_pdf import sheet_pdf
from mnist_core.teaching_material import notes, notes_pdf
from mnist_core.teaching_material.sheet import PAPERS
from mnist_core.teaching_material.worksheets import WORKSHEETS
from ui.classroom.class_page import VIEW
from ui.shell import cached
from ui.widgets.choice.choice import choice
from ui.widgets.sheet_download.sheet_download import sheet_words

NOTES, SHEETS = "notes", "worksheets"
_PAPER = "class/paper"
_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text('utf-8')}</style>"


def links() -> None:
    """Lead to both, in a line of small buttons."""
    with st.container(horizontal=True, key="class-for-teachers"):
        _link(_("Notes for teachers"), NOTES, "menu_book")
        _link(_("Worksheets"), SHEETS, "print")


def show_notes() -> None:
    """Show the notes, chapter by chapter."""
    found = notes.read(translation.current())
    st.markdown(f"# {found.title}")
    st.markdown(found.introduction)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        paper = _paper()
        make = partial(in_language, translation.current(), partial(notes_pdf.pdf, paper))
        _download(_("Print the notes"), make, f"digit-lab-notes-{paper}.pdf")
    st.html(_STYLE)
    with st.container(key="class-notes"):
        for number, chapter in enumerate(found.chapters):
            with st.expander(chapter.title, expanded=number == 0):
                st.markdown(chapter.text)
    _elsewhere(_("Worksheets"), SHEETS, "print")


def show_worksheets() -> None:
    """Offer the worksheets and their solutions."""
    st.markdown(f"# {_('Worksheets')}")
    st.markdown(_("One page each, to print and copy. The solutions are a page of their own."))
    paper, digits = _paper(), cached.digits("test")
    for sheet in WORKSHEETS:
        with st.container(border=True):
            st.markdown(f"### {_(sheet.title)}\n\n{_(sheet.ages)}. {_(sheet.about)}")
            with st.container(horizontal=True):
                for words, is_solved in ((_("Worksheet"), False), (_("Solutions"), True)):
                    name = f"{sheet.name}{'-solutions' if is_solved else ''}-{paper}.pdf"
                    pdf = partial(sheet.pdf, digits, paper, is_solved)
                    make = partial(in_language, translation.current(), pdf)
                    _download(words, make, f"digit-lab-{name}")
    with st.container(border=True):
        on_sheet = sheet_words()
        about = _("For whoever has no device: written by hand, photographed, and in the class.")
        st.markdown(f"### {on_sheet.title}\n\n{about}")
        make = partial(sheet_pdf, paper, words=on_sheet)
        _download(_("Sheet, {paper} (PDF)", paper=paper), make, f"digit-lab-digits-{paper}.pdf")
    _elsewhere(_("Notes for teachers"), NOTES, "menu_book")


def in_language(code: str, make: Callable[[], bytes]) -> bytes:
    """Make a PDF in a language: when it is asked for, no page is open that has one."""
    with translation.using(code):
        return make()


def _paper() -> str:
    papers = list(PAPERS)
    paper: str = st.session_state.get(_PAPER, papers[0])

    def take(chosen: str) -> None:
        st.session_state[_PAPER] = chosen

    choice(_("Paper"), {one: one for one in papers}, paper, key="class-print-on", on_choose=take)
    return paper


def _download(words: str, make: "partial[bytes]", name: str) -> None:
    st.download_button(
        words,
        make,
        name,
        "application/pdf",
        key=f"class-{name}",
        icon=":material/download:",
        on_click="ignore",
    )


def _elsewhere(words: str, view: str, icon: str) -> None:
    with st.container(horizontal=True):
        _link(words, view, icon)
        st.button(
            _("Back to the class"),
            key="class-from-teachers",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=_open,
            args=(None,),
        )


def _link(words: str, view: str, icon: str) -> None:
    st.button(
        words,
        key=f"class-to-{view}",
        type="tertiary",
        icon=f":material/{icon}:",
        on_click=_open,
        args=(view,),
    )


def _open(view: str | None) -> None:
    if view is None:
        st.query_params.pop(VIEW, None)
    else:
        st.query_params[VIEW] = view


VIEWS = {NOTES: show_notes, SHEETS: show_worksheets}
"""What shows each view, by its name in the address."""
