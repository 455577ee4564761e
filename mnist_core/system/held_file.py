"""A file that a process holds for as long as it lives, however it ends.

For those who cannot see the process itself: it may run in another container, or on another
computer, with the same disk. Between computers the disk must pass locks on, as NFS 4 does.
"""

import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl
    import os

    def hold(path: Path) -> None:
        """Hold a file until this process ends; wait if another one does.

        Raises:
            OSError: the file cannot be made.
        """
        # Never closed: the system does that at the end, and lets go of the file.
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        fcntl.flock(handle, fcntl.LOCK_EX)

    def is_held(path: Path) -> bool:
        """Whether a living process holds a file; not if there is no such file."""
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            # Shared: two who ask at the same time do not take each other for the holder.
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(handle)
        return False

else:

    def hold(path: Path) -> None:
        """Do nothing: on Windows all processes see each other."""

    def is_held(path: Path) -> bool:  # noqa: ARG001
        """Say no, see `hold`."""
        return False
