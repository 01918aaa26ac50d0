"""Where the secrets of a platform's roles may go: to its own hosts, and in plain text only where it is plain itself."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from accessibility.engine.crawl.addresses import DEFAULT_PORTS, normal_host


class OwnHosts:
    """The hosts of a platform with these base addresses and further hosts, as `name` or `name:port`.

    A host without a port means the ports of http and https. Plain http is trusted only while no base address is https.
    """

    def __init__(self, base: Iterable[str], hosts: Iterable[str]) -> None:
        self.plain = all(urlsplit(address).scheme == "http" for address in base)
        self._hosts = frozenset(_split(f"//{host}") for host in hosts)

    @property
    def names(self) -> frozenset[str]:
        """Their names without ports: cookies know none."""
        return frozenset(name for name, _port in self._hosts)

    @property
    def origins(self) -> frozenset[str]:
        """Everywhere that a secret may go, to compare two platforms."""
        return frozenset(f"{scheme}://{name}:{port or ''}" for scheme in self._schemes for name, port in self._hosts)

    @property
    def _schemes(self) -> tuple[str, ...]:
        return ("http", "https") if self.plain else ("https",)

    def may_have(self, url: str) -> bool:
        """Whether a request to this address, or from it, may carry or see what is secret."""
        try:
            return urlsplit(url).scheme in self._schemes and _split(url) in self._hosts
        except ValueError:  # no port or host that anybody could read
            return False


def _split(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    port = parts.port
    return normal_host(parts.hostname or "") or "", None if port in DEFAULT_PORTS.values() else port
