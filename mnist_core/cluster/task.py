"""What runs on a computer of a cluster: one training, in a process and a directory of its own.

The process is the same worker as on the server. This task, in a thread of a dask worker, only hands
on what is asked of it and what it writes down.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from distributed import Queue, get_client

from mnist_core.cluster import messages
from mnist_core.cluster.directory_sync import Outbox
from mnist_core.cluster.messages import (
    FOLDER_PREFIX,
    MODEL_FILES,
    Hello,
    ModelFiles,
    News,
    Orders,
    Outcome,
    Parcel,
)
from mnist_core.hands.archive import decode as decode_drawings
from mnist_core.jobs.directory import JobDirectory, Result
from mnist_core.models import directory_layout, store
from mnist_core.networks.run_control import RunControl
from mnist_core.training import checkpoint

_LOOK_SECONDS = 0.25
# Until the parcel says how long.
_FIRST_PATIENCE_SECONDS = 60.0


class _Forsaken(Exception):
    """Nobody waits for this training any more."""


def run(channel: str) -> bytes:
    """Train what the server at the other end of a channel wants; an `Outcome`.

    Dask runs it anew elsewhere when this computer is lost. So it takes nothing along but a name,
    and asks for the rest: by then there may be a checkpoint to go on from.

    Returns:
        No bytes where nobody waits for it any more.
    """
    line = _Line(channel)
    try:
        line.say(Hello(line.attempt, messages.version(), socket.gethostname()))
        return messages.encode(_train(line.parcel(), line))
    except _Forsaken:
        return b""
    finally:
        line.close()


def _train(parcel: Parcel, line: "_Line") -> Outcome:
    with _directory() as root:
        job = _unpack(parcel, root)
        outbox, steering = Outbox(job, line.attempt), RunControl()
        with _training(job, parcel) as process:
            while process.poll() is None:
                orders = line.orders()
                if orders.steering != steering:
                    steering = orders.steering
                    _steer(job, steering)
                    # What somebody caused shall not be lost with this computer.
                    outbox.hurry()
                news = outbox.news() if orders.seen == outbox.number else None
                if news:
                    line.say(news)
                time.sleep(_LOOK_SECONDS)
        while line.orders().seen < outbox.number:
            time.sleep(_LOOK_SECONDS)
        result = job.result() or Result("interrupted")
        return Outcome(outbox.last_news(), result, _model(root, result))


@contextmanager
def _directory() -> Iterator[Path]:
    # A virus scanner may hold a file on Windows; that is no reason to lose a training.
    with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _unpack(parcel: Parcel, root: Path) -> JobDirectory:
    """Lay out a job as `intake.submit` would have."""
    job = JobDirectory(root / directory_layout.JOBS / "job")
    job.path.parent.mkdir()
    drawn = decode_drawings(parcel.drawings) if parcel.drawings else None
    # Who wants it is nobody's business here.
    job.create(replace(parcel.spec, visitor=None, series=None), drawn)
    if parcel.checkpoint:
        job.checkpoint.write_bytes(parcel.checkpoint)
        # As its worker will: what is told then is known where the parcel comes from.
        job.reports.rewind(checkpoint.decode(parcel.checkpoint).position)
    if parcel.model and store.is_name(parcel.model.name):
        folder = root / parcel.model.name
        folder.mkdir()
        for name in MODEL_FILES:
            (folder / name).write_bytes(parcel.model.files[name])
    return job


@contextmanager
def _training(job: JobDirectory, parcel: Parcel) -> Iterator[subprocess.Popen[bytes]]:
    """The process that trains. It ends with this one, however this one ends."""
    limits = {"MNIST_MAX_MINUTES": str(parcel.max_minutes), "MNIST_TRAININGS_AT_ONCE": "1"}
    # What a killed TensorFlow leaves behind goes with the rest.
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(job.path))
    process = subprocess.Popen(
        [sys.executable, "-m", "mnist_core.cluster.child_process", str(job.path), str(os.getpid())],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **limits, **places, "MNIST_MODELS": str(job.models)},
        stdin=subprocess.DEVNULL,
        # Ctrl-C is for the worker, which then is replaced by another.
        start_new_session=True,
    )
    job.note_process(process.pid)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _steer(job: JobDirectory, steering: RunControl) -> None:
    job.steer(steering)
    if steering.stop:
        job.request_stop()


def _model(root: Path, result: Result) -> ModelFiles | None:
    if not result.model:
        return None
    folder = root / result.model
    files = {name: (folder / name).read_bytes() for name in MODEL_FILES}
    return ModelFiles(result.model, files)


class _Line:
    """The connection to the server that wants the training, by way of the scheduler."""

    def __init__(self, channel: str) -> None:
        self.attempt = secrets.token_hex(8)
        self._patience = _FIRST_PATIENCE_SECONDS
        client = get_client()
        self._up = Queue(channel, client=client)
        self._down = Queue(f"{channel}-{self.attempt}", client=client)
        self._orders, self._heard = Orders(RunControl()), time.monotonic()
        self._parcel: Parcel | None = None

    def say(self, message: Hello | News) -> None:
        self._up.put(messages.encode(message))

    def parcel(self) -> Parcel:
        """What to train, as soon as it is there; see `orders`."""
        while self.orders() and not self._parcel:
            time.sleep(_LOOK_SECONDS)
        assert self._parcel
        self._patience = self._parcel.patience
        return self._parcel

    def orders(self) -> Orders:
        """What is wanted now.

        Raises:
            _Forsaken: nobody wants it any more.
        """
        for data in self._down.get(batch=True):
            self._orders, self._heard = messages.decode_orders(data), time.monotonic()
            self._parcel = self._orders.parcel or self._parcel
        if self._orders.over or time.monotonic() - self._heard > self._patience:
            raise _Forsaken
        return self._orders

    def close(self) -> None:
        # Where the scheduler is gone, nothing is left there either.
        with suppress(OSError, KeyError):
            self._down.get(batch=True)
            self._down.close()
            self._up.close()
