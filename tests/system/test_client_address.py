from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.system.client_address import UNKNOWN, is_loopback, network_of

PROXY = ip_network("10.0.0.0/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "network"),
    [
        ("203.0.113.9", [], [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], [PROXY], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1"], [PROXY], "198.51.100.1"),
        # What the visitor wrote stands in front of what the proxy added.
        ("10.0.0.1", ["1.2.3.4, 198.51.100.1"], [PROXY], "198.51.100.1"),
        ("10.0.0.1", ["1.2.3.4", "198.51.100.1"], [PROXY], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1, 10.0.0.2"], [PROXY], "198.51.100.1"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], [PROXY], "10.0.0.3"),
        ("10.0.0.1", ["nonsense, 10.0.0.2"], [PROXY], "10.0.0.2"),
        ("10.0.0.1", [], [PROXY], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1:5112"], [PROXY], "198.51.100.1"),
        ("10.0.0.1", ['"[2001:db8:1:2:3::4]:5112"'], [PROXY], "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], [PROXY], "198.51.100.1"),
        ("2001:db8:1:2:aaaa::1", [], [], "2001:db8:1:2::/64"),
        ("fe80::1%eth0", [], [], "fe80::/64"),
        (None, ["198.51.100.1"], [PROXY], UNKNOWN),
        ("testclient", ["198.51.100.1"], [PROXY], UNKNOWN),
    ],
)
def test_only_what_a_trusted_proxy_adds_is_believed(peer, forwarded, trusted, network):
    assert network_of(peer, forwarded, trusted) == network


def test_the_computers_own_addresses():
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1")))
    assert not any(map(is_loopback, (None, "", "localhost", "192.168.0.2", "203.0.113.9")))


@given(st.lists(st.one_of(st.text(), st.ip_addresses().map(str)), max_size=5), st.ip_addresses())
def test_whatever_a_visitor_writes_counts_for_nothing(written, address):
    outside = address not in PROXY if address.version == 4 else not address.ipv4_mapped
    if not outside:
        return
    directly = network_of(str(address), written, [PROXY])
    assert directly == network_of(str(address), [], [])
    # The proxy adds a comma and the address that connected to it.
    through = [*written[:-1], f"{''.join(written[-1:])}, {address}"]
    assert network_of("10.0.0.1", through, [PROXY]) == directly


@given(st.text(max_size=80), st.lists(st.text(max_size=4_000), max_size=4))
def test_nothing_breaks_it_and_what_comes_out_is_short(peer, forwarded):
    assert len(network_of(peer, forwarded, [ip_network("0.0.0.0/0")])) < 50


def test_all_addresses_of_a_household_are_one():
    addresses = [ip_address("2001:db8:1:2::") + offset for offset in (0, 1, 2**63)]
    assert len({network_of(str(address), [], []) for address in addresses}) == 1
