"""The teacher's screen, for a projector: what the class is doing, and the result as it grows."""

from pathlib import Path

import streamlit as st

from mnist_core.language.translation import _, n_
from ui.classroom import lesson, remote
from ui.classroom.class_page import ClassPage, show_problem
from ui.classroom.live_updates import follow_all

_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text('utf-8')}</style>"


def show(page: ClassPage) -> None:
    """Show the screen."""
    st.html(_STYLE)
    here = lesson.step(page.room.state.step)
    with st.container(key="class-screen"):
        show_problem()
        here.screen(page)
    with st.container(horizontal=True, vertical_alignment="center", key="class-bar", gap="small"):
        remote.back_and_next(page)
        if here.controls is not None:
            here.controls(page)
        with st.popover(_("More"), key="class-more", icon=":material/tune:"):
            remote.more(page)
        st.markdown(f"# {_(here.title)}", width="content")
        if here.name != "lobby":
            st.markdown(_("Join: **{code}**", code=page.code), width="content")
        count = n_("{n} person is here", "{n} people are here", len(page.people))
        st.markdown(count, width="content")
    follow_all(page)
