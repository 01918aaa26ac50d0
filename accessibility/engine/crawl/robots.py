"""robots.txt, as RFC 9309 reads it: what cannot be read because the server fails forbids everything."""

import logging

from protego import Protego

from accessibility.engine.crawl.addresses import host_of, normalise, split
from accessibility.engine.crawl.fetch import Fetch, Fetched, FetchFailed
from accessibility.engine.platform import PlatformSettings

PRODUCT = "CampusAudit"  # the name of our crawler in a robots.txt
MAX_DELAY = 60.0
MAX_BYTES = 500 * 1024  # what RFC 9309 asks of a reader
FORBIDS_EVERYTHING = "User-agent: *\nDisallow: /\n"

log = logging.getLogger(__name__)


class Robots:
    """The rules of one host for our crawler."""

    sitemaps: tuple[str, ...]
    delay: float  # seconds, at most 60

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text[:MAX_BYTES])
        self.sitemaps = tuple(self._rules.sitemaps)
        self.delay = min(self._rules.crawl_delay(PRODUCT) or 0.0, MAX_DELAY)

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return bool(self._rules.can_fetch(url, PRODUCT))


async def read_robots(fetch: Fetch, settings: PlatformSettings) -> dict[str, Robots]:
    """The rules of every host that may be navigated to, by host (with port unless default). Raises nothing."""
    return {host_of(f"{origin}/"): await _read(fetch, origin) for origin in origins(settings)}


def origins(settings: PlatformSettings) -> list[str]:
    """Where a robots.txt is looked for: once per host, over http only where a base or start address says so."""
    known: dict[str, str] = {}
    for address in (*settings.base, *settings.start_addresses, *(f"https://{host}/" for host in settings.hosts)):
        normal = normalise(address)
        if normal is not None:
            known.setdefault(host_of(normal), split(normal).origin)
    return list(known.values())


async def _read(fetch: Fetch, origin: str) -> Robots:
    address = f"{origin}/robots.txt"
    try:
        return Robots(_rules(await fetch(address)))
    except FetchFailed as failure:
        log.warning("%s could not be read, so nothing of that host is visited: %s", address, failure)
        return Robots(FORBIDS_EVERYTHING)


def _rules(answer: Fetched) -> str:
    if 200 <= answer.status < 300:
        return answer.body[:MAX_BYTES].decode("utf-8-sig", "replace")
    if 400 <= answer.status < 500 and answer.status != 429:  # there is no robots.txt
        return ""
    raise FetchFailed(f"the server answered {answer.status}")
