"""The address that a request comes from, through the proxies that whoever runs the server trusts.

Everybody can write an `X-Forwarded-For`; only what a trusted proxy added to it is believed: the
list is read from its end, and the first address that is no trusted proxy is the visitor's.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from mnist_core.system.setting_types import Network

UNKNOWN = "unknown"
"""The network of whoever comes from no address that can be read."""

# Longer chains of proxies are made up.
_MOST_ADDRESSES = 32
# What a household or a school has of version 6; anybody can change the rest at every request.
_PREFIX = 64

_Address = IPv4Address | IPv6Address


def network_of(peer: str | None, forwarded: Sequence[str], trusted: Iterable[Network]) -> str:
    """The network that a request comes from, as a text: one name for all who share it.

    Args:
        peer: the address that connects.
        forwarded: the values of its headers `X-Forwarded-For`, which may be anything.
        trusted: the proxies that are believed.

    Returns:
        An address of version 4, the first 64 bits of one of version 6, or `UNKNOWN`.
    """
    trusted = tuple(trusted)
    address = _read(peer or "")
    if address is None:
        return UNKNOWN
    entries = ",".join(forwarded)[-64 * _MOST_ADDRESSES :].split(",")[-_MOST_ADDRESSES:]
    for text in reversed(entries):
        if not _is_among(address, trusted) or (before := _read(text)) is None:
            break
        address = before
    return _name(address)


def is_loopback(peer: str | None) -> bool:
    """Whether the address that connects is this computer's own."""
    address = _read(peer or "")
    return address is not None and address.is_loopback


def _read(text: str) -> _Address | None:
    """An address as proxies write it, perhaps with a port."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_among(address: _Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


def _name(address: _Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((int(address), _PREFIX), strict=False))
