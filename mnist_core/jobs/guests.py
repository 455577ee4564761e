"""How much one visitor of a hosted server may train, and all who come from one address."""

from dataclasses import dataclass
from pathlib import Path

from mnist_core.jobs.training_rules import TrainingRefused
from mnist_core.system import server_settings
from mnist_core.system.rate_limit import RateLimit
from mnist_core.system.text_format import counted, duration

ADDRESS_FACTOR = 15
"""So many times a visitor's share goes to one address: a class of thirty may have a single one."""

_HOUR = 3600.0
_FILE = ".trainings-per-hour.json"


@dataclass(frozen=True)
class Guest:
    """A visitor of a hosted server.

    Attributes:
        visitor: stands for them in files; see `Spec.owner`.
        network: the address they come from; see `client_address.network_of`.
    """

    visitor: str
    network: str


def shares(guest: Guest, most: int) -> dict[str, int]:
    """The limits of a visitor who may do something so often, for `RateLimit.take`."""
    return {
        f"visitor {guest.visitor}": most,
        f"address {guest.network}": ADDRESS_FACTOR * most,
    }


def raise_if_too_many(guest: Guest, trainings: int, home: Path) -> None:
    """Count so many more trainings of a guest.

    Args:
        guest: who asks.
        trainings: how many.
        home: the directory of jobs, where what was counted is kept for all processes.

    Raises:
        TrainingRefused: these are too many for the last hour; nothing is counted then.
    """
    most = server_settings.trainings_per_hour()
    wait = RateLimit(_HOUR, home / _FILE).take(shares(guest, most), trainings)
    if wait:
        raise TrainingRefused(
            f"One visitor may start {counted(most, 'training')} an hour here, so that everybody "
            f"gets a turn. You can train again in {duration(wait)}; everything you have made stays."
        )
