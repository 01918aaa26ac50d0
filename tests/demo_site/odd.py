"""Addresses that misbehave on purpose."""

import asyncio
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from .render import page

SLOW_SECONDS = 3.0
HUGE_MEGABYTES = 25
REDIRECTS = {
    "/redirected": "/course/3",
    "/old-address": "http://demo.invalid/",
    "/loop-a": "/loop-b",
    "/loop-b": "/loop-a",
}


async def slow(request: Request) -> Response:
    """A good page that takes its time."""
    await asyncio.sleep(SLOW_SECONDS)
    return page(request, "odd", "Slow page")


async def hung(request: Request) -> Response:
    """A page whose script never comes to an end."""
    return page(request, "hung", "Page that hangs")


async def unavailable(request: Request) -> Response:
    """Always 503."""
    return page(request, "odd", "Service unavailable", 503)


async def gone(request: Request) -> Response:
    """Always 410."""
    return page(request, "odd", "Page gone", 410)


async def not_found(request: Request, error: Exception) -> Response:
    """The answer to every unknown address."""
    return page(request, "odd", "Page not found", 404)


async def huge(request: Request) -> Response:
    """A page of ?megabytes=25, sent piece by piece."""
    megabytes = int(request.query_params.get("megabytes", HUGE_MEGABYTES))
    shell = page(request, "huge", "Huge page")
    head, tail = bytes(shell.body).split(b"<!--filling-->")
    return StreamingResponse(_filled(head, tail, megabytes), media_type="text/html")


def _filled(head: bytes, tail: bytes, megabytes: int) -> Iterator[bytes]:
    paragraph = b"<p>This sentence fills a page that is far too long to read.</p>\n"
    piece = paragraph * (1_000_000 // len(paragraph) + 1)
    yield head
    for _ in range(megabytes):
        yield piece
    yield tail


async def redirect(request: Request) -> Response:
    """Send the browser somewhere else, perhaps out of the site, perhaps in a circle."""
    return RedirectResponse(REDIRECTS[request.url.path], 302)


routes = [
    Route("/slow", slow),
    Route("/hung", hung),
    Route("/unavailable", unavailable),
    Route("/gone", gone),
    Route("/huge", huge),
    *(Route(path, redirect) for path in REDIRECTS),
]
