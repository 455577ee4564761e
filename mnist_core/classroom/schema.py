"""The database of all rooms: one SQLite file, shared by all web processes on a disk."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from mnist_core.language.translation import _

FILE = ".classes.sqlite3"
VERSION = 1
_BUSY_SECONDS = 10.0

# Of secrets the SHA-256; of a person's and a teacher's browser what `ui.shell.visitor.owner` gives.
_TABLES = """
CREATE TABLE rooms (
    code TEXT PRIMARY KEY,
    created REAL NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    steered INTEGER NOT NULL DEFAULT 0,
    state BLOB NOT NULL
);
CREATE TABLE steering_secrets (
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    secret BLOB NOT NULL
);
CREATE TABLE teachers (
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    browser TEXT NOT NULL,
    PRIMARY KEY (room, browser)
);
CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    number INTEGER NOT NULL,
    secret BLOB NOT NULL UNIQUE,
    browser TEXT,
    name TEXT NOT NULL DEFAULT '',
    seen REAL NOT NULL,
    is_paper INTEGER NOT NULL DEFAULT 0,
    UNIQUE (room, number),
    UNIQUE (room, browser)
);
CREATE TABLE contributions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    room TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    step TEXT NOT NULL,
    slot TEXT NOT NULL,
    created REAL NOT NULL,
    payload BLOB NOT NULL,
    UNIQUE (person, step, slot)
);
CREATE INDEX contributions_of_step ON contributions (room, step);
"""


class ClassesUnavailable(Exception):
    """The database cannot be read or written; the message is a sentence for the visitor."""


class Database:
    """A connection that all threads of a process share, one after the other."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection; all that is written is written at the end, or nothing of it.

        Raises:
            ClassesUnavailable: the disk is full, or the file damaged or of a newer version.
        """
        with self._lock:
            try:
                connection = self._open()
                # At once: two processes that read first and write then would refuse each other.
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    # Where the disk is full, SQLite has gone back already.
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            except (sqlite3.Error, OSError) as error:
                raise self._unavailable(error) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with; errors as of `transaction`."""
        with self._lock:
            try:
                yield self._open()
            except (sqlite3.Error, OSError) as error:
                raise self._unavailable(error) from error

    def close(self) -> None:
        """Close the connection; the next use opens another."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def checkpoint(self) -> None:
        """Have nothing of what was deleted left in the file beside the database."""
        with self.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._file.exists():
            return self._connection
        self.close()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self._file, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            # What is deleted is overwritten: people's digits do not stay in the file.
            connection.execute("PRAGMA secure_delete = ON")
            _create_tables(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _unavailable(self, error: Exception) -> ClassesUnavailable:
        if "full" in str(error):
            return ClassesUnavailable(
                _("The disk of this server is full, so this was not saved. Try again in a moment.")
            )
        return ClassesUnavailable(
            _(
                "The server cannot reach its classes at the moment, so this was not saved. Try "
                "again."
            )
        )


def _create_tables(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise sqlite3.DatabaseError("A newer version of Digit Lab made this file.")
        if version < VERSION:
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@lru_cache(maxsize=8)
def database(directory: Path) -> Database:
    """The database in the directory of people's models."""
    return Database(directory / FILE)
