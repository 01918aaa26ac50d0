"""Requests other than GET and HEAD that may leave the browser during a crawl because they only read."""

from accessibility.engine.platform import HarmlessRequest, PlatformSettings


def harmless_requests(settings: PlatformSettings) -> tuple[HarmlessRequest, ...]:
    """Those of the settings and of the platform's preset."""
    raise AssertionError("being written")


def is_harmless(
    method: str, url: str, body: bytes | str | None, harmless: tuple[HarmlessRequest, ...], hosts: frozenset[str]
) -> bool:
    """Whether a request is one of `harmless` and goes to one of the platform's `hosts` (`settings.navigable_hosts`)."""
    raise AssertionError("being written")
