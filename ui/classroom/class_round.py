"""Fool it in a class: the round as it is now, the network to be fooled, who is looking at what."""

from functools import cache, lru_cache

from mnist_core.classroom.current_readers import Looking
from mnist_core.classroom.fooling_round import FoolingRound, round_of
from mnist_core.models.card import ModelCard
from ui.classroom.class_page import ClassPage, as_it_is, classes
from ui.shell import cached
from ui.stage.first_network import first_network

NAME = "fool"
# Some 10 kB a drawing.
_ROUNDS = 6


def current(page: ClassPage) -> FoolingRound:
    """The round as it was when this run began, or a little later."""
    return _round(as_it_is(page))


@lru_cache(maxsize=_ROUNDS)
def _round(room: tuple[str, float, int]) -> FoolingRound:
    code, _created, _revision = room
    return now(code)


def now(code: str) -> FoolingRound:
    """The round of a room as it is at this moment, for what is to be sent."""
    readers = [one.id for one in classes().people(code) if not one.is_paper]
    return round_of(classes().contributions(code, NAME), readers)


@cache
def looking() -> Looking:
    """Who is looking at which drawing, of all rooms of this server."""
    return Looking()


def networks() -> list[ModelCard]:
    """The networks that may be fooled: those that come with the app."""
    return [one for one in cached.cards() if one.shipped]


def network(page: ClassPage) -> ModelCard | None:
    """The network to be fooled: the teacher's choice, else that on the stage."""
    chosen = page.room.state.network
    return next((one for one in networks() if one.name == chosen), None) or first_network()
