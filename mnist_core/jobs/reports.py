"""What a worker tells of its training, in the job's directory.

progress.jsonl   a line for each report that is kept, fewer as time goes on
latest.json      the latest report
"""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import msgspec

from mnist_core.networks.settings import EpochFigures
from mnist_core.system import atomic_file
from mnist_core.system.atomic_file import Damaged
from mnist_core.training.checkpoint import Position
from mnist_core.training.progress import Progress

Phase = Literal["loading", "training", "saving"]


@dataclass(frozen=True)
class Event:
    """A report: what the worker is at, and how far."""

    phase: Phase
    progress: Progress | None = None


@dataclass(frozen=True)
class Reports:
    """The reports in the directory of a job."""

    directory: Path

    @property
    def lines(self) -> Path:
        """The file in which all kept reports are, a line each."""
        return self.directory / "progress.jsonl"

    @property
    def latest(self) -> Path:
        """The file in which the latest report is."""
        return self.directory / "latest.json"

    def add(self, event: Event) -> None:
        """Keep a report for ever.

        Raises:
            OSError: the disk is full; what was there before still is, and nothing else.
        """
        # Unbuffered: what did not fit shall not be written after all when the file is closed.
        with self.lines.open("a+b", buffering=0) as file:
            length = file.seek(0, os.SEEK_END)
            data = _line(event)
            if length:
                file.seek(-1, os.SEEK_END)
                # Half a line of a worker that was killed shall not spoil this one.
                data = data if file.read(1) == b"\n" else b"\n" + data
            try:
                while data:
                    data = data[file.write(data) :]
            except OSError:
                with suppress(OSError):
                    file.truncate(length)
                raise

    def set_latest(self, event: Event) -> None:
        """Keep a report until there is a later one.

        Raises:
            OSError: the disk is full.
        """
        atomic_file.write(self.latest, msgspec.json.encode(event))

    def all(self) -> list[Event]:
        """What the worker reported so far, in order."""
        try:
            lines = self.lines.read_bytes().splitlines(keepends=True)
        except OSError:
            return []
        events = [event for line in lines if (event := _event(line))]
        latest = self._latest()
        return [*events, latest] if latest and _is_newer(latest, events) else events

    def last(self) -> Progress | None:
        """How far it was at the last of them; None before it began to learn."""
        events = self.all()
        return events[-1].progress if events else None

    def rewind(self, position: Position | None) -> None:
        """Have no reports beyond a checkpoint; all of the epochs before are there.

        A process may be killed between keeping a checkpoint and telling of it, or the other way
        round.
        """
        self.latest.unlink(missing_ok=True)
        kept = _up_to(position, self.all()) if position else []
        atomic_file.write(self.lines, b"".join(_line(Event("training", each)) for each in kept))

    def _latest(self) -> Event | None:
        try:
            return _event(self.latest.read_bytes() + b"\n")
        except OSError:
            return None


def _up_to(position: Position, events: list[Event]) -> list[Progress]:
    """The reports up to a checkpoint in order, with all ends of epochs that it knows of."""
    told = [each.progress for each in events if each.progress]
    told = [report for report in told if _is_before(report, position)]
    steps = [report for report in told if not report.figures]
    ends = {report.figures.epoch: report for report in told if report.figures}
    kept = list[Progress]()
    for figures in position.history:
        kept += [report for report in steps if report.epoch == figures.epoch]
        end = ends.get(figures.epoch) or _end_of(figures, position, told)
        kept.append(replace(end, figures=figures))
    return kept + [report for report in steps if report.epoch >= position.epoch]


def _end_of(figures: EpochFigures, position: Position, told: list[Progress]) -> Progress:
    """The report of an epoch's end that is lost: what the checkpoint and other reports say of it.

    Where none of them is left, how many epochs there will be is seen at the next report.
    """
    over = len(position.history)
    steps = told[0].steps if told else (position.total_steps - position.step) // over
    took = [epoch.seconds or 0.0 for epoch in position.history if epoch.epoch <= figures.epoch]
    return Progress(
        epoch=figures.epoch,
        epochs=told[0].epochs if told else over,
        step=steps,
        steps=steps,
        loss=figures.training_loss,
        accuracy=figures.training_accuracy,
        seconds=sum(took) or position.seconds * figures.epoch / over,
        seconds_left=None,
        figures=figures,
    )


def _line(event: Event) -> bytes:
    return msgspec.json.encode(event) + b"\n"


def _event(line: bytes) -> Event | None:
    """The event in this line; None where a line is damaged or still being written."""
    try:
        return atomic_file.decode(line, Event) if line.endswith(b"\n") else None
    except Damaged:
        return None


def _is_before(report: Progress, position: Position) -> bool:
    """Whether a report tells of something that a checkpoint has behind it."""
    if report.figures:
        return report.epoch < position.epoch
    return (report.epoch, report.step) <= (position.epoch, position.step)


def _is_newer(latest: Event, events: list[Event]) -> bool:
    """Whether the latest report is behind all lines; the file may be from before the last one."""
    if latest.progress is None or not events or events[-1].phase != latest.phase:
        return False
    last = events[-1].progress
    return last is None or latest.progress.seconds > last.seconds
