"""Whose training is it? The buttons that steer one are for who began it.

The links that the page gives to everybody lead to everybody's trainings, and in a workshop thirty
people look around. A session is all we know of a person: after a reload, their own training counts
as another's. So this keeps nobody out; it asks before the buttons are shown.
"""

import streamlit as st

from mnist_core.jobs.queue import JobState
from ui.training_run.watched_training import visitor

_ALLOWED = "steers-too"


def may_steer(state: JobState) -> bool:
    """Whether to show the buttons that steer this training, or the series it belongs to.

    Where not, says so and offers to show them all the same.
    """
    allowed: set[str] = st.session_state.setdefault(_ALLOWED, set())
    name = state.series or state.id
    if state.visitor in (None, visitor()) or name in allowed:
        return True
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Begun in another window, perhaps by somebody else.", width="content")
        st.button(
            "Steer it all the same",
            key=f"steer-{name}",
            icon=":material/lock_open:",
            help="Shows the buttons that pause and stop it. Whoever began it has them, too.",
            on_click=allowed.add,
            args=(name,),
        )
    return False
