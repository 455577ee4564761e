"""`python -m mnist_core.cluster.proxy_worker JOB_DIR`: a job's worker on the server of a cluster.

It waits in the queue like an ordinary worker. Then the cluster that `MNIST_SCHEDULER` names does
the job, while this process passes commands on and writes what comes back into the job's directory,
so that pages see no difference.
"""

import logging
import secrets
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mnist_core.cluster import directory_sync, protocol
from mnist_core.cluster.protocol import Commands, Outcome, Ready, StatusReport
from mnist_core.handwriting.archive import BrokenDrawings
from mnist_core.jobs import queue_position, worker
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.spec import Result
from mnist_core.models import store
from mnist_core.networks.settings import RunControl
from mnist_core.system import server_settings

if TYPE_CHECKING:
    from distributed import Client, Future

_LOG = logging.getLogger(__name__)
_POLL_SECONDS = 0.25
_HEARTBEAT_SECONDS = 2.0
_LONGEST_CONNECT_SECONDS = 15

_NO_DISTRIBUTED = (
    "This server is set up to train on a cluster, but the packages for that are not installed "
    "(requirements-cluster.txt). Nothing is lost."
)
_UNREACHABLE = "The cluster cannot be reached now. Nothing is lost: it can continue later."
_LOST = "The connection to the cluster was lost. It can continue from its last checkpoint."
_NO_COMPUTER = "There was no computer in the cluster to train on. It can continue when there is."
_OTHER_VERSION = (
    "The computers of the cluster run another version of Digit Lab than this server. It can "
    "continue when they are the same."
)
_LOST_OFTEN = (
    "Several computers of the cluster were lost while they trained this. It can continue from its "
    "last checkpoint."
)
_UNEXPECTED = "The training program on the cluster ended unexpectedly."


class _ClusterFailed(Exception):
    """The cluster cannot go on with the job; the message is a sentence for the visitor."""


def run_on_cluster(job: JobDirectory) -> Result:
    """Wait in the queue, have the cluster do the job, and return how it ended."""
    if not worker.wait_in_queue(job):
        return Result("stopped")
    # Importing it takes a second and 40 MB: not before the queue lets the job start.
    try:
        from distributed import Client
    except ImportError:
        return Result("interrupted", message=_NO_DISTRIBUTED)
    address = server_settings.scheduler()
    timeout = server_settings.cluster_timeout_seconds()
    connect = min(timeout, _LONGEST_CONNECT_SECONDS)
    try:
        client = Client(address, timeout=connect, set_as_default=False, direct_to_workers=False)
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        _LOG.warning("no connection to %s: %s", address, error)
        return Result("interrupted", message=_UNREACHABLE)
    with client:
        try:
            return _ClusterRun(job, client, timeout).run()
        except _ClusterFailed as failure:
            return Result("interrupted", message=str(failure))
        except (BrokenDrawings, store.BrokenModel) as error:
            return Result("failed", message=str(error))


