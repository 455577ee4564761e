"""Coming in: the code on the screen, and who is there."""

import time

import streamlit as st

from mnist_core.language.translation import _, n_, to_translate
from ui.classroom import links
from ui.classroom.class_page import ClassPage, is_away, shown_name
from ui.classroom.lesson import Step
from ui.widgets.name_tags.name_tags import Tag, name_tags
from ui.widgets.room_sign.room_sign import room_sign

_MOST_LARGE = 20
"""More large tags than that do not fit on a projector's screen."""


def _screen(page: ClassPage) -> None:
    room_sign(
        links.join(page.code),
        key="class-sign",
        words=_("Scan this with your phone, or open"),
        code=page.code,
        size=320,
    )
    links.warn_if_only_here()
    if page.people:
        everybody(page)
    else:
        st.markdown(_("Nobody has come in yet. Whoever does is shown here."))


def everybody(page: ClassPage) -> None:
    """Show who is in the room, as large as there is room for."""
    now = time.time()
    hides = page.room.state.hides_names
    tags = [
        Tag(
            _("somebody") if hides else shown_name(one),
            one.colour,
            is_here=not is_away(one, now),
        )
        for one in page.people
    ]
    label = n_("{n} person is here", "{n} people are here", len(tags))
    name_tags(tags, key="class-people", label=label, large=len(tags) <= _MOST_LARGE)


def _pupil(_page: ClassPage) -> None:
    st.markdown(
        _("You are in. Look at the screen: this page goes on by itself when the lesson begins.")
    )


STEP = Step("lobby", to_translate("Coming in"), _pupil, _screen)
