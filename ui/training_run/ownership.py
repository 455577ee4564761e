"""Asks before showing the controls of a training that another visitor started.

A session is all that is known of a person: after a reload, even one's own training counts as
another's. So nobody is locked out; the controls are one click away.
"""

import secrets

import streamlit as st

from mnist_core.jobs.queue import JobState

_ALLOWED = "controls-allowed"


def visitor_id() -> str:
    """A random text that stands for this session, so that the queue can be fair to visitors."""
    if "visitor" not in st.session_state:
        st.session_state["visitor"] = secrets.token_hex(16)
    visitor: str = st.session_state["visitor"]
    return visitor


def may_control(state: JobState) -> bool:
    """Whether to show the controls of this training, or of its series; offers them if not."""
    allowed: set[str] = st.session_state.setdefault(_ALLOWED, set())
    name = state.series or state.id
    if state.visitor in (None, visitor_id()) or name in allowed:
        return True
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Started in another window, perhaps by somebody else.", width="content")
        st.button(
            "Show its controls anyway",
            key=f"show-controls-{name}",
            icon=":material/lock_open:",
            help="Shows the buttons that pause and stop it. Whoever started it has them too.",
            on_click=allowed.add,
            args=(name,),
        )
    return False
