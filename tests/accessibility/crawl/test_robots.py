import asyncio

import pytest

from accessibility.engine.crawl.fetch import Fetched, FetchFailed
from accessibility.engine.crawl.robots import MAX_BYTES, Robots, origins, read_robots
from tests.accessibility.crawl.simulation import settings

RULES = """
User-agent: *
Disallow: /

User-agent: CampusAudit
Crawl-delay: 3
Disallow: /private/
Disallow: /*?print=
Allow: /private/notice$

Sitemap: https://site.example/sitemap.xml
"""


def read(answer: Fetched | FetchFailed, **changes: object) -> dict[str, Robots]:
    asked: list[str] = []

    async def fetch(url: str) -> Fetched:
        asked.append(url)
        if isinstance(answer, FetchFailed):
            raise answer
        return answer

    platform = settings(**changes)
    found = asyncio.run(read_robots(fetch, platform))
    assert asked == [f"{origin}/robots.txt" for origin in origins(platform)]
    return found


def answered(status: int, body: bytes = RULES.encode()) -> Robots:
    return read(Fetched(status, "https://site.example/robots.txt", body, "text/plain"))["site.example"]


def test_our_own_group_counts() -> None:
    robots = answered(200)
    assert robots.allows("https://site.example/")
    assert not robots.allows("https://site.example/private/notes")
    assert robots.allows("https://site.example/private/notice")
    assert not robots.allows("https://site.example/a?print=1")
    assert robots.sitemaps == ("https://site.example/sitemap.xml",)
    assert robots.delay == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_where_there_is_no_robots_txt_everything_is_allowed(status: int) -> None:
    robots = answered(status)
    assert robots.allows("https://site.example/private/notes")
    assert robots.delay == 0


@pytest.mark.parametrize("status", [429, 500, 503, 304])
def test_a_robots_txt_that_cannot_be_read_forbids_everything(status: int) -> None:
    assert not answered(status).allows("https://site.example/")


def test_a_host_that_does_not_answer_forbids_everything() -> None:
    assert not read(FetchFailed("no answer"))["site.example"].allows("https://site.example/")


def test_a_delay_is_honoured_up_to_a_minute() -> None:
    assert Robots("User-agent: *\nCrawl-delay: 86400").delay == 60


@pytest.mark.parametrize("delay", ["-5", "nan", "inf", "soon"])
def test_a_senseless_delay_is_none(delay: str) -> None:
    assert Robots(f"User-agent: *\nCrawl-delay: {delay}").delay == 0


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00garbage\x00", b"<html><p>hello</p></html>", b"\xef\xbb\xbfUser-agent: *"]
)
def test_a_file_that_is_none_allows_everything(body: bytes) -> None:
    assert answered(200, body).allows("https://site.example/")


def test_what_exceeds_the_size_is_not_read() -> None:
    body = b"User-agent: *\n" + b"#" * MAX_BYTES + b"\nDisallow: /\n"
    assert answered(200, body).allows("https://site.example/")


def test_every_host_is_asked_once() -> None:
    found = origins(settings(hosts=("site.example", "b.example:8443"), start=("http://c.example/x", "/y")))
    assert found == ["https://site.example", "http://c.example", "https://b.example:8443"]
