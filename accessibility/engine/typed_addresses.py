"""Addresses that a person typed, or listed in a file, and what a run without a platform file makes of them."""

import re
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from accessibility.engine.crawl.networks import PRIVATE
from accessibility.engine.platform import PlatformSettings
from core.errors import InvalidInput


def settings_for_addresses(addresses: Iterable[str]) -> PlatformSettings:
    """Default settings for a run without a file: start there and stay on the same hosts.

    Raises `InvalidInput` for what is not an http or https address.
    """
    checked = [check_address(address) for address in addresses]
    origins = dict.fromkeys(f"{urlsplit(address).scheme}://{urlsplit(address).netloc}/" for address in checked)
    host = urlsplit(checked[0]).hostname or ""
    slug = re.sub(r"[^a-z0-9]+", "-", host.lower())[:64].strip("-")
    return PlatformSettings(
        slug=slug or "platform", name=host[:120], base=tuple(origins), start=tuple(dict.fromkeys(checked))
    )


def check_address(address: str, place: str = "") -> str:
    """The address without outer blanks. Raises `InvalidInput` when a browser could not be sent there."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        valid = False
    if not valid or re.search(r"[\s\x00-\x1f\x7f]", address):
        raise InvalidInput(f"{address!r} is not an http or https address", place=place)
    if "@" in parts.netloc:
        raise InvalidInput("an address may not hold a password: describe a role in a platform file", place=place)
    return address


def read_addresses(path: Path) -> tuple[str, ...]:
    """The addresses of a file, one a line, each once; empty lines and lines that begin with `#` say nothing."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", place=str(path)) from None
    except UnicodeDecodeError:
        raise InvalidInput("is not UTF-8 text", place=str(path)) from None
    found = [
        check_address(line, place=f"{path}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.strip().startswith("#")
    ]
    if not found:
        raise InvalidInput("holds no address", place=str(path))
    return tuple(dict.fromkeys(found))


def private_networks(addresses: Iterable[str]) -> tuple[str, ...]:
    """The loopback and private ranges, as CIDR, in which the typed addresses lie. Typing one permits its range.

    A name that has no address permits nothing; the visit will say so.
    """
    hosts = {urlsplit(address).hostname or "" for address in addresses}
    reached = {found for host in hosts for found in _resolve(host)}
    return tuple(
        str(network)
        for network in PRIVATE
        if any(address.version == network.version and address in network for address in map(ip_address, reached))
    )


def _resolve(host: str) -> set[str]:
    try:
        return {str(info[4][0]).partition("%")[0] for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return set()
