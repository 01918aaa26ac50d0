import asyncio
import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from accessibility.engine.crawl.fetch import Fetched, FetchFailed, fetch
from core.loopback import address_of, served

LARGE = b"x" * 200_000


class Proxy(BaseHTTPRequestHandler):
    """Answers as the proxy and the site behind it in one: whatever is asked must come with its full address."""

    def do_GET(self) -> None:
        assert self.path.startswith("http://site.invalid/")
        path = self.path.removeprefix("http://site.invalid")
        if path.startswith("/hop/"):
            self._redirect(int(path.removeprefix("/hop/")))
        elif path == "/slow":
            time.sleep(1)
        elif path == "/gzip":
            self._answer(gzip.compress(b"hello"), ("Content-Encoding", "gzip"))
        elif path == "/bomb":
            self._answer(gzip.compress(LARGE), ("Content-Encoding", "gzip"))
        elif path == "/brotli":
            self._answer(b"?", ("Content-Encoding", "br"))
        elif path == "/large":
            self._answer(LARGE)
        elif path == "/missing":
            self._answer(b"none", status=404)
        else:
            self._answer(self.headers["User-Agent"].encode(), ("Content-Type", "Text/Plain; charset=utf-8"))

    def _redirect(self, left: int) -> None:
        target = f"/hop/{left - 1}" if left else "/end"
        self._answer(b"", ("Location", target), status=302)

    def _answer(self, body: bytes, *headers: tuple[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def proxy() -> Iterator[str]:
    with served(Proxy) as server:
        yield address_of(server)


def get(proxy: str, path: str, timeout: float = 5) -> Fetched:
    url = path if "://" in path else f"http://site.invalid{path}"
    return asyncio.run(fetch(url, proxy=proxy, user_agent="Sample/1", max_bytes=100_000, timeout=timeout))


def test_a_file_is_fetched_through_the_proxy_in_our_name(proxy: str) -> None:
    assert get(proxy, "/a") == Fetched(200, "http://site.invalid/a", b"Sample/1", "text/plain")


def test_the_environment_does_not_choose_another_proxy(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    assert get(proxy, "/a").status == 200


def test_five_redirects_are_followed_and_no_more(proxy: str) -> None:
    assert get(proxy, "/hop/4").final_url == "http://site.invalid/end"
    with pytest.raises(FetchFailed, match="redirect"):
        get(proxy, "/hop/5")


def test_an_error_page_is_an_answer(proxy: str) -> None:
    assert get(proxy, "/missing").status == 404


def test_a_packed_answer_is_unpacked(proxy: str) -> None:
    assert get(proxy, "/gzip").body == b"hello"


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/large", "more than 100000 bytes"),
        ("/bomb", "unpacked"),
        ("/brotli", "encoding"),
        ("ftp://site.invalid/", "protocol|scheme"),
    ],
)
def test_an_unusable_answer_fails(proxy: str, path: str, problem: str) -> None:
    with pytest.raises(FetchFailed, match=problem):
        get(proxy, path)


def test_a_slow_answer_fails(proxy: str) -> None:
    with pytest.raises(FetchFailed, match=r"0\.2 seconds"):
        get(proxy, "/slow", timeout=0.2)


def test_a_proxy_that_is_not_there_fails() -> None:
    with pytest.raises(FetchFailed):
        get("http://127.0.0.1:1", "/a")
