"""The round of Fool it: who reads what, and what counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_core.classroom import fooling_round as game
from mnist_core.classroom.drawings import ClassDrawing, read_drawing
from mnist_core.classroom.fooling_round import Attempt, FoolingRound, round_of
from mnist_core.classroom.room import Contribution

PAYLOAD = game.write_attempt(
    Attempt(ClassDrawing(7, np.zeros((28, 28), np.uint8)), "Two convolutions", 2, 0.96)
)


def drawing(id: int, person: int, payload: bytes = PAYLOAD) -> Contribution:
    return Contribution(id, person, "fool", game.drawing_slot(f"{id}"), 0.0, payload)


def reading(id: int, person: int, of: int, answer: str = "7") -> Contribution:
    payload = game.write_reading(answer)
    return Contribution(id, person, "fool", game.reading_slot(of), 0.0, payload)


def test_a_drawing_comes_back_as_it_was_sent_and_other_steps_can_read_it_too() -> None:
    found = game.read_attempt(PAYLOAD)
    assert found is not None
    assert (found.drawing.label, found.said, found.chance) == (7, 2, 0.96)
    plain = read_drawing(PAYLOAD)
    assert plain is not None
    assert plain.label == 7


@given(st.binary(max_size=400))
def test_any_other_bytes_are_no_attempt(payload: bytes) -> None:
    assert game.read_attempt(payload) is None
    round_of([drawing(1, 1, payload), Contribution(2, 2, "fool", "reading-1", 0.0, payload)], [1])


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ("", "waiting"),
        ("7", "waiting"),
        ("77", "hit"),
        ("771", "hit"),
        ("71", "waiting"),
        ("717", "hit"),
        ("711", "missed"),
        ("1?", "missed"),
    ],
)
def test_two_of_three_make_a_hit_and_it_is_decided_as_soon_as_it_can_be(
    answers: str, outcome: str
) -> None:
    sent = [drawing(1, 1)]
    sent += [reading(2 + n, 2 + n, 1, answer) for n, answer in enumerate(answers)]
    assert round_of(sent, range(1, 9)).entries[1].outcome == outcome


@pytest.mark.parametrize(
    ("people", "answers", "outcome"),
    [(1, "", "waiting"), (2, "7", "hit"), (3, "7", "waiting"), (3, "77", "hit")],
)
def test_with_fewer_than_four_people_those_who_are_there_decide(
    people: int, answers: str, outcome: str
) -> None:
    sent = [drawing(1, 1)]
    sent += [reading(2 + n, 2 + n, 1, answer) for n, answer in enumerate(answers)]
    assert round_of(sent, range(1, people + 1)).entries[1].outcome == outcome


def test_forged_readings_do_not_count() -> None:
    sent = [
        drawing(1, 1),
        reading(2, 1, 1),  # his own
        reading(3, 2, 1, "1"),
        reading(4, 2, 99),  # of nothing
        Contribution(5, 3, "fool", "reading--1", 0.0, b"7"),
        Contribution(6, 3, "fool", "reading-1", 0.0, b"77"),
    ]
    assert round_of(sent, range(1, 9)).entries[1].readings == {2: "1"}


def test_who_is_looking_is_waited_for_and_a_fourth_is_not_asked() -> None:
    found = round_of([drawing(1, 1)], range(1, 9))
    assert found.next_for(2, {1: {3, 4, 5}}) is None
    chosen = found.next_for(2, {1: {2, 3, 4}})
    assert chosen is not None
    assert chosen.id == 1


def test_the_best_hits_come_first() -> None:
    weak = game.write_attempt(
        Attempt(ClassDrawing(7, np.zeros((28, 28), np.uint8)), "Two convolutions", 1, 0.5)
    )
    sent = [drawing(1, 1, weak), drawing(2, 1), drawing(3, 1, weak)]
    sent += [reading(10 + n, 2 + n % 2, 1 + n // 2) for n in range(6)]
    sent += [reading(20, 4, 3)]
    assert [one.id for one in round_of(sent, range(1, 9)).hits] == [3, 2, 1]


# What happens in a room: somebody draws, reads, leaves with all he sent, or a drawing is removed.
_EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["draw", "read", "read", "read", "leave", "remove"]), st.integers(0, 9)
    ),
    max_size=40,
)


class Class:
    """A class that plays, and checks at each reading that it is fair."""

    def __init__(self, count: int) -> None:
        self.people = list(range(1, count + 1))
        self.sent: list[Contribution] = []
        self.last_id = 0

    def now(self) -> FoolingRound:
        return round_of(self.sent, self.people)

    def happens(self, what: str, number: int) -> None:
        if not self.people:
            return
        person = self.people[number % len(self.people)]
        if what == "draw":
            self.last_id += 1
            self.sent.append(drawing(self.last_id, person))
        elif what == "read":
            self.reads(person)
        elif what == "leave":
            self.people.remove(person)
            self.sent = [one for one in self.sent if one.person != person]
        elif self.sent:
            del self.sent[number % len(self.sent)]

    def reads(self, person: int) -> bool:
        entry = self.now().next_for(person)
        if entry is None:
            return False
        assert entry.person != person
        assert person not in entry.readings
        # Nobody else's drawing that he might read has fewer readings.
        assert len(entry.readings) == min(len(one.readings) for one in self.now().open_for(person))
        self.last_id += 1
        self.sent.append(reading(self.last_id, person, entry.id))
        return True


@settings(max_examples=60)
@given(st.integers(1, 10), _EVENTS)
def test_whatever_happens_everybody_reads_fairly_and_it_ends(
    count: int, events: list[tuple[str, int]]
) -> None:
    room = Class(count)
    for what, number in events:
        room.happens(what, number)
    while any(map(room.reads, room.people)):
        pass
    for entry in room.now().entries.values():
        assert len(entry.readings) == min(game.READERS, len({*room.people} - {entry.person}))
        assert entry.person not in entry.readings
