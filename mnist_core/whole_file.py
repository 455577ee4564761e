"""Files that others read at any moment: the old one or the new one, never half of either."""

from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Put a file in its place when all of it is written.

    It may be lost when the computer loses power; see `checkpoint` for what must not be.

    Raises:
        OSError: the disk is full; what was there before still is.
    """
    draft = path.with_name(f"{path.name}.draft")
    draft.write_bytes(data)
    draft.replace(path)
