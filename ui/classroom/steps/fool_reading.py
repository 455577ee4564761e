"""Fool it, reading: what others drew, without knowing what they meant."""

from functools import partial

import numpy as np
import streamlit as st

from mnist_core.classroom import fooling_round as game
from mnist_core.classroom.drawings import SHOWN_SIDE
from mnist_core.classroom.fooling_round import CANNOT_TELL, READERS, Entry, FoolingRound
from mnist_core.language.translation import _, n_
from ui.classroom import class_round
from ui.classroom.class_page import ClassPage, classes, say
from ui.classroom.class_round import NAME
from ui.shell import address
from ui.widgets.digit_pad.digit_pad import digit_pad
from ui.widgets.ink_cards.ink_cards import Card, ink_cards

_SIZES = (252, 168, 84)
_BELOW = 215
"""Pixels of the window that the question and its answers need."""
_LOOK_SECONDS = 3.0
_MOST_COUNTED = 3
"""A person's page runs again when this number of waiting drawings changes, and not for more."""
_READING = "class/fool-reading"


def waiting_in_words(waiting: int) -> str:
    """The name of this part of the page, with how much there is to do."""
    if not waiting:
        return _("Read others")
    if waiting > _MOST_COUNTED:
        return _("Read others: more than {n} waiting", n=_MOST_COUNTED)
    return n_("Read others: {n} waiting", "Read others: {n} waiting", waiting)


def show(page: ClassPage) -> None:
    """Show a drawing to read."""
    assert page.person is not None
    entry = _next(page, class_round.current(page))
    if entry is None:
        st.markdown(f"### {_('Nothing to read at the moment.')}")
        st.markdown(_("Draw something yourself; others' drawings come here as they are sent in."))
        return
    drawing = entry.attempt.drawing
    picture = drawing.image if drawing.canvas is None else drawing.canvas
    ink_cards(
        [Card(f"{entry.id}", [picture], alternative=_("A digit that somebody drew"))],
        key="fool-to-read",
        label=_("What do you read here?"),
        sizes=_SIZES if picture.shape[0] == SHOWN_SIDE else (252, 168, 84, 56),
        below=_BELOW,
    )
    answer = partial(_answer, page, entry.id)
    digit_pad(
        _("What do you read here?"),
        None,
        key=f"fool-read-{entry.id}",
        on_choose=lambda digit: answer(str(digit)),
    )
    st.button(
        _("I cannot tell"), key=f"fool-cannot-{entry.id}", on_click=answer, args=(CANNOT_TELL,)
    )


def _next(page: ClassPage, now: FoolingRound) -> Entry | None:
    """The drawing that this person is reading, or else the next one."""
    assert page.person is not None
    person, looking = page.person.id, class_round.looking()
    reading = st.session_state.get(_READING)
    if reading is None or not now.may_read(person, reading):
        following = now.next_for(person, looking.now())
        reading = st.session_state[_READING] = None if following is None else following.id
    if reading is None:
        looking.stop(person)
        return None
    looking.look(person, reading)
    return now.entries[reading]


def _answer(page: ClassPage, drawing: int, answer: str) -> None:
    """Send a reading, if it counts: whatever a browser may have said."""
    assert page.person is not None
    st.session_state.pop(_READING, None)
    class_round.looking().stop(page.person.id)
    if class_round.now(page.code).may_read(page.person.id, drawing):
        page.send(NAME, {game.reading_slot(drawing): game.write_reading(answer)})
    else:
        say(_("{n} people have read that one by now, or it is gone.", n=READERS))


def follow_waiting(page: ClassPage) -> None:
    """Run the page again when there is more, or less, to read."""
    assert page.person is not None
    person = page.person.id
    seen = _waiting(class_round.current(page), person)

    def look() -> None:
        room = classes().find(page.code)
        if room is None or room.revision == page.room.revision:
            return
        if (reading := st.session_state.get(_READING)) is not None:
            class_round.looking().look(person, reading)
        if _waiting(class_round.current(ClassPage(room, page.person)), person) != seen:
            address.rerun()

    st.fragment(look, run_every=_LOOK_SECONDS)()


def _waiting(now: FoolingRound, person: int) -> int:
    return int(np.minimum(len(now.open_for(person)), _MOST_COUNTED + 1))
