"""Which addresses may be reached, however they are written."""

import asyncio
from ipaddress import ip_address, ip_network

import pytest

from accessibility.engine.crawl.networks import PRIVATE, is_permitted, resolve

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_permitted(address: str) -> None:
    assert is_permitted(ip_address(address), ())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.2.1",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "4000::1",
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_permitted(ip_address(address), ())


def test_permission_for_one_range_permits_no_other() -> None:
    assert is_permitted(ip_address("127.0.0.1"), LOOPBACK)
    assert is_permitted(ip_address("::ffff:127.0.0.1"), LOOPBACK)
    assert not is_permitted(ip_address("10.0.0.1"), LOOPBACK)
    assert not is_permitted(ip_address("::1"), LOOPBACK)


def test_private_ranges_hold_what_a_campus_uses() -> None:
    for address in ("127.0.0.1", "10.0.0.1", "192.168.7.7", "169.254.1.1", "::1", "fd00::1", "fe80::1"):
        assert is_permitted(ip_address(address), PRIVATE)


def test_a_name_is_resolved_to_all_its_addresses() -> None:
    assert ip_address("127.0.0.1") in asyncio.run(resolve("localhost", 80))


def test_a_name_without_an_address_is_an_error() -> None:
    with pytest.raises(OSError):
        asyncio.run(resolve("nowhere.invalid", 80))
