"""What people ask of a job while it runs, in its directory."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock

from mnist_core.networks.settings import RunControl
from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged


class Control:
    """The control of the job in a directory."""

    def __init__(self, directory: Path) -> None:
        self._file, self._stop = directory / "control.json", directory / "stop"

    def read(self) -> RunControl:
        """What is asked of the training now; nothing if the file cannot be read."""
        asked = None
        with suppress(Damaged):
            asked = atomic_file.read(self._file, RunControl)
        return replace(asked or RunControl(), stop=self.is_stop_requested)

    def write(self, control: RunControl) -> None:
        """Ask this of the training, in place of what was asked before."""
        atomic_file.write(self._file, msgspec.json.encode(control))

    def change(self, **changes: Any) -> None:
        """Change some fields of what is asked of the training, such as `paused=True`."""
        with FileLock(self._file.parents[1] / ".steering"):
            self.write(replace(self.read(), **changes))

    def request_stop(self) -> None:
        """Ask the worker to stop."""
        self._stop.touch()

    @property
    def is_stop_requested(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.exists()
