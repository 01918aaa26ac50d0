import asyncio
import gzip
from collections.abc import Mapping

import pytest

from accessibility.engine.crawl import sitemaps
from accessibility.engine.crawl.fetch import Fetched, FetchFailed
from accessibility.engine.crawl.robots import Robots
from accessibility.engine.crawl.scope import Scope
from accessibility.engine.crawl.sitemaps import collect, parse, sitemap_addresses
from tests.accessibility.crawl.simulation import BASE, settings

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*paths: str) -> bytes:
    rows = "".join(f"<url><loc> {BASE}{path} </loc><priority>1</priority></url>" for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACE}>{rows}</urlset>'.encode()


def index(*addresses: str) -> bytes:
    rows = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex {NAMESPACE}>{rows}</sitemapindex>".encode()


def fetched(body: bytes) -> Fetched:
    return Fetched(200, f"{BASE}/sitemap.xml", body, "application/xml")


def collected(files: Mapping[str, bytes], *start: str) -> list[str]:
    async def fetch(url: str) -> Fetched:
        path = url.removeprefix(BASE)
        if path not in files:
            raise FetchFailed("no answer")
        return Fetched(200 if files[path] else 404, url, files[path], "")

    asked = [f"{BASE}{path}" for path in start or ("/sitemap.xml",)]
    pages = asyncio.run(collect(fetch, asked, Scope(settings())))
    return [page.removeprefix(BASE) for page in pages]


def test_an_index_leads_to_its_sitemaps_in_order() -> None:
    files = {
        "/sitemap.xml": index(f"{BASE}/two.xml.gz", f"{BASE}/one.xml"),
        "/one.xml": urlset("/a", "/b"),
        "/two.xml.gz": gzip.compress(urlset("/c", "/a"), mtime=0),
    }
    assert collected(files) == ["/c", "/a", "/b"]


@pytest.mark.parametrize(
    "body",
    [
        urlset("/a", "/b"),
        gzip.compress(urlset("/a", "/b"), mtime=0),
        gzip.compress(urlset("/a", "/b")[:50], mtime=0) + gzip.compress(urlset("/a", "/b")[50:], mtime=0) + b"\0\0",
        f"{BASE}/a\r\n\n# comment\n{BASE}/b\n".encode(),
        b"\xef\xbb\xbf" + f"{BASE}/a\n{BASE}/b".encode(),
        urlset("/a", "/b").decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        f"<rss><channel><link>{BASE}/feed</link><item><link>{BASE}/a</link></item><item><link>{BASE}/b</link></item>"
        "</channel></rss>".encode(),
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{BASE}/a"/></entry><entry><link rel="self" '
        f'href="{BASE}/x"/><link rel="alternate" href="{BASE}/b"/></entry></feed>'.encode(),
        urlset("/a", "/b", "/c").replace(b"/c </loc>", b"/c"),
    ],
)  # fmt: skip
def test_each_format_is_read(body: bytes) -> None:
    assert parse(fetched(body)).pages == [f"{BASE}/a", f"{BASE}/b"]


def test_relative_addresses_are_resolved_and_off_scope_ones_dropped() -> None:
    body = urlset("/a", "/handbook.pdf", "/logout", "/a#part").replace(
        b"</urlset>", b"<url><loc>/b</loc></url><url><loc>https://other.example/</loc></url></urlset>"
    )
    assert collected({"/sitemap.xml": body}) == ["/a", "/b"]


def test_a_sitemap_that_cannot_be_read_does_not_spoil_the_others() -> None:
    files = {"/broken.xml": b"<urlset><url></wrong>", "/gone.xml": b"", "/b.xml": urlset("/b")}
    assert collected(files, "/broken.xml", "/silent.xml", "/gone.xml", "/b.xml") == ["/b"]


def test_many_failures_end_the_search() -> None:
    starts = [f"/{number}.xml" for number in range(20)]
    assert collected({"/19.xml": urlset("/a")}, *starts) == []


def test_sitemaps_that_point_to_each_other_end() -> None:
    files = {"/sitemap.xml": index(f"{BASE}/b.xml", f"{BASE}/sitemap.xml"), "/b.xml": index(f"{BASE}/sitemap.xml")}
    assert collected(files) == []


def test_nesting_is_bounded() -> None:
    files = {f"/{n}.xml": index(f"{BASE}/{n + 1}.xml") for n in range(1, 4)} | {
        "/3.xml": urlset("/a"),
        "/4.xml": urlset("/b"),
    }
    assert collected(files, "/1.xml") == ["/a"]
    assert collected(files | {"/3.xml": index(f"{BASE}/4.xml")}, "/1.xml") == []


def test_an_index_does_not_lead_to_foreign_hosts() -> None:
    asked: list[str] = []

    async def fetch(url: str) -> Fetched:
        asked.append(url)
        return Fetched(200, url, index("https://other.example/sitemap.xml", "file:///etc/passwd"), "")

    asyncio.run(collect(fetch, [f"{BASE}/sitemap.xml"], Scope(settings())))
    assert asked == [f"{BASE}/sitemap.xml"]


def test_the_number_of_addresses_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_ADDRESSES", 3)
    files = {"/a.xml": urlset("/1", "/2"), "/b.xml": urlset("/3", "/4", "/5", "/6"), "/c.xml": urlset("/7")}
    assert collected(files, "/a.xml", "/b.xml", "/c.xml") == ["/1", "/2", "/3"]


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 100_000)
    with pytest.raises(FetchFailed, match="unpacked"):
        parse(fetched(gzip.compress(b"\0" * 10_000_000, mtime=0)))
    with pytest.raises(FetchFailed, match="more than"):
        parse(fetched(b" " * 100_001))


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
        b"<a>" * 100_000,
        b"<html><body>Not here</body></html",
        b"<",
        b"\x1f\x8bdamaged",
        gzip.compress(b"cut off" * 1000, mtime=0)[:-9],
        gzip.compress(b"", mtime=0) * 200,
    ],
)
def test_a_hostile_file_is_refused(body: bytes) -> None:
    with pytest.raises(FetchFailed):
        parse(fetched(body))


def test_what_is_no_sitemap_lists_nothing() -> None:
    assert parse(fetched(b"<html><body><p>Hello</p></body></html>")).pages == []
    assert parse(fetched(b"")).pages == []


def test_an_endless_address_is_not_kept() -> None:
    assert collected({"/sitemap.xml": urlset("/" + "a" * 5_000_000, "/b")}) == ["/b"]


def test_sitemaps_are_those_of_the_settings_else_of_robots_txt_else_the_usual_one() -> None:
    robots = {"site.example": Robots("Sitemap: https://site.example/map.xml")}
    assert sitemap_addresses(settings(sitemaps=("/own.xml",)), robots) == [f"{BASE}/own.xml"]
    assert sitemap_addresses(settings(), robots) == [f"{BASE}/map.xml"]
    assert sitemap_addresses(settings(), {"site.example": Robots("")}) == [f"{BASE}/sitemap.xml"]
