"""Files that others read at any moment: the old one or the new one, never half of either."""

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
    """What a JSON text says.

    Raises:
        Damaged: it says nothing of this kind.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (ValueError, RecursionError) as error:
        # Brackets in brackets, thousands deep, are what the second one is for.
        raise Damaged(f"This is no {kind.__name__}.") from error


def read(path: Path, kind: type[_Kind]) -> _Kind | None:
    """What a file of JSON says; None where there is no file.

    Raises:
        Damaged: it cannot be read, or says nothing of this kind.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        # Such as a directory in its place.
        raise Damaged(f"{path.name} cannot be read.") from error
    return decode(data, kind)


def sealed(data: bytes) -> bytes:
    """The bytes with their SHA-256 before them, so that damage is seen; see `unsealed`."""
    return hashlib.sha256(data).digest() + data


def unsealed(data: bytes) -> bytes:
    """The bytes that were sealed, every one as it was.

    Raises:
        Damaged: they are not what `sealed` gave.
    """
    digest, content = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    if hashlib.sha256(content).digest() != digest:
        raise Damaged("These are not the bytes that were written.")
    return content


def write(path: Path, data: bytes, *, lasting: bool = False) -> None:
    """Put a file in its place when all of it is written.

    Args:
        path: its place.
        data: what is to be in it.
        lasting: from now on it is there even if the computer loses power, which takes some
            milliseconds; otherwise it may be lost, or empty then.

    Raises:
        OSError: the disk is full; what was there before still is.
    """
    # A name of its own: others may be writing the same file this very moment.
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}.draft")
    try:
        with draft.open("wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        # Whatever it is, such as a process that is asked to end: nobody else tidies up.
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    if lasting:
        _flush_directory(path.parent)


def _flush_directory(folder: Path) -> None:
    """Have the rename itself on the disk. Some systems cannot do this for a directory."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
