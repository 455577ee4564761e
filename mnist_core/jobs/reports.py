"""What a worker reports of its training, in the job's directory."""

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
    """A report: what the worker is doing, and how far it is."""

    phase: Phase
    progress: Progress | None = None


class Reports:
    """The reports in the directory of a job.

    Attributes:
        lines: the file of all stored reports, one a line.
        latest: the file of the latest report.
    """

    def __init__(self, directory: Path) -> None:
        self.lines = directory / "progress.jsonl"
        self.latest = directory / "latest.json"

    def add(self, event: Event) -> None:
        """Store a report for good; OSError, and nothing of it is written, if the disk is full."""
        # Unbuffered: what did not fit must not be written after all when the file is closed.
        with self.lines.open("a+b", buffering=0) as file:
            length = file.seek(0, os.SEEK_END)
            data = _line(event)
            if length:
                file.seek(-1, os.SEEK_END)
                # A killed worker may have left half a line, which must not spoil this one.
                data = data if file.read(1) == b"\n" else b"\n" + data
            try:
                while data:
                    data = data[file.write(data) :]
            except OSError:
                with suppress(OSError):
                    file.truncate(length)
                raise

    def set_latest(self, event: Event) -> None:
        """Store a report until there is a later one; OSError if the disk is full."""
        atomic_file.write(self.latest, msgspec.json.encode(event))

    def all(self) -> list[Event]:
        """All reports so far, in order."""
        try:
            lines = self.lines.read_bytes().splitlines(keepends=True)
        except OSError:
            return []
        events = [event for line in lines if (event := _event(line))]
        latest = None
        with suppress(OSError):
            latest = _event(self.latest.read_bytes() + b"\n")
        return [*events, latest] if latest and _is_newer(latest, events) else events

    def last(self) -> Progress | None:
        """The progress in the last report; None before the training began."""
        events = self.all()
        return events[-1].progress if events else None

    def rewind(self, position: Position | None) -> None:
        """Take back all reports beyond a checkpoint, and have those of all its epochs.

        A process may be killed between writing a checkpoint and reporting it, in either order.
        """
        self.latest.unlink(missing_ok=True)
        kept = _up_to(position, self.all()) if position else []
        atomic_file.write(self.lines, b"".join(_line(Event("training", each)) for each in kept))


def _up_to(position: Position, events: list[Event]) -> list[Progress]:
    """The reports up to a checkpoint in order, with the ends of all epochs in its history."""
    reports = [each.progress for each in events if each.progress]
    reports = [report for report in reports if _is_before(report, position)]
    steps = [report for report in reports if not report.figures]
    ends = {report.figures.epoch: report for report in reports if report.figures}
    kept = list[Progress]()
    for figures in position.history:
        kept += [report for report in steps if report.epoch == figures.epoch]
        end = ends.get(figures.epoch) or _reconstructed(figures, position, reports)
        kept.append(replace(end, figures=figures))
    return kept + [report for report in steps if report.epoch >= position.epoch]


def _reconstructed(figures: EpochFigures, position: Position, reports: list[Progress]) -> Progress:
    """The lost report of an epoch's end, from the checkpoint and the reports that are left.

    If none is left, the number of epochs is known only at the next report.
    """
    finished = len(position.history)
    steps = reports[0].steps if reports else (position.total_steps - position.step) // finished
    took = [epoch.seconds or 0.0 for epoch in position.history if epoch.epoch <= figures.epoch]
    return Progress(
        epoch=figures.epoch,
        epochs=reports[0].epochs if reports else finished,
        step=steps,
        steps=steps,
        loss=figures.training_loss,
        accuracy=figures.training_accuracy,
        seconds=sum(took) or position.seconds * figures.epoch / finished,
        seconds_left=None,
        figures=figures,
    )


def _line(event: Event) -> bytes:
    return msgspec.json.encode(event) + b"\n"


def _event(line: bytes) -> Event | None:
    """The event in a line; None if the line is damaged or still being written."""
    try:
        return atomic_file.decode(line, Event) if line.endswith(b"\n") else None
    except Damaged:
        return None


def _is_before(report: Progress, position: Position) -> bool:
    if report.figures:
        return report.epoch < position.epoch
    return (report.epoch, report.step) <= (position.epoch, position.step)


def _is_newer(latest: Event, events: list[Event]) -> bool:
    """Whether the latest report comes after all lines; its file may be older than the last one."""
    if latest.progress is None or not events or events[-1].phase != latest.phase:
        return False
    last = events[-1].progress
    return last is None or latest.progress.seconds > last.seconds
