"""robots.txt, as RFC 9309 reads it."""

from accessibility.engine.crawl.fetch import Fetch
from accessibility.engine.platform import PlatformSettings

USER_AGENT_TOKEN = "CampusAudit"


class Robots:
    """The rules of one host for our crawler."""

    sitemaps: tuple[str, ...]
    delay: float  # seconds, at most 60

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched."""
        raise AssertionError("being written")


async def read_robots(fetch: Fetch, settings: PlatformSettings) -> dict[str, Robots]:
    """The rules of every host that may be navigated to, by host (with port unless default). Raises nothing."""
    raise AssertionError("being written")
