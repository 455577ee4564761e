"""Rooms on the disk: who may do what, what is kept, and that nothing is left of what is deleted."""

import multiprocessing
import os
import signal
import sqlite3
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.classroom import room, schema, store
from mnist_core.classroom.room import State
from mnist_core.classroom.schema import ClassesUnavailable
from mnist_core.classroom.store import ClassStore, NotAllowed, tidy_code, tidy_name


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def classes(tmp_path: Path, clock: Clock) -> ClassStore:
    return ClassStore(tmp_path, clock)


@pytest.fixture
def code(classes: ClassStore) -> str:
    return classes.create("teacher").room


def test_a_room_is_found_however_its_code_is_typed(classes, code):
    assert classes.find(f" {code.lower()[:2]}-{code[2:]} ").code == code
    assert classes.find("") is None


def test_codes_are_four_letters_that_are_easy_to_read_out(classes):
    codes = {classes.create().room for _ in range(30)}
    assert len(codes) == 30
    assert all(len(one) == 4 and set(one) <= set(room.LETTERS) for one in codes)


def test_only_the_secret_and_the_browser_that_made_the_room_steer(classes):
    right = classes.create("teacher")
    other = classes.create("other teacher")
    assert classes.is_teacher(right.room, right.secret, None)
    assert classes.is_teacher(right.room, None, "teacher")
    assert not classes.is_teacher(right.room, other.secret, "other teacher")
    assert not classes.is_teacher(right.room, "", None)
    assert not classes.is_teacher("CCCC", None, None)


def test_a_second_device_steers_and_the_first_goes_on(classes):
    first = classes.create()
    second = classes.new_secret(first.room)
    assert classes.is_teacher(first.room, first.secret, None)
    assert classes.is_teacher(first.room, second.secret, None)
    classes.remember_teacher(first.room, "phone")
    assert classes.is_teacher(first.room, None, "phone")


def test_no_secret_is_on_the_disk(classes, tmp_path):
    right = classes.create("teacher")
    person, secret = classes.join(right.room, "browser")
    classes.contribute(right.room, person, "guess", {"0": b"3"})
    found = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert right.room.encode() in found
    assert right.secret.encode() not in found
    assert secret.encode() not in found


def test_a_browser_stays_who_it_is_and_a_secret_makes_another_one_the_same(classes, code):
    first, _ = classes.join(code, "browser", "Ada")
    again, secret = classes.join(code, "browser", "Bob")
    assert (again.id, again.name) == (first.id, "Ada")
    assert classes.person(code, secret, "another browser").id == first.id
    assert classes.person(code, "wrong", "another browser") is None


def test_everybody_has_another_animal_or_colour(classes, code):
    people = [classes.join(code, f"browser {n}")[0] for n in range(room.MOST_PEOPLE)]
    assert len({(one.animal, one.colour) for one in people}) == room.MOST_PEOPLE


def test_the_61st_is_told_and_somebody_who_leaves_makes_room(classes, code):
    people = [classes.join(code, f"browser {n}")[0] for n in range(room.MOST_PEOPLE)]
    with pytest.raises(NotAllowed, match="full"):
        classes.join(code, "late")
    classes.leave(code, people[7].id)
    assert classes.join(code, "late")[0].number == 7


def test_nobody_comes_in_when_the_door_is_closed_but_who_is_in_stays(classes, code):
    classes.join(code, "early")
    classes.steer(code, lambda state: msgspec.structs.replace(state, is_closed=True))
    assert classes.join(code, "early")[0].number == 0
    with pytest.raises(NotAllowed, match="door"):
        classes.join(code, "late")
    assert classes.join(code, None, is_paper=True)[0].is_paper


