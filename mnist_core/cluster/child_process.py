"""A training that ends when a dask worker does.

Run as `python -m mnist_core.cluster.child_process JOB_DIR PARENT`.

PARENT is the number of the process of a dask worker, which may be killed at any moment. Then nobody
waits for this training, and its directory goes with it.
"""

import os
import shutil
import sys
import threading
import time
from pathlib import Path

from mnist_core.cluster.messages import FOLDER_PREFIX
from mnist_core.jobs import worker
from mnist_core.system import processes

_LOOK_SECONDS = 0.5
_SWEEP = "--sweep"


def main(path: Path, parent: int) -> None:
    """Train as `mnist_core.jobs.worker` does, as long as the parent lives."""
    threading.Thread(target=_end_with, args=(parent, path.parents[1]), daemon=True).start()
    worker.step_back()
    worker.main(path)


def sweep(folder: Path, writer: int) -> None:
    """Remove a directory as soon as the process that started this one, and writes there, is gone.

    Args:
        folder: where nothing stays that anybody needs.
        writer: the number of that process.
    """
    while not worker.is_gone(writer):
        time.sleep(_LOOK_SECONDS / 10)
    shutil.rmtree(folder, ignore_errors=True)


def _end_with(parent: int, folder: Path) -> None:
    while not worker.is_gone(parent):
        time.sleep(_LOOK_SECONDS)
    try:
        # Started by hand, this could be the place of somebody's models.
        if folder.name.startswith(FOLDER_PREFIX):
            # Until the end this process writes there, a checkpoint perhaps: another one sweeps up.
            processes.start(
                "mnist_core.cluster.child_process", _SWEEP, str(folder), str(os.getpid())
            )
    finally:
        os._exit(1)


if __name__ == "__main__":
    if sys.argv[1] == _SWEEP:
        sweep(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]))
