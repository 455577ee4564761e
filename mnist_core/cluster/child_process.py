"""`python -m mnist_core.cluster.child_process JOB_DIR PARENT`: trains until its parent ends.

PARENT is the id of a dask worker's process, which may be killed at any moment. Then nobody is
waiting for this training any more, and its directory is removed with it.
"""

import os
import shutil
import sys
import threading
import time
from pathlib import Path

from mnist_core.cluster.protocol import FOLDER_PREFIX
from mnist_core.jobs import worker
from mnist_core.system import processes, tensorflow_import

_POLL_SECONDS = 0.5
_REMOVE = "--remove"


def main(path: Path, parent: int) -> None:
    """Train as `mnist_core.jobs.worker` does, as long as the parent lives."""
    threading.Thread(target=_end_with, args=(parent, path.parents[1]), daemon=True).start()
    tensorflow_import.prepare_process()
    worker.main(path)


def remove_after(folder: Path, parent: int) -> None:
    """Remove a directory as soon as the parent process, which writes there, has ended."""
    while not processes.has_parent_ended(parent):
        time.sleep(_POLL_SECONDS / 10)
    shutil.rmtree(folder, ignore_errors=True)


def _end_with(parent: int, folder: Path) -> None:
    while not processes.has_parent_ended(parent):
        time.sleep(_POLL_SECONDS)
    try:
        # Started by hand, this could be somebody's directory of models.
        if folder.name.startswith(FOLDER_PREFIX):
            # Another process, as this one may be writing there until its end.
            processes.start(
                "mnist_core.cluster.child_process", _REMOVE, str(folder), str(os.getpid())
            )
    finally:
        os._exit(1)


if __name__ == "__main__":
    if sys.argv[1] == _REMOVE:
        remove_after(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]))
        processes.exit_at_once()
