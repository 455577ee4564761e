"""A job's directory there and here: what changes in one on a cluster becomes so in the server's.

Pure book-keeping on directories; knows nothing of the network.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from mnist_core.cluster.messages import MODEL_FILES, ModelFiles, News, Parcel
from mnist_core.hands.archive import encode as encode_drawings
from mnist_core.hands.score import Handwriting
from mnist_core.jobs.directory import JobDirectory
from mnist_core.jobs.reports import Event
from mnist_core.models import card as cards
from mnist_core.models import disk_quota, notes, staging, store
from mnist_core.networks import limits
from mnist_core.system import atomic_file
from mnist_core.training import checkpoint

# A checkpoint is some megabytes; at most this part of the time they are on the way.
_CHECKPOINTS_SHARE = 0.1


class Outbox:
    """What a job's worker wrote down and the server does not know yet.

    Args:
        job: the directory on the computer that trains.
        attempt: for the news, see `cluster_messages.Hello`.
        clock: seconds, monotonic.

    Attributes:
        number: of the last news.
    """

    def __init__(
        self, job: JobDirectory, attempt: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.number = 0
        self._job, self._attempt, self._clock = job, attempt, clock
        # What is told already is known to the server: it gave the checkpoint that tells of it.
        lines = job.reports.lines
        self._read = lines.stat().st_size if lines.exists() else 0
        self._sent: dict[Path, bytes | int] = {}
        self._checkpoint_sent: float | None = None
        self._checkpoint_due = clock()

    def hurry(self) -> None:
        """Have the next checkpoint sent whatever it costs."""
        self._checkpoint_due = self._clock()

    def news(self) -> News | None:
        """What became different; None if nothing did. Asked when the last has arrived."""
        now = self._clock()
        if self._checkpoint_sent is not None:
            took = now - self._checkpoint_sent
            self._checkpoint_due = max(self._checkpoint_due, now + took / _CHECKPOINTS_SHARE)
            self._checkpoint_sent = None
        return self._collect(with_checkpoint=now >= self._checkpoint_due)

    def last_news(self) -> News:
        """All that is left, when the worker is over."""
        return self._collect(with_checkpoint=True) or News(self._attempt, self.number + 1)

    def _collect(self, *, with_checkpoint: bool) -> News | None:
        lines, latest = self._lines(), self._changed(self._job.reports.latest)
        # Read after the lines: what was told is in the checkpoint, not the other way round.
        snapshot = self._changed(self._job.snapshot, by_time=True)
        kept = self._changed(self._job.checkpoint, by_time=True) if with_checkpoint else None
        news = News(self._attempt, self.number + 1, lines, latest, snapshot, kept)
        if news.is_empty:
            return None
        self.number += 1
        self._checkpoint_sent = self._clock() if kept else None
        return news

    def _lines(self) -> bytes:
        try:
            with self._job.reports.lines.open("rb") as file:
                file.seek(self._read)
                data = file.read()
        except FileNotFoundError:
            return b""
        # The last line may still be being written.
        whole = data[: data.rfind(b"\n") + 1]
        self._read += len(whole)
        return whole

    def _changed(self, path: Path, *, by_time: bool = False) -> bytes | None:
        """The file's bytes if they are not those that were sent last."""
        try:
            mark: bytes | int = path.stat().st_mtime_ns if by_time else path.read_bytes()
            if mark == self._sent.get(path):
                return None
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        self._sent[path] = mark
        return data


def parcel(job: JobDirectory, drawn: Handwriting | None, patience: int) -> Parcel:
    """All it takes to do a job elsewhere; here it is taken back to its checkpoint.

    Args:
        job: the directory on the server.
        drawn: what `JobDirectory.take_drawings` gave, for a job that learns from drawings.
        patience: see `Parcel`.

    Raises:
        ValueError: the notes on the job are damaged.
        store.BrokenModel: so is the model it starts from.
    """
    spec, start = job.spec(), checkpoint.read_or_none(job.checkpoint)
    if spec.started_from is not None:
        # There nobody knows what it was called before.
        spec = replace(spec, started_from=notes.current_name(spec.started_from))
    job.reports.rewind(start.position if start else None)
    return Parcel(
        spec=spec,
        patience=patience,
        max_minutes=limits.max_minutes(),
        checkpoint=checkpoint.encode(start) if start else None,
        drawings=encode_drawings(drawn) if drawn is not None else None,
        model=_model_to_start_from(spec.started_from),
    )


def keep_checkpoint(job: JobDirectory, news: News) -> None:
    """Have the job's checkpoint here, too, if there is a new one.

    First of all: what is told of is kept already.

    Raises:
        OSError: the disk is full.
        BrokenCheckpoint: it did not arrive as it was sent.
    """
    if news.checkpoint:
        checkpoint.write(job.checkpoint, checkpoint.decode(news.checkpoint))


def keep_snapshot(job: JobDirectory, news: News) -> None:
    """Have the job's snapshot here, too, if there is a new one; before the report of its epoch.

    Raises:
        OSError: the disk is full.
    """
    if news.snapshot:
        atomic_file.write(job.snapshot, news.snapshot)


def keep_reports(job: JobDirectory, news: News) -> None:
    """Have the reports here that are new.

    Raises:
        OSError: the disk is full.
        ValueError: they are damaged.
    """
    for line in news.lines.splitlines():
        job.reports.add(msgspec.json.decode(line, type=Event))
    if news.latest:
        job.reports.set_latest(msgspec.json.decode(news.latest, type=Event))


def keep_model(model: ModelFiles, root: Path) -> str:
    """Put a model that came from the cluster into the store, and return its name here.

    Raises:
        store.BrokenModel: it did not arrive as it was sent.
        OSError: the disk is full, or cannot be written; keeping.QuotaExceeded among them.
    """
    card = cards.decode(model.files[store.CARD])
    for name, facts in card.files.items():
        if hashlib.sha256(model.files[name]).hexdigest() != facts.sha256:
            raise store.BrokenModel("The trained network did not arrive as it was sent.")
    with staging.directory(root) as folder:
        for name in card.files:
            (folder / name).write_bytes(model.files[name])
        # Its name was free there, not here.
        kept = disk_quota.commit(folder, replace(card, name="", files={}))
    return kept.name


def _model_to_start_from(name: str | None) -> ModelFiles | None:
    """The model's files; None where none is needed, or the cluster has it or will miss it."""
    cards_here = {card.name: card for card in store.list_models()}
    if name is None or name not in cards_here or cards_here[name].shipped:
        return None
    folder = store.folder_of(name)
    return ModelFiles(name, {file: (folder / file).read_bytes() for file in MODEL_FILES})
