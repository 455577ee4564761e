"""Fool it, played by a class: who draws what fools a network, and whether people can read it.

A drawing is shown to three others who know neither what was meant nor what the network said. It is
a hit when at least two of them read it as meant. Nobody reads a drawing of his own, or one twice;
where fewer than four people are there, as many read as there are.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import msgspec

from mnist_core.classroom.drawings import ClassDrawing, read_drawing, write_drawing
from mnist_core.classroom.room import Contribution
from mnist_core.data.dataset import CLASSES

READERS = 3
"""How many people read each drawing."""
ENOUGH = 2
"""How many of them have to read it as meant."""
MOST_DRAWINGS = 5
"""Of one person."""
CANNOT_TELL = "?"
"""A reading of whoever sees no digit."""

_DRAWING, _READING = "drawing-", "reading-"
_ANSWERS = frozenset([*map(str, range(CLASSES)), CANNOT_TELL])

Outcome = Literal["waiting", "hit", "missed"]


@dataclass(frozen=True, eq=False)
class Attempt:
    """A drawing that a network does not read as it was meant.

    Attributes:
        drawing: with the digit that was meant.
        network: what the pages call it.
        said: the digit that the network says.
        chance: how sure it is, 0..1.
    """

    drawing: ClassDrawing
    network: str
    said: int
    chance: float


class _Written(msgspec.Struct):
    """An attempt as it is written; also read by `drawings.read_drawing`, which skips the rest."""

    label: int
    image: bytes
    canvas: bytes = b""
    network: str = ""
    said: int = 0
    chance: float = 0.0


_DECODER = msgspec.msgpack.Decoder(_Written)


def write_attempt(attempt: Attempt) -> bytes:
    """An attempt as bytes, for `store.ClassStore.contribute`.

    Raises:
        ValueError: see `drawings.write_drawing`; or it was read as it was meant.
    """
    if attempt.said == attempt.drawing.label:
        raise ValueError(f"The network was not fooled: it says {attempt.said}.")
    written = _DECODER.decode(write_drawing(attempt.drawing))
    written.network, written.said, written.chance = attempt.network, attempt.said, attempt.chance
    return msgspec.msgpack.encode(written)


def read_attempt(payload: bytes) -> Attempt | None:
    """The attempt that `write_attempt` wrote; None for any other bytes."""
    drawing = read_drawing(payload)
    if drawing is None:
        return None
    try:
        written = _DECODER.decode(payload)
    except msgspec.DecodeError:
        return None
    is_sound = 0 <= written.said < CLASSES and 0 <= written.chance <= 1
    if not is_sound or written.said == drawing.label or not written.network:
        return None
    return Attempt(drawing, written.network, written.said, written.chance)


def drawing_slot(token: str) -> str:
    """The slot for a drawing; each has a token of its own, so that none replaces another."""
    return _DRAWING + token


def reading_slot(drawing: int) -> str:
    """The slot for somebody's reading of the drawing with this id: there is one of each."""
    return f"{_READING}{drawing}"


def write_reading(answer: str) -> bytes:
    """A reading as bytes: a digit, or `CANNOT_TELL`.

    Raises:
        ValueError: it is neither.
    """
    if answer not in _ANSWERS:
        raise ValueError(f"A reading is a digit or {CANNOT_TELL!r}, not {answer!r}.")
    return answer.encode()


@dataclass(frozen=True, eq=False)
class Entry:
    """A drawing in the round, with what people read in it.

    Attributes:
        id: of the contribution.
        person: who drew it.
        attempt: what was drawn.
        readings: reader -> a digit or `CANNOT_TELL`, the first `READERS` of them, first one first.
        wanted: how many people are to read it: `READERS`, or all others if they are fewer.
    """

    id: int
    person: int
    attempt: Attempt
    readings: Mapping[int, str]
    wanted: int

    @property
    def as_meant(self) -> int:
        """How many read it as it was meant."""
        meant = str(self.attempt.drawing.label)
        return sum(answer == meant for answer in self.readings.values())

    @property
    def outcome(self) -> Outcome:
        """A hit as soon as enough have read it as meant, missed as soon as that cannot be."""
        if not self.wanted:
            return "waiting"
        enough = min(ENOUGH, self.wanted)
        if self.as_meant >= enough:
            return "hit"
        to_come = max(self.wanted - len(self.readings), 0)
        return "waiting" if self.as_meant + to_come >= enough else "missed"