def test_what_is_sent_again_takes_the_place_of_what_was(classes, code):
    person, _ = classes.join(code, "browser")
    classes.contribute(code, person, "guess", {"0": b"3", "1": b"4"})
    classes.contribute(code, person, "guess", {"0": b"2"})
    assert {one.slot: one.payload for one in classes.contributions(code, "guess")} == {
        "0": b"2",
        "1": b"4",
    }
    assert classes.contributions(code, "write") == []


def test_nobody_sends_into_a_room_they_are_not_in(classes, code):
    elsewhere = classes.create().room
    person, _ = classes.join(elsewhere, "browser")
    with pytest.raises(NotAllowed):
        classes.contribute(code, person, "guess", {"0": b"3"})


@pytest.mark.parametrize(
    "slots",
    [
        {"0": b"x" * (room.LARGEST_PAYLOAD + 1)},
        {str(n): b"x" for n in range(room.MOST_SENT + 1)},
    ],
    ids=["too large", "too many"],
)
def test_too_much_is_refused_as_a_whole(classes, code, slots):
    person, _ = classes.join(code, "browser")
    classes.contribute(code, person, "guess", {"a": b"kept"})
    with pytest.raises(NotAllowed):
        classes.contribute(code, person, "guess", slots)
    assert [one.slot for one in classes.contributions(code, "guess")] == ["a"]


def test_one_person_cannot_fill_the_room_for_the_others(classes, code):
    person, _ = classes.join(code, "browser")
    part = bytes(room.LARGEST_PAYLOAD)
    for number in range(room.MOST_BYTES_EACH // room.LARGEST_PAYLOAD):
        classes.contribute(code, person, room.STEPS[number % 8], {str(number): part})
    with pytest.raises(NotAllowed, match="one person"):
        classes.contribute(code, person, "write", {"more": part})
    other, _ = classes.join(code, "other")
    classes.contribute(code, other, "write", {"0": part})


def test_a_browser_finds_its_rooms_again(classes, code, clock):
    other = classes.create("somebody else").room
    classes.join(other, "teacher")
    assert classes.rooms_of("teacher") == ([code], [other])
    assert classes.rooms_of("nobody") == ([], [])
    clock.now += room.HOURS * 3600
    assert classes.rooms_of("teacher") == ([], [])


def test_the_teacher_removes_one_drawing_and_a_person_with_all(classes, code):
    one, other = (classes.join(code, name)[0] for name in ("one", "other"))
    for person in (one, other):
        classes.contribute(code, person, "write", {"0": b"a", "1": b"b"})
    first = classes.contributions(code, "write")[0]
    classes.remove(code, first.id)
    assert first.id not in {left.id for left in classes.contributions(code, "write")}
    classes.leave(code, other.id)
    assert {left.person for left in classes.contributions(code, "write")} == {one.id}


def test_pages_notice_what_happened(classes, code):
    before = classes.find(code)
    person, _ = classes.join(code, "browser")
    joined = classes.find(code)
    classes.steer(code, lambda state: msgspec.structs.replace(state, step="guess"))
    steered = classes.find(code)
    classes.rename(person, "Ada")
    assert before.revision < joined.revision < steered.revision < classes.find(code).revision
    assert before.steered == joined.steered < steered.steered == classes.find(code).steered


def test_who_is_there_is_written_down_now_and_then(classes, code, clock):
    person, _ = classes.join(code, "browser")
    revision = classes.find(code).revision
    clock.now += 30
    classes.note_presence(code, person.id)
    assert classes.people(code)[0].seen == clock.now
    assert classes.find(code).revision == revision
    clock.now += room.HERE_SECONDS + 1
    assert classes.note_presence(code, person.id)
    assert classes.find(code).revision > revision
    classes.leave(code, person.id)
    assert not classes.note_presence(code, person.id)


def test_after_a_day_a_room_is_gone(classes, code, clock):
    clock.now += room.HOURS * 3600 - 1
    assert classes.find(code) is not None
    clock.now += 1
    assert classes.find(code) is None
    with pytest.raises(NotAllowed, match="ended"):
        classes.join(code, "browser")


def test_of_a_room_that_has_ended_nothing_is_left_on_the_disk(classes, code, tmp_path):
    person, _ = classes.join(code, "browser", "Ada Lovelace")
    classes.contribute(code, person, "write", {"0": b"somebody's digit" * 100})
    classes.end(code)
    found = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"somebody's digit" not in found
    assert b"Lovelace" not in found
    assert classes.find(code) is None


def test_old_rooms_go_when_another_begins(classes, code, clock, tmp_path):
    classes.join(code, "browser", "Ada Lovelace")
    clock.now += room.HOURS * 3600 + 1
    classes.create()
    assert b"Lovelace" not in (tmp_path / schema.FILE).read_bytes()


def test_there_are_only_so_many_rooms(classes, monkeypatch):
    monkeypatch.setattr(store, "MOST_ROOMS", 2)
    classes.create()
    classes.create()
    with pytest.raises(NotAllowed):
        classes.create()


def test_a_state_of_another_version_begins_the_lesson_anew(classes, code, tmp_path):
    with sqlite3.connect(tmp_path / schema.FILE) as connection:
        connection.execute("UPDATE rooms SET state = ?", (b'{"step": 7}',))
    assert classes.find(code).state == State()


def test_a_file_of_a_newer_version_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / schema.FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ClassesUnavailable):
        ClassStore(tmp_path).create()


