"""The teacher's screen, for a projector: what the class is doing, and the result as it grows."""

from pathlib import Path

import streamlit as st

from mnist_core.language.translation import _, n_
from ui.classroom import lesson, remote
from ui.classroom.live_updates import follow_all
from ui.classroom.seat import Seat, show_problem

_STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text('utf-8')}</style>"


def show(seat: Seat) -> None:
    """Show the screen."""
    st.html(_STYLE)
    here = lesson.step(seat.room.state.step)
    with st.container(key="class-screen"):
        show_problem()
        here.screen(seat)
    with st.container(horizontal=True, vertical_alignment="center", key="class-bar", gap="small"):
        remote.back_and_next(seat)
        if here.controls is not None:
            here.controls(seat)
        with st.popover(_("More"), key="class-more", icon=":material/tune:"):
            remote.more(seat)
        st.markdown(f"# {_(here.title)}", width="content")
        if here.name != "lobby":
            st.markdown(_("Join: **{code}**", code=seat.code), width="content")
        count = n_("{n} person is here", "{n} people are here", len(seat.people))
        st.markdown(count, width="content")
    follow_all(seat)