@dataclass(frozen=True, eq=False)
class FoolingRound:
    """The drawings that were sent in, the first one first.

    Attributes:
        entries: by id.
        readers: who may read: everybody with a page, no sheets of paper.
    """

    entries: Mapping[int, Entry]
    readers: frozenset[int]

    def open_for(self, person: int) -> list[Entry]:
        """What somebody may read: others' drawings that still want readers, fewest readings first.

        Of drawings with equally many readings each person begins with another.
        """
        if person not in self.readers:
            return []
        found = [one for one in self.entries.values() if _may_read(person, one)]
        return sorted(found, key=lambda one: (len(one.readings), _spread(person, one.id), one.id))

    def next_for(self, person: int, looking: Mapping[int, Set[int]] | None = None) -> Entry | None:
        """What somebody is to read next; None if there is nothing.

        Args:
            person: the reader.
            looking: drawing -> who is looking at it just now, besides. They count as if they had
                read it, so that no fourth person begins; who waits for them gets it all the same
                once they have gone.
        """
        others = {id: people - {person} for id, people in (looking or {}).items()}

        def busy(one: Entry) -> int:
            return len(one.readings) + len(others.get(one.id, frozenset()) - set(one.readings))

        free = [one for one in self.open_for(person) if busy(one) < one.wanted]
        # The sort is stable: of equals the first of `open_for`.
        return min(free, key=busy, default=None)

    def may_read(self, person: int, drawing: int) -> bool:
        """Whether a reading of this drawing by this person counts now."""
        entry = self.entries.get(drawing)
        return entry is not None and person in self.readers and _may_read(person, entry)

    def of(self, person: int) -> list[Entry]:
        """Somebody's own drawings."""
        return [one for one in self.entries.values() if one.person == person]

    @cached_property
    def hits(self) -> list[Entry]:
        """The best first: whom most people read, then of which the network was surest."""
        found = [one for one in self.entries.values() if one.outcome == "hit"]
        return sorted(found, key=lambda one: (-one.as_meant, -one.attempt.chance, one.id))

    @property
    def waiting(self) -> int:
        """How many drawings want more readers before they are decided."""
        return sum(one.outcome == "waiting" for one in self.entries.values())


def round_of(sent: Iterable[Contribution], readers: Iterable[int]) -> FoolingRound:
    """The round, from what people sent.

    Args:
        sent: all contributions to the step, the first one first; what is neither a drawing nor a
            reading is left out, as are readings that do not count.
        readers: who may read.
    """
    everybody = frozenset(readers)
    attempts: dict[int, tuple[int, Attempt]] = {}
    readings: dict[int, dict[int, str]] = {}
    for one in sent:
        if one.slot.startswith(_DRAWING) and (attempt := read_attempt(one.payload)) is not None:
            attempts[one.id] = one.person, attempt
        elif one.slot.startswith(_READING) and (found := _reading(one)) is not None:
            drawing, answer = found
            of_drawing = readings.setdefault(drawing, {})
            if len(of_drawing) < READERS and attempts.get(drawing, (one.person,))[0] != one.person:
                of_drawing[one.person] = answer
    entries = {}
    for id, (person, attempt) in attempts.items():
        found_readings = readings.get(id, {})
        wanted = min(READERS, len((everybody | set(found_readings)) - {person}))
        entries[id] = Entry(id, person, attempt, found_readings, wanted)
    return FoolingRound(entries, everybody)


def _reading(one: Contribution) -> tuple[int, str] | None:
    """Which drawing was read, and as what; None where the contribution is no reading."""
    drawing = one.slot.removeprefix(_READING)
    answer = one.payload.decode("ascii", "replace")
    is_sound = drawing.isascii() and drawing.isdecimal() and answer in _ANSWERS
    return (int(drawing), answer) if is_sound else None


def _may_read(person: int, entry: Entry) -> bool:
    is_free = person != entry.person and person not in entry.readings
    return is_free and len(entry.readings) < entry.wanted


def _spread(person: int, drawing: int) -> int:
    """A number that looks random: otherwise all would begin with the same drawing."""
    return (person * 0x9E3779B1 ^ drawing * 0x85EBCA6B) * 0xC2B2AE35 >> 8 & 0xFFFF