def test_a_damaged_file_is_a_sentence(tmp_path):
    (tmp_path / schema.FILE).write_bytes(b"no database" * 1000)
    with pytest.raises(ClassesUnavailable, match="Try again"):
        ClassStore(tmp_path).create()


def test_a_full_disk_is_a_sentence_and_what_was_there_stays(classes, code, tmp_path):
    person, _ = classes.join(code, "browser")
    classes.contribute(code, person, "write", {"0": b"kept"})
    with schema.database(tmp_path).reading() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ClassesUnavailable, match="full"):
        classes.contribute(code, person, "write", {str(n): b"x" * 15_000 for n in range(9)})
    assert [one.payload for one in classes.contributions(code, "write")] == [b"kept"]


def test_a_file_that_somebody_deletes_is_made_anew(classes, code, tmp_path):
    schema.database(tmp_path).close()
    for file in tmp_path.iterdir():
        file.unlink()
    assert classes.find(code) is None
    assert classes.find(classes.create().room) is not None


def _send_until_killed(directory: Path, code: str, ready) -> None:
    classes = ClassStore(directory)
    person, _ = classes.join(code, f"process {os.getpid()}")
    for number in range(room.MOST_SENT):
        classes.contribute(code, person, "write", {str(number): b"x" * 2_000})
        # What was confirmed is to be there.
        ready.put(number)


def test_a_process_that_is_killed_loses_nothing_that_was_confirmed(tmp_path):
    classes = ClassStore(tmp_path)
    code = classes.create().room
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    workers = [
        context.Process(target=_send_until_killed, args=(tmp_path, code, ready)) for _ in range(2)
    ]
    for one in workers:
        one.start()
    confirmed = [ready.get(timeout=60) for _ in range(20)]
    for one in workers:
        os.kill(one.pid, signal.SIGKILL) if hasattr(signal, "SIGKILL") else one.terminate()
        one.join()
    found = classes.contributions(code, "write")
    assert len(found) >= len(confirmed)
    assert all(one.payload == b"x" * 2_000 for one in found)


@given(st.text())
def test_names_are_short_visible_and_on_one_line(typed):
    name = tidy_name(typed)
    assert len(name) <= room.LONGEST_NAME
    assert name == name.strip()
    assert not any(one in name for one in "\n\r\t\x00\u202e\u2028\u200b")


@given(st.text())
def test_a_code_from_outside_may_be_anything(typed):
    assert tidy_code(typed).isalnum() or tidy_code(typed) == ""
