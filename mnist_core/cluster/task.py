"""The task that dask runs on a computer of the cluster: one training, in a temporary directory.

The same worker as on the server trains, in a process of its own. This task, in a thread of a dask
worker, passes commands on to it and sends back what it writes.
"""

import os
import secrets
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from distributed import Queue, get_client

from mnist_core.cluster import directory_sync, protocol
from mnist_core.cluster.protocol import (
    FOLDER_PREFIX,
    MODEL_FILES,
    Commands,
    JobFiles,
    Outcome,
    Ready,
    StatusReport,
)
from mnist_core.handwriting import archive
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.spec import Result
from mnist_core.models import job_file_names, store
from mnist_core.networks.settings import RunControl
from mnist_core.system import processes, server_settings
from mnist_core.training import checkpoint

_POLL_SECONDS = 0.25
# Until the job's files say how long.
_FIRST_TIMEOUT_SECONDS = 60.0


class _Abandoned(Exception):
    """Nobody is waiting for this training any more."""


def run(channel: str) -> bytes:
    """Do the job of the server at the other end of a channel, and return an `Outcome`.

    When this computer is lost, dask runs the task elsewhere. So its only argument is a name, and it
    asks for the rest: by then there may be a checkpoint to resume from.

    Returns:
        No bytes if nobody is waiting for it any more.
    """
    server = _Server(channel)
    try:
        server.send(Ready(server.attempt, protocol.version(), socket.gethostname()))
        return protocol.encode(_train(server.job_files(), server))
    except _Abandoned:
        return b""
    finally:
        server.close()


def _train(job_files: JobFiles, server: "_Server") -> Outcome:
    # A virus scanner may hold a file on Windows; that is no reason to lose a training.
    with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX, ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        job = _unpack(job_files, root)
        changes, control = directory_sync.ChangeCollector(job, server.attempt), RunControl()
        with _worker(job, job_files) as process:
            while process.poll() is None:
                commands = server.commands()
                if commands.control != control:
                    control = commands.control
                    job.control.write(control)
                    if control.stop:
                        job.control.request_stop()
                    # What somebody asked for must not be lost with this computer.
                    changes.expedite_checkpoint()
                if commands.received == changes.number and (report := changes.collect()):
                    server.send(report)
                time.sleep(_POLL_SECONDS)
        while server.commands().received < changes.number:
            time.sleep(_POLL_SECONDS)
        result = job.result() or Result("interrupted")
        model = directory_sync.read_model(root / result.model) if result.model else None
        return Outcome(changes.collect_rest(), result, model)


def _unpack(job_files: JobFiles, root: Path) -> JobDirectory:
    """Create the job's directory."""
    job = JobDirectory(root / job_file_names.JOBS / "job")
    job.path.parent.mkdir()
    drawings = job_files.drawings
    drawn = archive.decode(drawings, archive.MOST_OF_CLASS) if drawings else None
    # Alone in its queue; nobody here needs to know who asked for it.
    own_digit = np.frombuffer(job_files.own_digit, np.uint8) if job_files.own_digit else None
    job.create(replace(job_files.spec, visitor=None, series=None, owner=None), drawn, own_digit)
    if job_files.checkpoint:
        job.checkpoint.write_bytes(job_files.checkpoint)
        # As the worker will do: the server has the reports up to its checkpoint.
        job.reports.rewind(checkpoint.decode(job_files.checkpoint).position)
    name = job_files.spec.started_from
    if job_files.model and name and store.is_name(name):
        folder = root / name
        folder.mkdir()
        for file in MODEL_FILES:
            (folder / file).write_bytes(job_files.model[file])
    return job


@contextmanager
def _worker(job: JobDirectory, job_files: JobFiles) -> Iterator[subprocess.Popen[bytes]]:
    """The worker's process; it ends with this one, however this one ends."""
    environment = {
        server_settings.models_directory.name: str(job.models),
        server_settings.max_minutes.name: str(job_files.max_minutes),
        server_settings.trainings_at_once.name: "1",
        # What a killed TensorFlow leaves behind is removed with the rest.
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(job.path)),
    }
    arguments = (str(job.path), str(os.getpid()))
    process = processes.start(
        "mnist_core.cluster.child_process", *arguments, output=None, environment=environment
    )
    job.claim(process.pid)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class _Server:
    """The connection to the server, by way of the scheduler."""

    def __init__(self, channel: str) -> None:
        self.attempt = secrets.token_hex(8)
        self._timeout_seconds = _FIRST_TIMEOUT_SECONDS
        client = get_client()
        self._outgoing = Queue(channel, client=client)
        self._incoming = Queue(f"{channel}-{self.attempt}", client=client)
        self._commands, self._heard = Commands(RunControl()), time.monotonic()
        self._job_files: JobFiles | None = None

    def send(self, message: Ready | StatusReport) -> None:
        self._outgoing.put(protocol.encode(message))

    def job_files(self) -> JobFiles:
        """What to train, as soon as it is there."""
        while self.commands() and not self._job_files:
            time.sleep(_POLL_SECONDS)
        assert self._job_files
        self._timeout_seconds = self._job_files.timeout_seconds
        return self._job_files

    def commands(self) -> Commands:
        """What the server asks for now."""
        for data in self._incoming.get(batch=True):
            self._commands, self._heard = protocol.decode_commands(data), time.monotonic()
            self._job_files = self._commands.job_files or self._job_files
        if self._commands.abandoned or time.monotonic() - self._heard > self._timeout_seconds:
            raise _Abandoned
        return self._commands

    def close(self) -> None:
        # If the scheduler is gone, so are the queues.
        with suppress(OSError, KeyError):
            self._incoming.get(batch=True)
            self._incoming.close()
            self._outgoing.close()
