"""A small site with a login, in a thread of the test, for audits that are disturbed while they run."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from core.loopback import address_of, served

SESSION = "session=student"
PAGES = {  # path to what stands in its main landmark
    "/": '<a href="/old">Old address</a> <a href="/missing">Missing</a> <a href="/broken">Broken</a>',
    "/courses/1": '<img src="/one.gif"> <img src="/two.gif"> <a href="/courses/2">Next course</a>',
    "/courses/2": '<img src="/three.gif"> <a href="/courses/1">Course before</a>',
    "/search": "<form><input name=words></form>",
    "/colours": '<p style="color: #999; background: #fff">Faint words about a sample course.</p>',
    "/my": "<h2>My grades</h2> <button></button>",
}
OF_STUDENTS = {"/my"}
LINKS = ("/", "/courses/1", "/search", "/colours", "/my")
DOCUMENT = """<!doctype html><html lang="en"><head><title>{title} of the sample site</title></head><body>
<header>{who} <nav aria-label="Site">{links}</nav></header><main><h1>{title}</h1>{main}</main></body></html>"""
FORM = """<form method="post" action="/login"><label>Name <input name="user" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button>Sign in</button></form>"""
GIF = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")


def settings(base: str, slug: str = "small") -> dict[str, Any]:
    """The site as a platform: everybody's pages and a student's, in one viewport."""
    fields = {"user": "student", "password": "sample-pass"}
    login = {"kind": "form", "address": "/login", "fields": fields, "sentinel": "[data-user]"}
    return {
        "slug": slug,
        "name": "Small sample site",
        "base": [base],
        "start": list(LINKS),
        "roles": [{"name": "student", "login": login}],
        "viewports": [{"name": "desktop", "width": 1280, "height": 800}],
        "schedule": "",
        "allow_private": True,
        "coverage_floor": 0.5,
        "page_timeout": 20,
    }


@contextmanager
def small_site() -> Iterator[str]:
    """Serve the site on the loopback; yields the address of its root."""
    with served(_Handler) as server:
        yield f"{address_of(server)}/"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        known = SESSION in self.headers.get("Cookie", "")
        if path == "/login":
            self._page("Sign in", FORM, known)
        elif path == "/old" or (path in OF_STUDENTS and not known):
            self._answer(302, b"", Location="/" if path == "/old" else "/login")
        elif path == "/broken":
            self._answer(503, b"<!doctype html><title>Out of order</title>")
        elif path.endswith(".gif"):
            self._answer(200, GIF, **{"Content-Type": "image/gif"})
        elif path in PAGES:
            self._page(path.strip("/").replace("/", " ") or "home", PAGES[path], known)
        else:
            self._answer(404, b"<!doctype html><title>Not found</title>")

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        right = self.path == "/login" and b"user=student" in sent and b"password=sample-pass" in sent
        if right:
            self._answer(303, b"", Location="/", **{"Set-Cookie": f"{SESSION}; Path=/; HttpOnly"})
        else:
            self._answer(303, b"", Location="/login")

    def _page(self, title: str, main: str, known: bool) -> None:
        links = " ".join(f'<a href="{path}">To {path.strip("/") or "home"}</a>' for path in LINKS)
        who = "<span data-user>Sample student</span>" if known else "<span>Welcome</span>"
        body = DOCUMENT.format(title=title.capitalize(), links=links, main=main, who=who)
        self._answer(200, body.encode())

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""
