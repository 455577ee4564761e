"""What people sent in this step, so that the teacher can remove what does not belong there."""

import streamlit as st

from mnist_core.language.translation import _
from ui.classroom.class_page import ClassPage, classes
from ui.widgets.digit_tiles.digit_tiles import digit_grid

_CHOSEN = "class/drawing-to-remove"


def contributions_to_remove(page: ClassPage) -> None:
    """Show the drawings of this step: a tap on one, and then on a button, removes it."""
    from ui.classroom import pictures

    # What came last is what the class is laughing about.
    shown = pictures.of_step(page, page.room.state.step)[::-1]
    # Not an expander: what is closed costs nothing, at each of hundreds of drawings that come.
    if not shown or not st.toggle(_("Remove a drawing"), key="class-remove-drawings"):
        return
    names = {person: page.name_of(person) for person in {one.person for one in shown}}
    chosen = st.session_state.get(_CHOSEN)
    position = next((place for place, one in enumerate(shown) if one.id == chosen), None)
    if position is None:
        st.caption(_("Tap the one to remove; the newest comes first."))
    else:
        digit_grid(
            pictures.as_array(shown[position : position + 1]),
            [names[shown[position].person]],
            key="class-drawing-to-remove",
            alternatives=[_("The drawing to remove")],
            clickable=False,
        )
        st.button(
            _("Remove this drawing"),
            key="class-remove-drawing-now",
            icon=":material/delete:",
            on_click=classes().remove,
            args=(page.code, shown[position].id),
        )
    digit_grid(
        pictures.as_array(shown),
        [names[one.person] for one in shown],
        key="class-remove-drawing",
        alternatives=[_("A drawing of {name}", name=names[one.person]) for one in shown],
        on_pick=lambda place: _choose(shown[place].id),
    )


def _choose(drawing: int) -> None:
    st.session_state[_CHOSEN] = drawing
