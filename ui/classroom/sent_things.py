"""What people sent in this step, so that the teacher can remove what does not belong there."""

import streamlit as st

from mnist_core.language.translation import _
from ui.classroom.seat import Seat, classes
from ui.widgets.digit_tiles.digit_tiles import digit_grid


def contributions_to_remove(seat: Seat) -> None:
    """Show the drawings of this step; a tap removes one."""
    from ui.classroom import pictures

    shown = pictures.of_step(seat, seat.room.state.step)
    # Not an expander: what is closed costs nothing, at each of hundreds of drawings that come.
    if not shown or not st.toggle(_("Remove a drawing"), key="class-remove-drawings"):
        return
    st.caption(_("Tap one to remove it."))
    names = {person: seat.name_of(person) for person in {one.person for one in shown}}
    digit_grid(
        pictures.as_array(shown),
        [names[one.person] for one in shown],
        key="class-remove-drawing",
        alternatives=[_("A drawing of {name}", name=names[one.person]) for one in shown],
        on_pick=lambda position: classes().remove(seat.code, shown[position].id),
    )
