"""Who is at the other end: the owner of this computer, or a visitor, and from which address.

Whoever opens the app on the computer it runs on, under a local name and without a proxy, owns it:
nothing is kept from them and no limit holds. Everybody else is a visitor. `MNIST_HOSTED` and
`MNIST_TRUSTED_PROXIES` make everybody one: behind a proxy on the same computer, all seem to be
there. See docs/visitors.md.
"""

from urllib.parse import urlsplit

import streamlit as st

from mnist_core.system import client_address, server_settings
from mnist_core.system.guest import Guest
from ui.shell import visitor

# A proxy adds at least one of them.
_OF_PROXIES = (
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-Ip",
    "Forwarded",
    "Via",
)
# Streamlit gives no address for connections from this computer.
_THIS_COMPUTER = "127.0.0.1"


def is_owner() -> bool:
    """Whether the owner of this computer visits, rather than a visitor of a server."""
    if server_settings.hosted() or server_settings.trusted_proxies():
        return False
    headers = st.context.headers
    return (
        client_address.is_loopback(_peer())
        and not any(name in headers for name in _OF_PROXIES)
        and _is_local_name(headers.get("Host"))
    )


def guest() -> Guest | None:
    """The visitor as limits know them; None for the owner of this computer."""
    return None if is_owner() else Guest(visitor.owner(), network())


def network() -> str:
    """The address that the visitor comes from; see `client_address.network_of`."""
    forwarded = st.context.headers.get_all("X-Forwarded-For")
    return client_address.network_of(_peer(), forwarded, server_settings.trusted_proxies())


def _peer() -> str:
    """The address that connects; to a page in a test, nobody does."""
    found = st.context.ip_address
    return found if isinstance(found, str) else _THIS_COMPUTER


def _is_local_name(host: str | None) -> bool:
    if host is None:
        # Only in tests: every browser sends it.
        return True
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or name.endswith(".localhost") or client_address.is_loopback(name)
