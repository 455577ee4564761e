"""A visitor of a hosted server, as limits know them."""

from dataclasses import dataclass

ADDRESS_FACTOR = 15
"""So many times a visitor's share goes to one address: a class of thirty may have a single one."""


@dataclass(frozen=True)
class Guest:
    """A visitor of a hosted server.

    Attributes:
        visitor: stands for them in files; see `mnist_core.jobs.spec.Spec.owner`.
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
