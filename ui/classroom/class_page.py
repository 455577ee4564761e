"""Who looks at a page of a class, and from which side: a person, the screen, the remote control."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from mnist_core.classroom import room as values
from mnist_core.classroom.room import Contribution, Person, Room
from mnist_core.classroom.schema import ClassesUnavailable
from mnist_core.classroom.store import ClassStore, NotAllowed, tidy_code
from mnist_core.language.translation import _
from mnist_core.models import store
from mnist_core.system import events
from ui.classroom import own_pace
from ui.shell import visitor
from ui.shell.lost_session import Remembered
from ui.visitors import request_limits

ROOM, VIEW, STEER, ME = "room", "view", "steer", "me"
"""Names in the address: the code, the side, the teacher's secret, a person's secret."""

SCREEN, REMOTE = "screen", "remote"
_PROBLEM = "class/problem"
# By room: the secret of who this browser is in it.
_ME: Remembered[dict[str, str]] = Remembered("class/me", dict[str, str], {})


@dataclass(frozen=True)
class ClassPage:
    """A page of a class.

    Attributes:
        room: as it was when this run began.
        person: who looks, on a person's page.
        is_teacher: whether this page may steer.
    """

    room: Room
    person: Person | None = None
    is_teacher: bool = False

    @property
    def code(self) -> str:
        """Of the room."""
        return self.room.code

    @property
    def step(self) -> str:
        """The step that this page shows: the class's, or that of somebody who has run ahead."""
        return own_pace.position(self.room)[0] if self.person else self.room.state.step

    @property
    def part(self) -> int:
        """The part of the step, likewise."""
        return own_pace.position(self.room)[1] if self.person else self.room.state.part

    def is_shown(self, level: int) -> bool:
        """Whether the class has been shown this much of the answer to what this page shows."""
        state = self.room.state
        here = values.STEPS.index(self.step), self.part
        of_class = values.STEPS.index(state.step), state.part
        return state.shown >= level if here == of_class else here < of_class

    @cached_property
    def people(self) -> list[Person]:
        """Everybody in the room."""
        return classes().people(self.code)

    def sent(self, step: str) -> list[Contribution]:
        """What everybody sent in a step, the first one first."""
        return classes().contributions(self.code, step)

    def mine(self, step: str) -> dict[str, bytes]:
        """What this person sent in a step, by slot."""
        if self.person is None:
            return {}
        found = classes().contributions(self.code, step, self.person.id)
        return {one.slot: one.payload for one in found}

    def name_of(self, person: int) -> str:
        """What others may call somebody; nobody's name while names are hidden."""
        if self.room.state.hides_names:
            return _("somebody")
        found = next((one for one in self.people if one.id == person), None)
        return _("somebody who left") if found is None else shown_name(found)

    def send(self, step: str, slots: Mapping[str, bytes]) -> bool:
        """Send something for this person; whether it is on the server's disk.

        If it is not, the page says why in its next run (`show_problem`).
        """
        if self.person is None:
            return False
        try:
            classes().contribute(self.code, self.person, step, slots)
        except (NotAllowed, ClassesUnavailable) as problem:
            say(str(problem))
            return False
        return True


def as_it_is(page: ClassPage) -> tuple[str, float, int]:
    """Another value whenever something has happened in the room: for caches of what is in it."""
    return page.code, page.room.created, page.room.revision


def classes() -> ClassStore:
    """The rooms on this server."""
    return ClassStore(store.local_directory())


def shown_name(person: Person) -> str:
    """The typed name, or else the animal with its colour, in the reader's language."""
    from ui.classroom import animals

    return person.name or animals.in_words(person)


def say(problem: str) -> None:
    """Have the page say what went wrong, in its next run."""
    st.session_state[_PROBLEM] = problem


def show_problem() -> None:
    """Say what has gone wrong since the last run."""
    if problem := st.session_state.pop(_PROBLEM, None):
        st.warning(problem)


def room_in_address() -> Room | None:
    """The room that the address names; None if there is none, or no such room."""
    typed = st.query_params.get(ROOM, "")
    return classes().find(typed) if typed else None


def open_page(room: Room) -> ClassPage:
    """Who looks at this room: by the secret in the address, else by the browser."""
    browser = visitor.owner()
    secret = st.query_params.get(STEER)
    is_teacher = classes().is_teacher(room.code, secret, browser)
    if secret:
        if is_teacher:
            classes().remember_teacher(room.code, browser)
        else:
            events.refused("steering-secret")
            request_limits.refusal(request_limits.CLASS_CODES)
        _forget_secret_in_address()
    if is_teacher and st.query_params.get(VIEW) in (SCREEN, REMOTE):
        return ClassPage(room, None, is_teacher=True)
    mine = st.query_params.get(ME) or _ME.get().get(room.code)
    return ClassPage(room, classes().person(room.code, mine, browser), is_teacher)


def _forget_secret_in_address() -> None:
    """Who reads the address off the projector shall not steer.

    Only a browser that keeps its code is known again without the secret.
    """
    if visitor.COOKIE in st.context.cookies:
        st.query_params.pop(STEER, None)


def become(room: str, secret: str) -> None:
    """Be the person with this secret in a room; the address takes it to another device."""
    _ME.set({**_ME.get(), tidy_code(room): secret})
    st.query_params[ME] = secret


def was_in(code: str) -> bool:
    """Whether this visit has been somebody in the room with this code, or has steered it."""
    return ME in st.query_params or VIEW in st.query_params or code in _ME.get()


def is_away(person: Person, now: float) -> bool:
    """Whether there was no sign of somebody for a while; paper is always here."""
    return not person.is_paper and now - person.seen > values.HERE_SECONDS
