from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.runtime.context import StreamlitHeaders

from ui.visitors import client

HOME = [("Host", "localhost:8501")]


def connected(peer: str | None, headers: list[tuple[str, str]]) -> pytest.MonkeyPatch:
    context = Mock(ip_address=peer, headers=StreamlitHeaders(headers))
    patch = pytest.MonkeyPatch()
    patch.setattr(client, "st", Mock(context=context, session_state={}))
    return patch


def is_owner(peer: str | None, headers: list[tuple[str, str]]) -> bool:
    patch = connected(peer, headers)
    try:
        return client.is_owner()
    finally:
        patch.undo()


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501", "a.localhost"])
@pytest.mark.parametrize("peer", [None, "127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_who_opens_it_on_the_computer_itself_owns_it(host: str, peer: str | None) -> None:
    assert is_owner(peer, [("Host", host)])


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("192.168.1.7", HOME),
        ("192.168.1.7", [("Host", "192.168.1.2:8501")]),
        ("2001:db8::1", HOME),
        (None, [("Host", "digits.example.org")]),
        (None, [("Host", "localhost.example.org")]),
        (None, [("Host", "localhost@example.org")]),
        (None, [("Host", "[")]),
        (None, [*HOME, ("X-Forwarded-For", "127.0.0.1")]),
        (None, [*HOME, ("x-real-ip", "127.0.0.1")]),
        (None, [*HOME, ("Forwarded", "for=127.0.0.1")]),
        (None, [*HOME, ("Via", "1.1 caddy")]),
    ],
)
def test_everybody_else_is_a_visitor(peer: str | None, headers: list[tuple[str, str]]) -> None:
    assert not is_owner(peer, headers)


@pytest.mark.parametrize("name", ["MNIST_HOSTED", "MNIST_TRUSTED_PROXIES"])
def test_a_setting_makes_everybody_a_visitor(monkeypatch: Any, name: str) -> None:
    monkeypatch.setenv(name, "on" if name == "MNIST_HOSTED" else "127.0.0.1")
    assert not is_owner(None, HOME)


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60))))
def test_no_header_makes_an_owner_of_who_comes_from_elsewhere(
    host: str, headers: list[tuple[str, str]]
) -> None:
    assert not is_owner("203.0.113.9", [("Host", host), *headers])


def test_behind_a_trusted_proxy_the_visitors_address_counts(monkeypatch: Any) -> None:
    monkeypatch.setenv("MNIST_TRUSTED_PROXIES", "10.0.0.0/8")
    forwarded = [("X-Forwarded-For", "6.6.6.6, 198.51.100.4")]
    for peer, network in (("10.1.2.3", "198.51.100.4"), ("203.0.113.9", "203.0.113.9")):
        patch = connected(peer, forwarded)
        assert client.network() == network
        patch.undo()
