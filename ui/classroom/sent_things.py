"""What people sent in this step, so that the teacher can remove what does not belong there."""

import streamlit as st

from mnist_core.language.translation import _
from ui.classroom.seat import Seat, classes
from ui.widgets.digit_tiles.digit_tiles import digit_grid


def contributions_to_remove(seat: Seat) -> None:
    """Show the drawings of this step; a tap removes one."""
    from ui.classroom import pictures

    shown = pictures.of_step(seat, seat.room.state.step)
    if not shown:
        return
    with st.expander(_("Remove a drawing")):
        st.caption(_("Tap one to remove it."))
        digit_grid(
            pictures.as_array(shown),
            [seat.name_of(one.person) for one in shown],
            key="class-remove-drawing",
            alternatives=[_("A drawing of {name}", name=seat.name_of(one.person)) for one in shown],
            on_pick=lambda position: classes().remove(seat.code, shown[position].id),
        )