class _ClusterRun:
    """A job that the cluster does. It waits `timeout_seconds` for a computer there."""

    def __init__(self, job: JobDirectory, client: "Client", timeout_seconds: int) -> None:
        from distributed import Queue

        self._job, self._client, self._timeout_seconds = job, client, timeout_seconds
        self._drawn = job.take_drawings() if job.spec().learns_drawings else None
        self._channel = f"{protocol.FOLDER_PREFIX}{job.id}-{secrets.token_hex(8)}"
        self._incoming = Queue(self._channel, client=client)
        self._outgoing: Queue | None = None
        self._attempt, self._received = "", 0
        self._sent: tuple[RunControl, int] | None = None
        self._sent_at = self._next_check = self._had_computer_at = time.monotonic()

    def run(self) -> Result:
        """Have the job done, and return how it ended."""
        future = self._submit()
        try:
            while self._attempt or not worker.is_cancelled(self._job):
                self._check_cluster()
                self._receive()
                if not future.done():
                    self._send_commands()
                elif outcome := _outcome(future):
                    self._write(outcome.report)
                    return _saved(self._job, outcome)
                else:
                    # That computer had heard nothing for too long; we are still here.
                    future = self._submit()
                time.sleep(_POLL_SECONDS)
            return Result("stopped")
        except (OSError, KeyError) as error:
            _LOG.warning("lost the scheduler: %r", error)
            raise _ClusterFailed(_LOST) from error
        finally:
            self._close(future)

    def _submit(self) -> "Future":
        from mnist_core.cluster import task

        key = f"{self._channel}-{secrets.token_hex(4)}"
        return self._client.submit(task.run, self._channel, key=key, pure=False)

    def _check_cluster(self) -> None:
        """Check that the scheduler is there, and a computer that can train."""
        if self._client.status != "running":
            raise _ClusterFailed(_LOST)
        now = time.monotonic()
        if now < self._next_check:
            return
        self._next_check = now + _HEARTBEAT_SECONDS
        if self._client.nthreads():
            self._had_computer_at = now
        elif now - self._had_computer_at > self._timeout_seconds:
            raise _ClusterFailed(_NO_COMPUTER)

    def _receive(self) -> None:
        for data in self._incoming.get(batch=True):
            match protocol.decode_from_worker(data):
                case Ready() as ready:
                    self._send_job(ready)
                case StatusReport() as report if report.attempt == self._attempt:
                    self._write(report)

    def _send_job(self, ready: Ready) -> None:
        from distributed import Queue

        if ready.version != protocol.version():
            _LOG.warning("%s runs another version", ready.computer)
            raise _ClusterFailed(_OTHER_VERSION)
        _LOG.info("%s trains", ready.computer)
        if self._outgoing is not None:
            # Nobody reads it any more; the scheduler must not hold a job's files for ever.
            self._outgoing.get(batch=True)
            self._outgoing.close()
        self._attempt, self._received = ready.attempt, 0
        self._outgoing = Queue(f"{self._channel}-{ready.attempt}", client=self._client)
        job_files = directory_sync.pack_job(self._job, self._drawn, self._timeout_seconds)
        self._outgoing.put(protocol.encode(Commands(RunControl(), job_files=job_files)))
        self._sent = None

    def _write(self, report: StatusReport) -> None:
        directory_sync.write_changes(self._job, report)
        self._received = report.number

    def _send_commands(self) -> None:
        """Pass on what is asked of the training when that is new, and a heartbeat otherwise."""
        if self._outgoing is None:
            return
        control = self._job.control.read()
        # A training that learns drawings could not resume, as these are not stored.
        if control.paused and self._drawn is None and queue_position.others_wait(self._job):
            control = replace(control, leave=True)
        message, now = (control, self._received), time.monotonic()
        if message != self._sent or now - self._sent_at > _HEARTBEAT_SECONDS:
            self._outgoing.put(protocol.encode(Commands(*message)))
            self._sent, self._sent_at = message, now

    def _close(self, future: "Future") -> None:
        # If the scheduler is gone, so are the queues.
        with suppress(OSError, KeyError):
            if self._outgoing is not None:
                if not future.done():
                    self._outgoing.put(protocol.encode(Commands(RunControl(), abandoned=True)))
                self._outgoing.close()
            future.cancel()
            self._incoming.close()


def _saved(job: JobDirectory, outcome: Outcome) -> Result:
    """Save the model that came, if there is one, and return how the job ended."""
    if not outcome.model:
        return outcome.result
    try:
        model = directory_sync.save_model(outcome.model, job.models, job.spec().owner)
    except OSError as error:
        return worker.result_unsaved(job, error)
    return replace(outcome.result, model=model)


def _outcome(future: "Future") -> Outcome | None:
    """What a finished task returned; None if it thought that nobody was waiting any more."""
    from distributed import KilledWorker

    if future.status in ("cancelled", "lost"):
        raise _ClusterFailed(_LOST)
    if error := future.exception() if future.status == "error" else None:
        _LOG.warning("the cluster's task failed", exc_info=error)
        if isinstance(error, KilledWorker):
            raise _ClusterFailed(_LOST_OFTEN)
        # It could not even be imported there.
        is_other_version = isinstance(error, ImportError | AttributeError)
        raise _ClusterFailed(_OTHER_VERSION if is_other_version else _UNEXPECTED)
    data: bytes = future.result()
    return protocol.decode_outcome(data) if data else None


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    worker.run_job(Path(sys.argv[1]), run_on_cluster)
