"""Keeps rooms, people and contributions: the only module that writes to the database.

A person is known by a secret, or by the browser that joined; a teacher likewise. What gives a right
is compared in constant time, and only its SHA-256 is on the disk.
"""

import hashlib
import hmac
import secrets
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from mnist_core.classroom import room as values
from mnist_core.classroom.room import Contribution, Person, Right, Room, State
from mnist_core.classroom.schema import database
from mnist_core.language.translation import _

MOST_ROOMS = 100
MOST_SECRETS = 20
_SECRET_BYTES = 16
_SEEN_SECONDS = 15.0
_ROOM = "SELECT code, created, revision, steered, state FROM rooms"
_PERSON = "SELECT id, number, name, seen, is_paper FROM people"
_CONTRIBUTION = "SELECT id, person, step, slot, created, payload FROM contributions"


class NotAllowed(ValueError):
    """What was asked for cannot be; the message is a sentence for the visitor."""


class ClassStore:
    """The rooms in a directory.

    All methods raise `schema.ClassesUnavailable` where the disk is full or the file damaged.

    Args:
        directory: of people's models.
        clock: seconds since 1970.
    """

    def __init__(self, directory: Path, clock: Callable[[], float] = time.time) -> None:
        self._database = database(directory)
        self._clock = clock

    # Rooms

    def create(self, browser: str | None = None) -> Right:
        """Make a room; the right to steer it is in the secret, and in this browser.

        Raises:
            NotAllowed: there are `MOST_ROOMS` already.
        """
        self.delete_old()
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        with self._database.transaction() as connection:
            (count,) = connection.execute("SELECT count(*) FROM rooms").fetchone()
            if count >= MOST_ROOMS:
                raise NotAllowed(
                    _("As many classes are on this server as it can hold. Try again later.")
                )
            code = _free_code(connection)
            connection.execute(
                "INSERT INTO rooms (code, created, state) VALUES (?, ?, ?)",
                (code, self._clock(), msgspec.json.encode(State())),
            )
            connection.execute("INSERT INTO steering_secrets VALUES (?, ?)", (code, _hash(secret)))
            if browser is not None:
                connection.execute("INSERT INTO teachers VALUES (?, ?)", (code, browser))
        return Right(code, secret)

    def find(self, code: str) -> Room | None:
        """The room with this code, however it was typed; None if there is none."""
        with self._database.reading() as connection:
            return self._room(connection, tidy_code(code))

    def _room(self, connection: sqlite3.Connection, code: str) -> Room | None:
        oldest = self._clock() - values.HOURS * 3600
        row = connection.execute(
            f"{_ROOM} WHERE code = ? AND created > ?", (code, oldest)
        ).fetchone()
        if row is None:
            return None
        found, created, revision, steered, encoded = row
        try:
            state = msgspec.json.decode(encoded, type=State)
        except msgspec.DecodeError:
            # Of another version: the lesson begins anew, with all that people have sent.
            state = State()
        return Room(found, created, revision, steered, state)

    def steer(self, code: str, change: Callable[[State], State]) -> Room | None:
        """Change where the lesson is; `change` gets it as it is by now. The right is not asked for.

        Returns:
            The room afterwards; None if it has been ended.
        """
        with self._database.transaction() as connection:
            room = self._room(connection, code)
            if room is None:
                return None
            connection.execute(
                "UPDATE rooms SET state = ?, steered = steered + 1, revision = revision + 1 "
                "WHERE code = ?",
                (msgspec.json.encode(change(room.state)), code),
            )
            return self._room(connection, code)

    def end(self, code: str) -> None:
        """Delete a room with all that belongs to it, from the disk as well."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM rooms WHERE code = ?", (code,))
        self._database.checkpoint()

    def delete_old(self) -> None:
        """Delete the rooms whose time is over."""
        oldest = self._clock() - values.HOURS * 3600
        with self._database.reading() as connection:
            found = connection.execute("SELECT code FROM rooms WHERE created <= ?", (oldest,))
            codes = [code for (code,) in found]
        for code in codes:
            self.end(code)

    def rooms_of(self, browser: str) -> tuple[list[str], list[str]]:
        """The codes of the rooms that this browser steers, and of those it is a person in."""
        oldest = self._clock() - values.HOURS * 3600
        found = []
        with self._database.reading() as connection:
            for table in ("teachers", "people"):
                rows = connection.execute(
                    f"SELECT code FROM rooms JOIN {table} ON room = code "  # noqa: S608
                    "WHERE browser = ? AND created > ? ORDER BY created DESC",
                    (browser, oldest),
                )
                found.append([code for (code,) in rows])
        return found[0], found[1]

    # Who steers

    def is_teacher(self, code: str, secret: str | None, browser: str | None) -> bool:
        """Whether this secret, or this browser, may steer a room."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT secret FROM steering_secrets WHERE room = ?", (code,))
            hashes = [one for (one,) in rows]
            known = connection.execute(
                "SELECT 1 FROM teachers WHERE room = ? AND browser = ?", (code, browser)
            ).fetchone()
        is_right = [hmac.compare_digest(one, _hash(secret or "")) for one in hashes]
        return any(is_right) or known is not None

    def remember_teacher(self, code: str, browser: str) -> None:
        """Let this browser steer a room from now on, without the secret."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO teachers VALUES (?, ?)", (code, browser))

    def new_secret(self, code: str) -> Right:
        """Another secret to steer a room with, for a second device; those before go on working.

        Raises:
            NotAllowed: the room has been ended, or has `MOST_SECRETS` already.
        """
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        with self._database.transaction() as connection:
            if self._room(connection, code) is None:
                raise NotAllowed(_("This class has ended."))
            (count,) = connection.execute(
                "SELECT count(*) FROM steering_secrets WHERE room = ?", (code,)
            ).fetchone()
            if count >= MOST_SECRETS:
                raise NotAllowed(_("This class has been shared with as many devices as it can be."))
            connection.execute("INSERT INTO steering_secrets VALUES (?, ?)", (code, _hash(secret)))
        return Right(code, secret)

    # People

    def join(
        self, code: str, browser: str | None, name: str = "", *, is_paper: bool = False
    ) -> tuple[Person, str]:
        """Come into a room; a browser that is in it already stays who it is.

        Args:
            code: of the room.
            browser: what stands for the browser, or for the photo of a sheet of paper.
            name: as typed; see `tidy_name`.
            is_paper: it is a sheet of paper.

        Returns:
            The person, and the secret that makes any browser this person.

        Raises:
            NotAllowed: the room has been ended, is closed, or is full.
        """
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        with self._database.transaction() as connection:
            room = self._room(connection, code)
            if room is None:
                raise NotAllowed(_("This class has ended."))
            known = connection.execute(
                "SELECT id FROM people WHERE room = ? AND browser = ?", (code, browser)
            ).fetchone()
            if known is not None:
                connection.execute(
                    "UPDATE people SET secret = ?, seen = ? WHERE id = ?",
                    (_hash(secret), self._clock(), known[0]),
                )
                id = known[0]
            else:
                if room.state.is_closed and not is_paper:
                    raise NotAllowed(_("The teacher has closed the door of this class."))
                number = _free_number(connection, code)
                id = connection.execute(
                    "INSERT INTO people (room, number, secret, browser, name, seen, is_paper) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (code, number, _hash(secret), browser, tidy_name(name), self._clock(),
                     is_paper),
                ).lastrowid  # fmt: skip
            _count(connection, code)
            person = _person(connection, "id = ?", id)
        assert person is not None
        return person, secret

    def person(self, code: str, secret: str | None, browser: str | None) -> Person | None:
        """Who has this secret, or else joined with this browser; None if nobody."""
        with self._database.reading() as connection:
            found = None
            if secret:
                # Looked up by its hash, so the time it takes tells nothing about the secret.
                found = _person(connection, "room = ? AND secret = ?", code, _hash(secret))
            if found is None and browser is not None:
                found = _person(connection, "room = ? AND browser = ?", code, browser)
        return found

    def note_presence(self, code: str, person: int) -> bool:
        """Count somebody as here; written down now and then, however often it is called.

        Returns:
            Whether this person is still in the room.
        """
        now = self._clock()
        with self._database.reading() as connection:
            row = connection.execute("SELECT seen FROM people WHERE id = ?", (person,)).fetchone()
        if row is None or abs(now - row[0]) < _SEEN_SECONDS:
            return row is not None
        with self._database.transaction() as connection:
            connection.execute("UPDATE people SET seen = ? WHERE id = ?", (now, person))
            if now - row[0] > values.HERE_SECONDS:
                # Others see somebody come back.
                _count(connection, code)
        return True

    def people(self, code: str) -> list[Person]:
        """Everybody in a room, in the order in which they came."""
        with self._database.reading() as connection:
            rows = connection.execute(f"{_PERSON} WHERE room = ? ORDER BY id", (code,))
            return [_as_person(row) for row in rows]

    def rename(self, person: Person, name: str) -> None:
        """Have somebody called by another name, or by the animal again."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE people SET name = ? WHERE id = ?", (tidy_name(name), person.id)
            )
            connection.execute(
                "UPDATE rooms SET revision = revision + 1 "
                "WHERE code = (SELECT room FROM people WHERE id = ?)", (person.id,)
            )  # fmt: skip

    def leave(self, code: str, person: int) -> None:
        """Remove somebody from a room, with all that they sent."""
        with self._database.transaction() as connection:
            gone = connection.execute(
                "DELETE FROM people WHERE id = ? AND room = ?", (person, code)
            ).rowcount
            if gone:
                _count(connection, code)

    # Contributions

    def contribute(self, code: str, person: Person, step: str, slots: Mapping[str, bytes]) -> None:
        """Take what somebody sent, all of it or nothing; what was in the same slots is replaced.

        Raises:
            NotAllowed: the room has been ended, or it is more than one person may send.
        """
        if step not in values.STEPS:
            raise ValueError(f"There is no step {step!r}.")
        if any(len(payload) > values.LARGEST_PAYLOAD for payload in slots.values()):
            raise NotAllowed(_("This is more than can be sent at once."))
        with self._database.transaction() as connection:
            if _person(connection, "id = ? AND room = ?", person.id, code) is None:
                raise NotAllowed(_("You are not in this class any more."))
            for slot, payload in slots.items():
                connection.execute(
                    "INSERT INTO contributions (room, person, step, slot, created, payload) "
                    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (person, step, slot) DO UPDATE SET "
                    "created = excluded.created, payload = excluded.payload",
                    (code, person.id, step, slot, self._clock(), payload),
                )
            _count(connection, code)
            (count,) = connection.execute(
                "SELECT count(*) FROM contributions WHERE person = ? AND step = ?",
                (person.id, step),
            ).fetchone()
            (total,) = connection.execute(
                "SELECT sum(length(payload)) FROM contributions WHERE person = ?", (person.id,)
            ).fetchone()
            if count > values.MOST_SENT or total > values.MOST_BYTES_EACH:
                raise NotAllowed(_("You have sent as much here as one person can."))

    def contributions(self, code: str, step: str, person: int | None = None) -> list[Contribution]:
        """What was sent in a step, by everybody or by one, the first one first."""
        of_one = "" if person is None else " AND person = ?"
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_CONTRIBUTION} WHERE room = ? AND step = ?{of_one} ORDER BY id",
                (code, step) if person is None else (code, step, person),
            )
            return [Contribution(*row) for row in rows]

    def remove(self, code: str, contribution: int) -> None:
        """Remove a contribution for good; the same slot can be filled again."""
        with self._database.transaction() as connection:
            gone = connection.execute(
                "DELETE FROM contributions WHERE id = ? AND room = ?", (contribution, code)
            ).rowcount
            if gone:
                _count(connection, code)
                connection.execute("UPDATE rooms SET steered = steered + 1 WHERE code = ?", (code,))


