"""A job's worker on the server, where a cluster trains.

Run as `python -m mnist_core.cluster.proxy_worker JOB_DIR`.

It stands in line as the ordinary worker does. Then it has the cluster that `MNIST_SCHEDULER` names
do the job, hands on what people ask of it, and writes what comes back into the job's directory, so
that nobody who reads that sees a difference.
"""

import logging
import os
import secrets
import sys
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mnist_core.cluster import directory_sync, messages
from mnist_core.cluster.messages import Hello, News, Orders, Outcome
from mnist_core.hands.archive import BrokenDrawings
from mnist_core.jobs import queue_position, worker
from mnist_core.jobs.directory import JobDirectory, Result
from mnist_core.models import store
from mnist_core.networks import limits
from mnist_core.networks.run_control import RunControl

if TYPE_CHECKING:
    from distributed import Client, Future

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS = 0.25
# A sign of life, though nothing is new.
_BEAT_SECONDS = 2.0
_LONGEST_CONNECT_SECONDS = 15

_NO_DISTRIBUTED = (
    "This server is set up to train on a cluster, but what that takes is not installed here "
    "(requirements-cluster.txt). Nothing is lost."
)
_UNREACHABLE = "The cluster that trains cannot be reached now. Nothing is lost: it can go on later."
_LOST = "The connection to the cluster was lost. It can go on from its last checkpoint."
_NOBODY = "There was no computer in the cluster to train on. It can go on when there is one."
_OTHER_VERSION = (
    "The computers of the cluster run another version of Digit Lab than this server. It can go on "
    "when they are the same."
)
_DIED_OFTEN = (
    "Several computers of the cluster were lost while they trained this. It can go on from its "
    "last checkpoint."
)
_UNEXPECTED = "The training program on the cluster ended unexpectedly."


class _Over(Exception):
    """Nothing more will come from the cluster, and that is how the job ended."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.result = Result("interrupted", message=message)


def carry(job: JobDirectory) -> Result:
    """Wait for the job's turn, have it done, and say how it ended."""
    if not worker.wait_in_queue(job):
        return Result("stopped")
    # It takes a second and 40 MB: not before this job's turn.
    try:
        from distributed import Client
    except ImportError:
        return Result("interrupted", message=_NO_DISTRIBUTED)
    address = os.environ["MNIST_SCHEDULER"]
    patience = limits.cluster_timeout_seconds()
    try:
        client = Client(
            address,
            timeout=min(patience, _LONGEST_CONNECT_SECONDS),
            set_as_default=False,
            direct_to_workers=False,
        )
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        _LOG.warning("no connection to %s: %s", address, error)
        return Result("interrupted", message=_UNREACHABLE)
    with client:
        try:
            return _Errand(job, client, patience).to_the_end()
        except _Over as over:
            return over.result
        except (BrokenDrawings, store.BrokenModel) as error:
            return Result("failed", message=str(error))


