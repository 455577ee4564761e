"""`python -m mnist_core.jobs.warm_worker FILE SERVER`: a worker that warms up before it has a job.

It imports TensorFlow and trains a small network on a few images, so that its first real step is
quick, and meanwhile looks for a job in FILE; see `warm_pool`. It ends when the process SERVER does.
"""

import os
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from mnist_core.jobs import worker
from mnist_core.jobs.directory import LOG
from mnist_core.jobs.warm_pool import POLL_SECONDS
from mnist_core.system import processes, tensorflow_import

_IMAGES = 64


def main(job_file: Path, server: int) -> None:
    """Warm up, wait for the path of a job's directory in a file, and do that job."""
    tensorflow_import.prepare_process()
    has_job = threading.Event()
    warming_up = threading.Thread(target=_warm_up, args=(has_job,), daemon=True)
    warming_up.start()
    job = _wait_for_job(job_file, server)
    if job is None:
        # It may be in the middle of importing; there is nothing to tidy up.
        os._exit(0)
    has_job.set()
    with (job / LOG).open("wb") as log:
        for stream in (1, 2):
            os.dup2(log.fileno(), stream)
    worker.main(job, warming_up.join)


def _wait_for_job(job_file: Path, server: int) -> Path | None:
    """The job's directory; None once the server is gone."""
    while not processes.has_parent_ended(server):
        try:
            job = Path(os.fsdecode(job_file.read_bytes()))
            job_file.unlink()
        except OSError:
            # Not there yet, or being written.
            time.sleep(POLL_SECONDS)
        else:
            return job
    return None


def _warm_up(has_job: threading.Event) -> None:
    warm = False
    try:
        _import_and_train(has_job)
        warm = True
    finally:
        if not warm:
            # The pool finds another worker for its job.
            os._exit(1)


def _import_and_train(has_job: threading.Event) -> None:
    # Also imports what the worker will need.
    with tensorflow_import.without_garbage_collection():
        import keras

        from mnist_core.data import dataset
        from mnist_core.networks import recipes
        from mnist_core.training import loop

    digits = dataset.load("train")
    dataset.load("test")
    if not has_job.is_set():
        few = dataset.Digits("train", digits.images[:_IMAGES], digits.labels[:_IMAGES])
        recipe = recipes.get("cnn-simple")
        settings = replace(recipe.settings, epochs=1)
        callbacks = loop.Callbacks(should_stop=has_job.is_set)
        loop.train(recipe, settings, training=few, test=few, callbacks=callbacks)
        # Keras counts names from the start again, as in a fresh process.
        keras.utils.clear_session()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
    processes.exit_at_once()
