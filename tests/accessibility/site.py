"""A site of a few lines on the loopback: answers by path, under two names, with a list of everything that it got."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from core.loopback import served


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; `host` is the name that it was sent to, without the port."""

    method: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What the site says; `wait` is in seconds, and the answer is never given when it is negative."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0


Page = str | int | Answer | Callable[[Asked], "str | int | Answer"]


@dataclass
class TinySite:
    """`base` is the site itself; `other` is the same server under another name, which makes it another site.

    A page is HTML, a status with a small page of its own, an `Answer`, or a function of the request.
    """

    base: str
    other: str
    pages: dict[str, Page]
    asked: list[Asked] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    def unsafe(self) -> list[str]:
        """What arrived with another method than GET or HEAD, as "POST /path"."""
        return [f"{one.method} {one.path}" for one in self.asked if one.method not in ("GET", "HEAD")]

    def paths(self) -> list[str]:
        """The paths of all requests, in order."""
        return [one.path for one in self.asked]


def document(body: str, title: str = "Sample page of the course", head: str = "") -> str:
    """A page without barriers around some content."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="icon" href="data:,">{head}</head><body><main><h1>Sample page</h1>{body}</main></body></html>'
    )


def redirect(address: str, status: int = 302) -> Answer:
    """A redirect."""
    return Answer(status=status, headers={"Location": address})


@contextmanager
def tiny_site(pages: Mapping[str, Page], address: str = "127.0.0.1", port: int = 0) -> Iterator[TinySite]:
    """Serve until the block ends. `{base}` and `{other}` in a page stand for the two addresses."""
    with served(_Handler, address, port) as server:
        site = TinySite(f"http://{address}:{server.server_port}", f"http://localhost:{server.server_port}", dict(pages))
        server.site = site  # type: ignore[attr-defined]
        try:
            yield site
        finally:
            site.ending.set()


class _Handler(BaseHTTPRequestHandler):
    def _handle(self) -> None:
        site: TinySite = self.server.site  # type: ignore[attr-defined]
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        host = self.headers.get("Host", "").partition(":")[0]
        asked = Asked(self.command, host, path, query, dict(self.headers), body)
        site.asked.append(asked)
        page = site.pages.get(path, 404)
        answer = page(asked) if callable(page) else page
        if isinstance(answer, int):
            answer = Answer(document(f"<p>Status {answer}</p>"), answer)
        if isinstance(answer, str):
            answer = Answer(answer)
        if answer.wait < 0:
            site.ending.wait()
            return
        site.ending.wait(answer.wait)
        self._answer(site, answer)

    def _answer(self, site: TinySite, answer: Answer) -> None:
        def fill(text: str) -> str:
            return text.replace("{base}", site.base).replace("{other}", site.other)

        content = fill(answer.body).encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content))} | answer.headers
        for name, value in headers.items():
            self.send_header(name, fill(value))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = _handle  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True  # the browser went on to another page
