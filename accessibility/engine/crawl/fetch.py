"""Fetching small files (robots.txt, sitemaps) outside the browser, through the guard proxy only."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: HTTP status, address after redirects, body (bounded), content type without parameters."""

    status: int
    final_url: str
    body: bytes
    content_type: str


class FetchFailed(Exception):
    """No usable answer: refused, unreachable, too large, too slow or too many redirects. The text says which."""


Fetch = Callable[[str], Awaitable[Fetched]]


async def fetch(url: str, *, proxy: str, user_agent: str, max_bytes: int, timeout: float) -> Fetched:  # noqa: ASYNC109
    """GET `url` through `proxy` with at most 5 redirects. Raises `FetchFailed`."""
    raise AssertionError("being written")
