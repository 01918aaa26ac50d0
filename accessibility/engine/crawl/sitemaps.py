"""Sitemaps: XML, index, plain text, RSS and Atom, also gzipped; read with bounds, for their addresses only."""

from collections.abc import Sequence

from accessibility.engine.crawl.fetch import Fetch
from accessibility.engine.crawl.robots import Robots
from accessibility.engine.crawl.scope import Scope
from accessibility.engine.platform import PlatformSettings


async def collect(fetch: Fetch, addresses: Sequence[str], scope: Scope) -> list[str]:
    """Page addresses of these sitemaps and those they name, in order of appearance, off-scope ones dropped."""
    raise AssertionError("being written")


def sitemap_addresses(settings: PlatformSettings, robots: dict[str, Robots]) -> list[str]:
    """The platform's sitemaps: those of the settings, else of robots.txt, else /sitemap.xml of each base host."""
    raise AssertionError("being written")
