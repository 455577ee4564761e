"""A person's page in a class: it shows the step that the class is at."""

from pathlib import Path

import streamlit as st

from mnist_core.classroom.room import LONGEST_NAME
from mnist_core.language.translation import _
from ui.classroom import lesson, own_pace
from ui.classroom.class_page import ME, ClassPage, classes, say, show_problem, shown_name
from ui.classroom.entrance import privacy
from ui.classroom.live_updates import follow_teacher
from ui.widgets.name_tags.name_tags import Tag, name_tags

_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text('utf-8')}</style>"
_NEW_NAME = "class-new-name"


def show(page: ClassPage) -> None:
    """Show the page."""
    person = page.person
    assert person is not None
    here = lesson.step(page.step)
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center", key="class-head"):
        name_tags([Tag(shown_name(person), person.colour)], key="class-me", label=_("You"))
        st.markdown(f"# {_(here.title)}", width="content")
    own_pace.step_choice(page.room)
    show_problem()
    here.pupil(page)
    with st.expander(_("About you and this class")):
        st.text_input(
            _("What shall we call you? Leave it empty, and you are an animal."),
            value=person.name,
            key=_NEW_NAME,
            max_chars=LONGEST_NAME,
            autocomplete="off",
            on_change=lambda: classes().rename(person, str(st.session_state.get(_NEW_NAME, ""))),
        )
        st.caption(privacy())
        st.button(_("Leave the class"), key="class-leave", on_click=_leave, args=(page,))
        st.caption(_("Leaving deletes what you have sent."))
    follow_teacher(page)


def _leave(page: ClassPage) -> None:
    # Imported where it is needed: the queue is no part of most pages.
    from ui.classroom.training import start

    assert page.person is not None
    start.stop(page)
    classes().leave(page.code, page.person.id)
    st.query_params.pop(ME, None)
    say(_("You have left the class."))
