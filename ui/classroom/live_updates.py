"""Keeps a page of a class in step with its room: it looks, every second or so, for anything new."""

import streamlit as st

from mnist_core.language.translation import _
from ui.classroom.class_page import ClassPage, classes, say
from ui.shell import address

_SCREEN_SECONDS, _PERSON_SECONDS = 1.0, 1.5
"""95 of 100 actions are to be on the screen within two seconds."""


def follow_all(page: ClassPage) -> None:
    """Run the page again when anything has happened in the room."""
    seen = page.room.revision
    st.fragment(lambda: _look(page.code, "revision", seen), run_every=_SCREEN_SECONDS)()


def follow_teacher(page: ClassPage) -> None:
    """Run the page again when the teacher has changed something; count the person as here."""
    seen, person = page.room.steered, page.person

    def look() -> None:
        is_here = person is None or classes().note_presence(page.code, person.id)
        if not is_here and classes().find(page.code) is not None:
            say(_("You are no longer in this class, and what you sent is deleted."))
            address.rerun()
        _look(page.code, "steered", seen)

    st.fragment(look, run_every=_PERSON_SECONDS)()


def _look(code: str, what: str, seen: int) -> None:
    room = classes().find(code)
    if room is None or getattr(room, what) != seen:
        address.rerun()
