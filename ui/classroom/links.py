"""The links into a class, as another device can open them."""

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit import net_util

from mnist_core.language.translation import _
from mnist_core.system import client_address
from ui.classroom.class_page import REMOTE, ROOM, STEER, VIEW


def join(code: str) -> str:
    """The link for whoever joins."""
    return _link({ROOM: code})


def steer(code: str, secret: str) -> str:
    """The link that steers: for the teacher alone."""
    return _link({ROOM: code, VIEW: REMOTE, STEER: secret})


def warn_if_only_here() -> None:
    """Say so where no other device can open the links."""
    if _is_this_computer(urlsplit(_base()).hostname):
        st.warning(
            _(
                "This computer seems to be in no network, so only a browser on this computer can "
                "come in."
            )
        )


def _link(query: dict[str, str]) -> str:
    return f"{_base()}?{urlencode(query)}"


def _base() -> str:
    """The address of this page, by a name that others on the network can use, too."""
    parts = urlsplit(st.context.url or "http://localhost:8501/class")
    host = parts.hostname or "localhost"
    if _is_this_computer(host):
        host = _address_in_network() or host
    port = f":{parts.port}" if parts.port else ""
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{host}{port}", parts.path, "", ""))


def _is_this_computer(host: str | None) -> bool:
    return host == "localhost" or client_address.is_loopback(host or "")


def _address_in_network() -> str | None:
    found: str | None = net_util.get_internal_ip()
    return None if _is_this_computer(found) else found
