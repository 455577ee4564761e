"""Keeps a job's directory on the server like the one on the computer that trains.

Works on directories alone; `task` and `proxy_worker` send the messages.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from mnist_core.cluster.protocol import MODEL_FILES, JobFiles, ModelFiles, StatusReport
from mnist_core.handwriting.archive import encode as encode_drawings
from mnist_core.handwriting.score import Handwriting
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.jobs.worker_callbacks import try_writing
from mnist_core.models import card as cards
from mnist_core.models import disk_quota, notes, staging, store
from mnist_core.system import atomic_file, server_settings
from mnist_core.training import checkpoint

# A checkpoint has some megabytes; sending them takes at most this share of the time.
_CHECKPOINTS_SHARE = 0.1


class ChangeCollector:
    """Collects what a worker has written since the last status report.

    `number` is that report's.
    """

    def __init__(
        self, job: JobDirectory, attempt: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.number = 0
        self._job, self._attempt, self._clock = job, attempt, clock
        # The server has the lines that are there already: they come from its checkpoint.
        lines = job.reports.lines
        self._read = lines.stat().st_size if lines.exists() else 0
        self._sent: dict[Path, int] = {}
        self._checkpoint_sent: float | None = None
        self._checkpoint_due = clock()

    def expedite_checkpoint(self) -> None:
        """Have the next checkpoint sent at once."""
        self._checkpoint_due = self._clock()

    def collect(self) -> StatusReport | None:
        """What has changed; None if nothing has. To be called when the last report has arrived."""
        now = self._clock()
        if self._checkpoint_sent is not None:
            took = now - self._checkpoint_sent
            self._checkpoint_due = max(self._checkpoint_due, now + took / _CHECKPOINTS_SHARE)
            self._checkpoint_sent = None
        return self._collect(with_checkpoint=now >= self._checkpoint_due)

    def collect_rest(self) -> StatusReport:
        """All that is left when the worker has ended."""
        return self._collect(with_checkpoint=True) or StatusReport(self._attempt, self.number + 1)

    def _collect(self, *, with_checkpoint: bool) -> StatusReport | None:
        job = self._job
        lines, latest = self._lines(), self._changed(job.reports.latest)
        # Read after the lines: the checkpoint must not be older than what they report.
        snapshot, live = self._changed(job.snapshot), self._changed(job.live_snapshot)
        saved = self._changed(job.checkpoint) if with_checkpoint else None
        number = self.number + 1
        report = StatusReport(self._attempt, number, lines, latest, snapshot, saved, live)
        if report == StatusReport(self._attempt, self.number + 1):
            return None
        self.number += 1
        self._checkpoint_sent = self._clock() if saved else None
        return report

    def _lines(self) -> bytes:
        try:
            with self._job.reports.lines.open("rb") as file:
                file.seek(self._read)
                data = file.read()
        except FileNotFoundError:
            return b""
        # The last line may be incomplete.
        whole = data[: data.rfind(b"\n") + 1]
        self._read += len(whole)
        return whole

    def _changed(self, path: Path) -> bytes | None:
        """The file's bytes if it was written since they were sent last."""
        try:
            written = path.stat().st_mtime_ns
            if written == self._sent.get(path):
                return None
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        self._sent[path] = written
        return data


def pack_job(job: JobDirectory, drawn: Handwriting | None, timeout_seconds: int) -> JobFiles:
    """Take a job back to its checkpoint, and pack what it takes to do it elsewhere.

    Args:
        job: the directory on the server.
        drawn: from `JobDirectory.take_drawings`, for a job that learns from drawings.
        timeout_seconds: see `JobFiles`.

    Raises:
        ValueError: the notes on the job are damaged.
        BrokenModel: the model it starts from is.
    """
    spec, resume_from = job.spec(), checkpoint.read_or_none(job.checkpoint)
    # Former names are known only here.
    name = spec.started_from and notes.current_name(spec.started_from)
    local = [card.name for card in store.list_models() if not card.shipped]
    job.reports.rewind(resume_from.position if resume_from else None)
    return JobFiles(
        spec=replace(spec, started_from=name),
        timeout_seconds=timeout_seconds,
        max_minutes=server_settings.max_minutes(),
        checkpoint=checkpoint.encode(resume_from) if resume_from else None,
        drawings=encode_drawings(drawn) if drawn is not None else None,
        # A shipped one is there already; one that is missing will be missed there.
        model=read_model(store.folder_of(name)) if name in local else None,
        own_digit=job.own_digit().tobytes(),
    )


def write_changes(job: JobDirectory, report: StatusReport) -> None:
    """Write what has changed into the server's directory; a full disk is only logged.

    Raises:
        ValueError: it did not arrive as it was sent.
    """
    # In this order: no report is ahead of the checkpoint and the snapshot of its epoch.
    if report.checkpoint:
        try_writing(checkpoint.write, job.checkpoint, checkpoint.decode(report.checkpoint))
    if report.snapshot:
        try_writing(atomic_file.write, job.snapshot, report.snapshot)
    if report.live_snapshot:
        try_writing(atomic_file.write, job.live_snapshot, report.live_snapshot)
    for line in report.lines.splitlines():
        try_writing(job.reports.add, msgspec.json.decode(line, type=Event))
    if report.latest:
        try_writing(job.reports.set_latest, msgspec.json.decode(report.latest, type=Event))


def save_model(files: ModelFiles, root: Path, owner: str | None = None) -> str:
    """Save a model that came from the cluster, and return its name here.

    `owner` is the visitor whose it is, see `notes.Notes`.

    Raises:
        BrokenModel: it did not arrive as it was sent.
        OSError: the disk is full or cannot be written; `QuotaExceeded` is one of these.
    """
    card = cards.decode(files[store.CARD])
    for name, facts in card.files.items():
        if hashlib.sha256(files[name]).hexdigest() != facts.sha256:
            raise store.BrokenModel("The trained network did not arrive as it was sent.")
    with staging.directory(root) as folder:
        for name in card.files:
            (folder / name).write_bytes(files[name])
        # Its name was free there, but may not be here.
        return disk_quota.commit(folder, replace(card, name="", files={}), owner=owner).name


def read_model(folder: Path) -> ModelFiles:
    """The files in a model's directory, to be sent."""
    return {name: (folder / name).read_bytes() for name in MODEL_FILES}
