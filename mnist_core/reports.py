"""What a worker tells of its training, in the job's directory.

progress.jsonl   a line for each report that is kept, fewer as time goes on
latest.json      the latest report
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import msgspec

from mnist_core import whole_file
from mnist_core.checkpoint import Position
from mnist_core.progress import Progress
from mnist_core.whole_file import Damaged

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
            OSError: the disk is full.
        """
        with self.lines.open("ab") as file:
            file.write(_line(event))

    def keep_until_next(self, event: Event) -> None:
        """Keep a report until there is a later one.

        Raises:
            OSError: the disk is full.
        """
        whole_file.write(self.latest, msgspec.json.encode(event))

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
        kept, told = list[Event](), set[int]()
        for event in self.all() if position else []:
            report = event.progress
            if position and report and _is_before(report, position):
                kept.append(event)
                told |= {report.figures.epoch} if report.figures else set()
        for figures in position.history if position else ():
            if figures.epoch not in told and kept and kept[-1].progress:
                last = kept[-1].progress
                report = replace(last, epoch=figures.epoch, step=last.steps, figures=figures)
                kept.append(Event("training", report))
        whole_file.write(self.lines, b"".join(map(_line, kept)))

    def _latest(self) -> Event | None:
        try:
            return _event(self.latest.read_bytes() + b"\n")
        except OSError:
            return None


def _line(event: Event) -> bytes:
    return msgspec.json.encode(event) + b"\n"


def _event(line: bytes) -> Event | None:
    """The event in this line; None where a line is damaged or still being written."""
    try:
        return whole_file.decode(line, Event) if line.endswith(b"\n") else None
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
