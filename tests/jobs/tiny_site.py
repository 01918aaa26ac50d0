"""A site of a few pages on the loopback, for runs of the command line against a real browser."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from core.loopback import address_of, served

GOOD = "<!doctype html><html lang=en><title>Sample course list</title><main><h1>Courses</h1>{}</main></html>"
BAD_IMAGE = GOOD.format('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
BAD_FIELD = GOOD.format("<form><input></form>")


@contextmanager
def tiny_site(pages: Mapping[str, str | int | threading.Event]) -> Iterator[str]:
    """Serve `pages` (path to HTML, to a status, or to an event that is set when the page is asked for and hangs).

    Yields the address of the root; every other path is a 404.
    """
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path.partition("?")[0], 404)
            if isinstance(page, threading.Event):
                page.set()
                closing.wait(30)
                return
            body = (page if isinstance(page, str) else f"<!doctype html><title>{page}</title>").encode()
            self.send_response(200 if isinstance(page, str) else page)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with served(Handler) as server:
        try:
            yield f"{address_of(server)}/"
        finally:
            closing.set()
