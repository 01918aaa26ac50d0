"""Which network addresses an audit may reach."""

import asyncio
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PRIVATE: tuple[Network, ...] = tuple(
    ip_network(cidr)
    for cidr in (
        "127.0.0.0/8",
        "::1/128",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
    )
)
NAT64 = ip_network("64:ff9b::/96")
UNICAST = ip_network("2000::/3")  # all that IPv6 has given out to the public
RESOLVE_TIMEOUT = 15.0

_resolvers = ThreadPoolExecutor(16, "resolver")  # of its own: slow names must not hold up anything else


def is_permitted(address: Address, permitted: Iterable[Network]) -> bool:
    """True for public addresses and for those in a permitted network.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is judged as the IPv4 address that it reaches.
    """
    reached = _embedded(address)
    if any(reached.version == network.version and reached in network for network in permitted):
        return True
    if isinstance(reached, IPv6Address) and reached not in UNICAST:
        return False
    return reached.is_global and not reached.is_multicast


def _embedded(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


async def resolve(host: str, port: int) -> list[Address]:
    """All addresses of a host; raises OSError when there is none, TimeoutError when no answer comes."""
    loop = asyncio.get_running_loop()
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    async with asyncio.timeout(RESOLVE_TIMEOUT):
        found = await loop.run_in_executor(_resolvers, look_up)
    addresses = [ip_address(str(info[4][0]).partition("%")[0]) for info in found]
    if not addresses:
        raise OSError(f"{host} has no address")
    return addresses
