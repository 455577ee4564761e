"""`python -m mnist_core.cluster_child JOB_DIR PARENT`: a training that ends when PARENT does.

PARENT is the number of the process of a dask worker, which may be killed at any moment. Then nobody
waits for this training, and its directory goes with it.
"""

import os
import shutil
import sys
import threading
import time
from pathlib import Path

from mnist_core import worker
from mnist_core.cluster_messages import FOLDER_PREFIX

_LOOK_SECONDS = 0.5


def main(path: Path, parent: int) -> None:
    """Train as `mnist_core.worker` does, as long as the parent lives."""
    threading.Thread(target=_end_with, args=(parent, path.parents[1]), daemon=True).start()
    worker.step_back()
    worker.main(path)


def _end_with(parent: int, folder: Path) -> None:
    while not worker.is_gone(parent):
        time.sleep(_LOOK_SECONDS)
    # Started by hand, this could be the place of somebody's models.
    if folder.name.startswith(FOLDER_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
