"""The networks that a visitor finds in lists, and those that they may change.

Listed are the networks that came with the app, those without an owner, the visitor's own, those
that others share, and those that a link of this visit named. Who owns the computer sees all.
"""

import streamlit as st

from mnist_core.models import notes, store
from mnist_core.models.card import ModelCard
from mnist_core.models.notes import Notes
from ui.shell import cached, visitor
from ui.visitors import client

_OPENED = "visitors/opened-by-link"
_MOST_OPENED = 50


def cards() -> list[ModelCard]:
    """The cards of the listed networks, in the order of `store.list_models`."""
    found = cached.cards()
    if client.is_owner():
        return found
    me, opened = visitor.owner(), _opened_by_link()
    return [
        card
        for card in found
        if card.shipped or card.name in opened or _notes(card.name).is_listed_for(me)
    ]


def is_listed(name: str) -> bool:
    """Whether a network that was trained here is listed, even if its card cannot be read."""
    me = visitor.owner()
    return client.is_owner() or name in _opened_by_link() or _notes(name).is_listed_for(me)


def may_change(card: ModelCard) -> bool:
    """Whether this visitor may rename, star, share or delete a network, or write a note."""
    return not card.shipped and (client.is_owner() or _notes(card.name).owner == visitor.owner())


def has_owner(card: ModelCard) -> bool:
    """Whether a network belongs to a visitor, so that it can be shared."""
    return not card.shipped and _notes(card.name).owner is not None


def _notes(name: str) -> Notes:
    return notes.read(store.local_directory() / name)


def _opened_by_link() -> set[str]:
    """The names that addresses of this visit had: a page keeps its network, too."""
    opened: set[str] = st.session_state.setdefault(_OPENED, set())
    for parameter in st.query_params:
        for value in st.query_params.get_all(parameter):
            if store.is_name(value) and len(opened) < _MOST_OPENED:
                opened.add(value)
    return opened
