"""Fetching small files (robots.txt, sitemaps) outside the browser, through the guard proxy only."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import httpx2

MAX_REDIRECTS = 5
MAX_GZIP_MEMBERS = 100
NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: HTTP status, address after redirects, body (bounded), content type without parameters."""

    status: int
    final_url: str
    body: bytes
    content_type: str
    location: str = ""  # where a redirect leads that was not followed


class FetchFailed(Exception):
    """No usable answer: refused, unreachable, too large, too slow or too many redirects. The text says which."""


Fetch = Callable[[str], Awaitable[Fetched]]


async def fetch(
    url: str,
    *,
    proxy: str,
    user_agent: str,
    max_bytes: int,
    timeout: float,  # noqa: ASYNC109
    headers: Mapping[str, str] = NO_HEADERS,
    password: tuple[str, str] | None = None,
    follow: bool = True,
) -> Fetched:
    """GET `url` through `proxy` with at most 5 redirects, within `timeout` seconds altogether.

    `max_bytes` binds the body as sent and after its content encoding. Without `follow`, a redirect is the answer.
    Raises `FetchFailed`.
    """
    try:
        async with (
            asyncio.timeout(timeout),
            httpx2.AsyncClient(
                proxy=proxy,
                trust_env=False,
                follow_redirects=follow,
                max_redirects=MAX_REDIRECTS,
                timeout=timeout,
                headers={"User-Agent": user_agent, "Accept-Encoding": "gzip", **headers},
                auth=password,
            ) as client,
            client.stream("GET", url) as response,
        ):
            body = await _bounded_body(response, max_bytes)
    except TimeoutError:
        raise FetchFailed(f"no answer within {timeout:g} seconds") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise FetchFailed(str(error) or type(error).__name__) from error
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    location = response.headers.get("location", "") if response.is_redirect and not follow else ""
    return Fetched(response.status_code, str(response.url), body, content_type, location)


def gunzip(data: bytes, max_bytes: int) -> bytes:
    """Unpack gzip data, all its members. Raises `FetchFailed` for what is damaged or longer than `max_bytes`."""
    unpacked = bytearray()
    for _ in range(MAX_GZIP_MEMBERS):
        if not data:
            return bytes(unpacked)
        member = zlib.decompressobj(wbits=31)
        try:
            unpacked += member.decompress(data, max_bytes - len(unpacked) + 1)
        except zlib.error as error:
            raise FetchFailed(f"damaged gzip data: {error}") from None
        if len(unpacked) > max_bytes:
            raise FetchFailed(f"more than {max_bytes} bytes when unpacked")
        if not member.eof:
            raise FetchFailed("gzip data that breaks off")
        data = member.unused_data.lstrip(b"\0")  # padding
    raise FetchFailed(f"more than {MAX_GZIP_MEMBERS} gzip members")


async def _bounded_body(response: httpx2.Response, max_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > max_bytes:
            raise FetchFailed(f"more than {max_bytes} bytes")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("gzip", "x-gzip"):
        return gunzip(bytes(body), max_bytes)
    if encoding not in ("", "identity"):
        raise FetchFailed(f"content encoding {encoding!r} was not asked for")
    return bytes(body)
