"""How much one visitor of a hosted server may train, and all who come from one address."""

from collections.abc import Iterable
from pathlib import Path

from mnist_core.jobs.queue_order import QueueEntry
from mnist_core.jobs.training_rules import TrainingRefused
from mnist_core.system import events, guest, server_settings
from mnist_core.system.guest import Guest
from mnist_core.system.rate_limit import RateLimit
from mnist_core.system.text_format import counted, duration

MOST_UNFINISHED = 10
"""How many trainings of one visitor may run or be queued: two series of five."""

_HOUR = 3600.0
_FILE = ".trainings-per-hour.json"


def raise_if_too_many(who: Guest, trainings: int, home: Path) -> None:
    """Count so many more trainings of a guest.

    Args:
        who: asks.
        trainings: how many.
        home: the directory of jobs, where what was counted is kept for all processes.

    Raises:
        TrainingRefused: these are too many for the last hour; nothing is counted then.
    """
    most = server_settings.trainings_per_hour()
    wait = RateLimit(_HOUR, home / _FILE).take(guest.shares(who, most), trainings)
    if wait:
        events.refused(server_settings.trainings_per_hour.name)
        raise TrainingRefused(
            f"One visitor may start {counted(most, 'training')} an hour here, so that everybody "
            f"gets a turn. You can train again in {duration(wait)}; everything you have made stays."
        )


def raise_if_queue_is_theirs(who: Guest, trainings: int, unfinished: Iterable[QueueEntry]) -> None:
    """Raise TrainingRefused if so many more of a guest's trainings would fill the queue."""
    theirs = sum(entry.visitor == who.visitor for entry in unfinished)
    if theirs + trainings > MOST_UNFINISHED:
        raise TrainingRefused(
            f"{counted(theirs, 'training')} of yours are running or queued. One visitor "
            f"may have {MOST_UNFINISHED} here, so that others get a turn; please wait until some "
            "have finished."
        )
