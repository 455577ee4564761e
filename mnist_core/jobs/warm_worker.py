"""`python -m mnist_core.jobs.warm_worker FILE SERVER`: a worker that is warm before it has a job.

While it imports TensorFlow and trains a little network on a few images, so that the first real
step is quick, it looks for a job in FILE; see `spare`. It leaves when the process SERVER is gone.
"""

import os
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from mnist_core.jobs import worker
from mnist_core.jobs.directory import LOG
from mnist_core.jobs.warm_pool import LOOK_SECONDS

_IMAGES = 64


def main(place: Path, server: int) -> None:
    """Warm up, wait for a job, and do it.

    Args:
        place: where the path of the job's directory will appear.
        server: the number of the process that is to be outlived only with a job.
    """
    worker.step_back()
    taken = threading.Event()
    warming = threading.Thread(target=_warm_up, args=(taken,), daemon=True)
    warming.start()
    job = _wait_for_job(place, server)
    if job is None:
        # In the midst of importing, perhaps: nothing is to be tidied up.
        os._exit(0)
    taken.set()
    _write_into(job / LOG)
    worker.main(job, warming.join)


def _wait_for_job(place: Path, server: int) -> Path | None:
    """The job's directory; None once the server is gone."""
    while not worker.is_gone(server):
        try:
            job = Path(os.fsdecode(place.read_bytes()))
            place.unlink()
        except OSError:
            # Not yet there, or being written.
            time.sleep(LOOK_SECONDS)
        else:
            return job
    return None


def _warm_up(taken: threading.Event) -> None:
    warm = False
    try:
        _import_and_train(taken)
        warm = True
    finally:
        if not warm:
            # Whoever has a job for us finds another worker.
            os._exit(1)


def _import_and_train(taken: threading.Event) -> None:
    import keras

    # Two of them only because the worker will want them.
    from mnist_core.data import dataset
    from mnist_core.networks import recipes
    from mnist_core.training import loop

    digits = dataset.load("train")
    dataset.load("test")
    if not taken.is_set():
        lesson = dataset.Digits("train", digits.images[:_IMAGES], digits.labels[:_IMAGES])
        recipe = recipes.get("cnn-simple")
        callbacks = loop.Callbacks(should_stop=taken.is_set)
        loop.train(
            recipe,
            replace(recipe.settings, epochs=1),
            training=lesson,
            test=lesson,
            callbacks=callbacks,
        )
        # Names begin anew: what comes is as in a process of its own.
        keras.utils.clear_session()


def _write_into(log: Path) -> None:
    """From now on, have all output in this file."""
    with log.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