class _Errand:
    """A job that the cluster does.

    Args:
        job: its directory here.
        client: the connection to the scheduler.
        patience: seconds to wait for a computer there.
    """

    def __init__(self, job: JobDirectory, client: "Client", patience: int) -> None:
        from distributed import Queue

        self._job, self._client, self._patience = job, client, patience
        self._drawn = job.take_drawings() if job.spec().learns_drawings else None
        self._channel = f"{messages.FOLDER_PREFIX}{job.id}-{secrets.token_hex(8)}"
        self._up = Queue(self._channel, client=client)
        self._down: Queue | None = None
        self._attempt, self._seen = "", 0
        self._told: tuple[RunControl, int] | None = None
        self._told_at = self._look_at = self._peopled_at = time.monotonic()

    def to_the_end(self) -> Result:
        """Have it done, and say how it ended.

        Raises:
            _Over: the cluster does not go on with it.
            BrokenDrawings, BrokenModel: there is nothing to learn or to start from.
        """
        future = self._submit()
        try:
            while not self._is_given_up():
                self._look_around()
                self._listen()
                if not future.done():
                    self._tell()
                elif outcome := _outcome(future):
                    return self._end(outcome)
                else:
                    # That computer had heard nothing for too long; we are still here.
                    future = self._submit()
                time.sleep(_LOOK_SECONDS)
            return Result("stopped")
        except (OSError, KeyError) as error:
            _LOG.warning("lost the scheduler: %r", error)
            raise _Over(_LOST) from error
        finally:
            self._hang_up(future)

    def _submit(self) -> "Future":
        from mnist_core.cluster import task

        key = f"{self._channel}-{secrets.token_hex(4)}"
        return self._client.submit(task.run, self._channel, key=key, pure=False)

    def _is_given_up(self) -> bool:
        """Stopped before it has learned anything, or even found a computer."""
        return not self._attempt and worker.is_cancelled(self._job)

    def _look_around(self) -> None:
        """See that the scheduler is there, and somebody who can train.

        Raises:
            _Over: they are not.
        """
        if self._client.status != "running":
            raise _Over(_LOST)
        now = time.monotonic()
        if now < self._look_at:
            return
        self._look_at = now + _BEAT_SECONDS
        if self._client.nthreads():
            self._peopled_at = now
        elif now - self._peopled_at > self._patience:
            raise _Over(_NOBODY)

    def _listen(self) -> None:
        """Take in what came, and see to it."""
        for data in self._up.get(batch=True):
            match messages.decode_report(data):
                case Hello() as hello:
                    self._welcome(hello)
                case News() as news if news.attempt == self._attempt:
                    self._take(news)

    def _welcome(self, hello: Hello) -> None:
        """Have a computer train that is ready to."""
        from distributed import Queue

        if hello.version != messages.version():
            _LOG.warning("%s runs another version", hello.computer)
            raise _Over(_OTHER_VERSION)
        _LOG.info("%s trains", hello.computer)
        if self._down is not None:
            # Nobody is there to read it; the scheduler shall not hold a parcel for ever.
            self._down.get(batch=True)
            self._down.close()
        self._attempt, self._seen = hello.attempt, 0
        self._down = Queue(f"{self._channel}-{hello.attempt}", client=self._client)
        parcel = directory_sync.parcel(self._job, self._drawn, self._patience)
        self._down.put(messages.encode(Orders(RunControl(), parcel=parcel)))
        self._told = None

    def _take(self, news: News) -> None:
        for keep in (
            directory_sync.keep_checkpoint,
            directory_sync.keep_snapshot,
            directory_sync.keep_reports,
        ):
            # As the worker on a full disk, it goes on without.
            worker.written("news", partial(keep, self._job, news))
        self._seen = news.number

    def _tell(self) -> None:
        """Hand on what is asked of the training, when that is new; else a sign of life at times."""
        if self._down is None:
            return
        asked = self._job.steering()
        # Drawings are not kept: a training with them could not come back.
        if asked.paused and self._drawn is None and queue_position.others_wait(self._job):
            asked = replace(asked, leave=True)
        now = time.monotonic()
        if (asked, self._seen) != self._told or now - self._told_at > _BEAT_SECONDS:
            self._down.put(messages.encode(Orders(asked, self._seen)))
            self._told, self._told_at = (asked, self._seen), now

    def _end(self, outcome: Outcome) -> Result:
        self._take(outcome.news)
        return _kept(self._job, outcome)

    def _hang_up(self, future: "Future") -> None:
        # Where the scheduler is gone, nothing is left there either.
        with suppress(OSError, KeyError):
            if self._down is not None:
                if not future.done():
                    self._down.put(messages.encode(Orders(RunControl(), over=True)))
                self._down.close()
            future.cancel()
            self._up.close()


def _kept(job: JobDirectory, outcome: Outcome) -> Result:
    """Keep the model that came, if there is one, and say how the job ended."""
    if not outcome.model:
        return outcome.result
    try:
        model = directory_sync.keep_model(outcome.model, job.models)
    except OSError as error:
        return worker.not_saved(job, error)
    return replace(outcome.result, model=model)


def _outcome(future: "Future") -> Outcome | None:
    """What a task gave that is done; None where it thought that nobody wants it any more.

    Raises:
        _Over: it did not end well.
    """
    from distributed import KilledWorker

    if future.status in ("cancelled", "lost"):
        raise _Over(_LOST)
    if error := future.exception() if future.status == "error" else None:
        _LOG.warning("the cluster's task failed", exc_info=error)
        if isinstance(error, KilledWorker):
            raise _Over(_DIED_OFTEN)
        # It could not even be read there.
        is_strange = isinstance(error, ImportError | AttributeError)
        raise _Over(_OTHER_VERSION if is_strange else _UNEXPECTED)
    data: bytes = future.result()
    return messages.decode_outcome(data) if data else None


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    worker.run_job(Path(sys.argv[1]), carry)
