"""Files that may be read at any moment: a reader finds the old one or the new one, never a half."""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

_Kind = TypeVar("_Kind")
_DIGEST_BYTES = hashlib.sha256().digest_size


class Damaged(ValueError):
    """A file is there, but not as it was written."""


def decode(data: bytes, kind: type[_Kind]) -> _Kind:
    """The value of this type in a JSON text; Damaged if there is none."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (ValueError, RecursionError) as error:
        # A RecursionError comes from brackets nested thousands deep.
        raise Damaged(f"This is no {kind.__name__}.") from error


def read(path: Path, kind: type[_Kind]) -> _Kind | None:
    """The value of this type in a JSON file; None if there is no file.

    Raises:
        Damaged: the file cannot be read, or holds something else.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        # Such as a directory in its place.
        raise Damaged(f"{path.name} cannot be read.") from error
    return decode(data, kind)


def with_checksum(data: bytes) -> bytes:
    """The bytes with their SHA-256 in front, for `without_checksum` to check."""
    return hashlib.sha256(data).digest() + data


def without_checksum(data: bytes) -> bytes:
    """The bytes that `with_checksum` was given; Damaged if they have changed since."""
    digest, content = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    if hashlib.sha256(content).digest() != digest:
        raise Damaged("These are not the bytes that were written.")
    return content


def write(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Write a file in one step.

    Args:
        path: where.
        data: its content.
        durable: it survives a loss of power from now on, which costs some milliseconds; otherwise
            it may be lost or empty then.

    Raises:
        OSError: the disk is full; what was there before still is.
    """
    # A unique name: another process may be writing the same file.
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.draft")
    try:
        with draft.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        # Whatever it is, such as a request to end: nobody else would tidy up.
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    if durable:
        flush_directory(path.parent)


def flush_directory(folder: Path) -> None:
    """Write what was renamed in a directory to the disk, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
