"""Running ahead: where somebody is in the lesson who may go on without the class."""

import streamlit as st

from mnist_core.classroom.room import STEPS, Room
from mnist_core.language.translation import _, p_
from ui.shell.lost_session import Remembered
from ui.widgets.choice.choice import choice

# Room, step and part of whoever has gone on alone.
_AHEAD: Remembered[tuple[str, str, int] | None] = Remembered(
    "class/ahead", tuple[str, str, int] | None, None
)


def position(room: Room) -> tuple[str, int]:
    """Step and part that this person sees."""
    own = _AHEAD.get()
    if own is not None and room.state.may_run_ahead and own[0] == room.code and own[1] in STEPS:
        return own[1], max(0, own[2])
    return room.state.step, room.state.part


def is_with_class(room: Room) -> bool:
    """Whether this person sees what the class sees."""
    return position(room) == (room.state.step, room.state.part)


def step_choice(room: Room) -> None:
    """Let somebody choose a step by themselves, where they may."""
    from ui.classroom.lesson import steps

    if not room.state.may_run_ahead:
        return
    # Not the lobby, and not the end before the class is there.
    titles = {one.name: _(one.title) for one in steps()[1:-1]}
    here = position(room)[0]
    choice(
        _("Where you are"),
        titles,
        here if here in titles else None,
        key="class-ahead",
        on_choose=lambda name: _AHEAD.set((room.code, name, 0)),
        list_width=260,
    )
    if not is_with_class(room):
        st.button(_("Back to the class"), key="class-rejoin", on_click=_AHEAD.forget)


def next_part_button(room: Room, parts: int) -> None:
    """Let somebody go on to the next part of a step by themselves, where they may."""
    step, part = position(room)
    if room.state.may_run_ahead and part + 1 < parts:
        st.button(
            p_("in a lesson", "Next"),
            key="class-next-part",
            type="primary",
            on_click=lambda: _AHEAD.set((room.code, step, part + 1)),
        )
