"""Asks before showing the controls of a training that another browser started.

Whoever has the address of a training was given it: it cannot be guessed. It may be their own,
opened on another device, so the controls are one click away.
"""

import streamlit as st

from mnist_core.jobs.queue import JobState
from ui.shell import visitor
from ui.shell.lost_session import Remembered

_ALLOWED: Remembered[tuple[str, ...]] = Remembered("controls-allowed", tuple[str, ...], ())


def visitor_id() -> str:
    """What stands for this visitor in trainings, so that the queue can be fair to visitors."""
    return visitor.owner()


def may_control(state: JobState) -> bool:
    """Whether to show the controls of this training, or of its series; offers them if not."""
    allowed = _ALLOWED.get()
    name = state.series or state.id
    if state.visitor in (None, visitor_id()) or name in allowed:
        return True
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Started in another browser, perhaps by somebody else.", width="content")
        st.button(
            "Show its controls anyway",
            key=f"show-controls-{name}",
            icon=":material/lock_open:",
            help="Shows the buttons that pause and stop it. Whoever started it has them too.",
            on_click=_ALLOWED.set,
            args=((*allowed, name),),
        )
    return False
