"""Fool it, on the screen: the drawings that people read and the network does not."""

import streamlit as st

from mnist_core.classroom.fooling_round import READERS, Entry, FoolingRound
from mnist_core.language.translation import _, n_
from mnist_core.system.text_format import whole_percent
from ui.classroom import class_round
from ui.classroom.class_page import ClassPage
from ui.classroom.lesson import set_state
from ui.shell.network_words import network_title
from ui.widgets.choice.choice import choice
from ui.widgets.ink_cards.ink_cards import Card, ink_cards

_SIZES = (252, 210, 168, 140, 112, 84)
_BELOW = 90
"""Pixels of the window that the bar with the buttons takes."""
_MOST_SHOWN = 12
_NARROWEST = 12


def show(page: ClassPage) -> None:
    """Show the step on the screen."""
    card, now = class_round.network(page), class_round.current(page)
    if card is None:
        st.info(_("There is no trained network on this server."))
        return
    title = _("People read it, “{network}” does not", network=network_title(card))
    st.markdown(f"## {title}\n\n{_counts(now)}")
    if len(now.readers) <= READERS:
        st.markdown(
            _(
                "{n} people read each drawing, and two of them decide. With fewer than "
                "four in the class, those who are there decide.",
                n=READERS,
            )
        )
    elif not now.hits:
        st.markdown(
            _(
                "Three classmates read each drawing. It is a hit if the network misreads it and "
                "at least two of them read it as it was meant."
            )
        )
    if not now.hits:
        st.markdown(f"### {_('The first hit comes here.')}")
        return
    ink_cards(
        [_card(page, one) for one in now.hits[:_MOST_SHOWN]],
        key="fool-wall",
        label=_("What people read and the network does not"),
        sizes=_SIZES,
        below=_BELOW,
        narrowest=_NARROWEST,
    )


def _counts(now: FoolingRound) -> str:
    sent = n_("{n} drawing", "{n} drawings", len(now.entries))
    hits = n_("{n} hit", "{n} hits", len(now.hits))
    waiting = n_("{n} still to be read", "{n} still to be read", now.waiting)
    return " · ".join((sent, f"**{hits}**", waiting))


def _card(page: ClassPage, entry: Entry) -> Card:
    attempt = entry.attempt
    drawing = attempt.drawing
    hides = page.room.state.hides_names
    artist = next((one for one in page.people if one.id == entry.person), None)
    said = _(
        "network: {digit}, {share} sure",
        digit=attempt.said,
        share=whole_percent(attempt.chance),
    )
    read = _(
        "meant {digit}, {readers} of {count} read {digit}",
        readers=entry.as_meant,
        count=len(entry.readings),
        digit=drawing.label,
    )
    return Card(
        f"{entry.id}",
        [drawing.image if drawing.canvas is None else drawing.canvas],
        title="" if hides else page.name_of(entry.person),
        colour="" if hides or artist is None else artist.colour,
        lines=(read, said),
        alternative=". ".join((read, said, attempt.network)),
    )


def choose_network(page: ClassPage) -> None:
    """Let the teacher choose the network to be fooled."""
    card = class_round.network(page)
    choice(
        _("Network to fool"),
        {one.name: network_title(one) for one in class_round.networks()},
        None if card is None else card.name,
        key="fool-network",
        on_choose=lambda name: set_state(page, network=name),
        list_width=240,
    )
