"""Whether what is sent to an address can be read or changed on the way."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_safe(address: str) -> bool:
    """Whether nobody can read or change on the way what is sent there: https, or http on this machine itself.

    >>> is_safe("https://login.example.org"), is_safe("http://127.0.0.1:9000"), is_safe("http://login.example.org")
    (True, True, False)
    """
    try:
        parts = urlsplit(address)
        usable = bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
    return usable and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or "")))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
