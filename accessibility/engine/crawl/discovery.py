"""What is read before the first wave: robots.txt and sitemaps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accessibility.engine.crawl.fetch import Fetched, fetch
from accessibility.engine.crawl.guard import Guard
from accessibility.engine.crawl.networks import Network
from accessibility.engine.crawl.robots import Robots, read_robots
from accessibility.engine.crawl.scope import Scope
from accessibility.engine.crawl.sitemaps import collect, sitemap_addresses
from accessibility.engine.platform import PlatformSettings

MAX_BYTES = 50 * 1024 * 1024  # what the sitemaps' protocol allows one file
TIMEOUT = 30.0
USER_AGENT = "CampusAudit/1.0"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Rules by host, page addresses of the sitemaps, and the pause that robots.txt asks for in seconds."""

    robots: Mapping[str, Robots] = field(default_factory=dict)
    sitemap: tuple[str, ...] = ()
    crawl_delay: float = 0.0


async def look_around(settings: PlatformSettings, permitted: Iterable[Network]) -> Surroundings:
    """Read robots.txt of every host and the sitemaps, through a guard that permits these networks."""
    async with Guard(permitted, MAX_BYTES) as guard:

        async def get(url: str) -> Fetched:
            return await fetch(url, proxy=guard.address, user_agent=USER_AGENT, max_bytes=MAX_BYTES, timeout=TIMEOUT)

        robots = await read_robots(get, settings)
        pages = await collect(get, sitemap_addresses(settings, robots), Scope(settings))
    honoured = robots if settings.robots else {}
    return Surroundings(honoured, tuple(pages), max((rules.delay for rules in honoured.values()), default=0.0))