def tidy_code(typed: str) -> str:
    """A code as it was typed, perhaps in small letters or with a space."""
    return "".join(letter for letter in typed.upper()[:40] if letter.isalnum())


def tidy_name(typed: str) -> str:
    """A name of at most `LONGEST_NAME` visible characters, on one line."""
    kept = [
        " " if one.isspace() else one
        for one in unicodedata.normalize("NFC", typed[:200])
        # Neither control characters nor those that turn the direction of what follows.
        if one.isspace() or unicodedata.category(one)[0] in "LMNPSZ"
    ]
    return " ".join("".join(kept).split())[: values.LONGEST_NAME].strip()


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _free_code(connection: sqlite3.Connection) -> str:
    while True:
        code = "".join(secrets.choice(values.LETTERS) for _ in range(values.CODE_LENGTH))
        if connection.execute("SELECT 1 FROM rooms WHERE code = ?", (code,)).fetchone() is None:
            return code


def _free_number(connection: sqlite3.Connection, code: str) -> int:
    """The smallest number that nobody in a room has."""
    rows = connection.execute("SELECT number FROM people WHERE room = ?", (code,))
    taken = {number for (number,) in rows}
    if len(taken) >= values.MOST_PEOPLE:
        raise NotAllowed(
            _("This class is full: there is room for {count} people.", count=values.MOST_PEOPLE)
        )
    return next(number for number in range(values.MOST_PEOPLE) if number not in taken)


def _count(connection: sqlite3.Connection, code: str) -> None:
    connection.execute("UPDATE rooms SET revision = revision + 1 WHERE code = ?", (code,))


def _person(connection: sqlite3.Connection, where: str, *given: Any) -> Person | None:
    row = connection.execute(f"{_PERSON} WHERE {where}", given).fetchone()
    return None if row is None else _as_person(row)


def _as_person(row: Any) -> Person:
    id, number, name, seen, is_paper = row
    return Person(id, number, name, seen, bool(is_paper))
