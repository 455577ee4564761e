"""A room, the people in it and what they send, as values; `store` keeps them."""

from typing import Annotated

import msgspec

LETTERS = "CFHJKLMRTWXY"
"""Of which codes are made: no vowels, so no words, and none that sounds or looks like another."""
CODE_LENGTH = 4
MOST_PEOPLE = 60
HOURS = 24
"""After which a room is deleted."""
LONGEST_NAME = 20
LARGEST_PAYLOAD = 16_000
"""Bytes that one person may send at once."""
MOST_BYTES_EACH = 200_000
"""That one person may have in a room; the whole room, `MOST_PEOPLE` times that. Ten digits, five
large drawings and one with the way of the pen are some 50 kB."""
MOST_SENT = 80
"""Contributions of one person to one step."""
HERE_SECONDS = 60.0
"""After so long without a sign, somebody counts as away."""

ANIMALS = (
    "Fox", "Owl", "Bear", "Hare", "Seal", "Wolf", "Otter", "Mouse", "Goose", "Horse",
    "Tiger", "Zebra", "Camel", "Koala", "Panda", "Whale", "Shark", "Crab", "Snail", "Bee",
)  # fmt: skip
COLOURS = ("red", "blue", "green", "yellow", "purple", "orange", "pink", "grey")
"""Each is shown beside its name: nobody has to tell colours apart."""

STEPS = ("lobby", "guess", "write", "inside", "fool", "train", "teach", "findings")
"""The lesson, in order; the lobby is where everybody waits."""

_Small = Annotated[int, msgspec.Meta(ge=0, le=1_000)]


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the lesson is, and what the teacher allows.

    Attributes:
        step: one of `STEPS`.
        part: which part of the step, from 0, such as the third digit to guess.
        shown: how much of its answer is on the screen, from 0: nothing.
        hides_names: nobody's animal or name is on the screen.
        may_run_ahead: people may go on to later steps by themselves.
        is_closed: nobody else may join.
        seconds: the budget for one training.
        chosen: the number of the contribution that is on the screen, where a step shows one.
        network: the name of the one to be fooled; empty for the usual one.
        jobs: the trainings of the whole class, such as the one that learns from its digits.
        training_word: proof that the teacher has typed the server's word for training, where it
            asks for one: then the class may train. It gives no right elsewhere.
    """

    step: str = STEPS[0]
    part: _Small = 0
    shown: _Small = 0
    hides_names: bool = False
    may_run_ahead: bool = False
    is_closed: bool = False
    seconds: Annotated[int, msgspec.Meta(ge=1, le=600)] = 10
    chosen: int | None = None
    network: str = ""
    jobs: tuple[str, ...] = ()
    training_word: str = ""


class Room(msgspec.Struct, frozen=True):
    """A room.

    Attributes:
        code: four of `LETTERS`.
        created: seconds since 1970.
        revision: grows with all that happens in it.
        steered: grows with all that the teacher does.
        state: where the lesson is.
    """

    code: str
    created: float
    revision: int
    steered: int
    state: State


class Person(msgspec.Struct, frozen=True):
    """Somebody in a room.

    Attributes:
        id: a number; others may know it, it gives no right.
        number: of this person in the room, from 0; decides animal and colour.
        name: typed by the person, at most `LONGEST_NAME` characters; empty: the animal counts.
        seen: when there was a last sign of them, seconds since 1970.
        is_paper: a sheet of paper that was photographed, not a page that is open.
    """

    id: int
    number: int
    name: str
    seen: float
    is_paper: bool

    @property
    def colour(self) -> str:
        """One of `COLOURS`."""
        return COLOURS[(self.number + self.number // len(ANIMALS)) % len(COLOURS)]

    @property
    def animal(self) -> str:
        """One of `ANIMALS`, with its colour different from that of everybody else's."""
        return ANIMALS[self.number % len(ANIMALS)]


class Contribution(msgspec.Struct, frozen=True):
    """What somebody sent.

    Attributes:
        id: a number, ascending in time.
        person: the id of who sent it.
        step: one of `STEPS`.
        slot: which of several of one person in a step; sending again replaces it.
        created: seconds since 1970.
        payload: as the step understands it.
    """

    id: int
    person: int
    step: str
    slot: str
    created: float
    payload: bytes


class Right(msgspec.Struct, frozen=True):
    """A code that was given out, and the secret that belongs to it: neither is on the disk."""

    room: str
    secret: str
