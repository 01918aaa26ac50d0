"""Logged in by headers: every request to the platform carries them, and no other host ever sees one."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from accessibility.engine.crawl import login
from accessibility.engine.crawl.own_hosts import OwnHosts
from accessibility.engine.platform import PlatformSettings
from accessibility.engine.preview import Preview, settings_there
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Answer, Asked, TinySite, document, redirect, tiny_site

KEY = "sample-key-7391"
MOST = 10.0  # seconds
SCRIPT = {"Content-Type": "text/javascript"}
CORS = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/plain"}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "PAUSE", 0.05)


def by_header(base: str, **more: Any) -> PlatformSettings:
    headers = {"X-Sample-Key": KEY, "Authorization": f"Bearer {KEY}"}
    recipe = {"kind": "header", "headers": headers, "sentinel": "[data-user]"}
    role = {"name": "student", "login": recipe}
    return PlatformSettings.model_validate(
        settings_for(base).model_dump() | {"anonymous": False, "roles": [role]} | more
    )


def with_key(answer: str | Answer) -> Callable[[Asked], str | Answer]:
    """For whoever shows the key; others are turned away."""
    return lambda asked: answer if asked.headers.get("X-Sample-Key") == KEY else Answer("no", 401)


def page(body: str, head: str = "") -> Callable[[Asked], str | Answer]:
    return with_key(document(f"<p data-user>Sample student</p>{body}", head=head))


def visit(site: TinySite, *paths: str, **more: Any) -> Audited:
    return audit(site.base, paths, by_header(site.base, **more), checks=("page-title",))


def sent(site: TinySite, host: str) -> dict[str, set[str | None]]:
    """Path to the keys with which a host was asked for it."""
    found: dict[str, set[str | None]] = {}
    for one in site.asked:
        if one.host == host:
            keys = {one.headers.get("X-Sample-Key"), one.headers.get("Authorization")}
            found.setdefault(one.path, set()).update(keys)
    return found


EVERYWHERE = (
    '<img src="/held.gif" alt="Sample"><img src="/own.gif" alt="Sample">'
    '<img src="{other}/foreign.gif" alt="Sample"><img src="/moves.gif" alt="Sample">'
    '<iframe src="/frame" title="One"></iframe><iframe src="{other}/frame-there" title="Two"></iframe>'
    '<iframe src="/moves-frame" title="Three"></iframe><script src="/script.js"></script>'
    '<form action="{other}/form-there" target="three"><button>Send</button></form>'
    '<iframe name="three" title="Four"></iframe>'
    "<script>new Worker('/worker.js'); new SharedWorker('/shared.js'); fetch('/api'); navigator.sendBeacon('/beacon');"
    "fetch('{other}/api-there').catch(() => 0); fetch('/moves-api').catch(() => 0);"
    "document.forms[0].submit()</script>"
)
SITE: dict[str, Any] = {
    "/": page("Welcome"),
    "/all": page(EVERYWHERE, '<link rel="stylesheet" href="/style.css">'),
    "/style.css": Answer("body{background:url(/back.gif)} h1{}", headers={"Content-Type": "text/css"}),
    "/script.js": Answer("0", headers=SCRIPT),
    "/worker.js": Answer("importScripts('/imported.js'); fetch('/from-worker'); new Worker('/inner.js')", 200, SCRIPT),
    "/inner.js": Answer("fetch('/from-inner')", headers=SCRIPT),
    "/shared.js": Answer("fetch('/from-shared')", headers=SCRIPT),
    "/imported.js": Answer("fetch('{other}/from-worker-there', {mode: 'no-cors'})", headers=SCRIPT),
    "/frame": "<title>Frame</title><img src=/in-frame.gif>",
    "/frame-there": "<title>There</title><iframe src='{base}/nested'></iframe>"
    "<img referrerpolicy=no-referrer src='{base}/seen-by-others.gif'>"
    "<script>fetch('{base}/read-by-others', {referrerPolicy: 'no-referrer'}).catch(() => 0)</script>",
    "/read-by-others": Answer("sample", headers=CORS),
    "/nested": "<title>Nested</title>",
    "/moves.gif": redirect("{other}/moved.gif"),
    "/moves-frame": redirect("{other}/moved-frame"),
    "/moves-api": redirect("{other}/moved-api"),
    "/api-there": Answer("x", headers=CORS),
    "/moved-api": Answer("x", headers=CORS),
    "/moved-frame": "<title>Moved</title>",
    "/form-there": "<title>Form</title>",
    "/leads-away": redirect("{other}/landed"),
    "/landed": "<title>Landed</title>",
}  # fmt: skip


CARRIED = {
    "/",
    "/all",
    "/own.gif",
    "/style.css",
    "/back.gif",
    "/script.js",
    "/frame",
    "/in-frame.gif",
    "/api",
    "/nested",
}
CARRIED |= {"/worker.js", "/imported.js", "/from-worker", "/inner.js", "/from-inner", "/from-shared"}
ELSEWHERE = {"/foreign.gif", "/moved.gif", "/frame-there", "/moved-frame", "/api-there", "/moved-api", "/form-there"}
ELSEWHERE |= {"/from-worker-there"}


def when_all_were_asked_for(site: TinySite) -> Callable[[Asked], str | Answer]:
    """A picture that keeps its page loading until everything that the page asks for has come, workers' too."""

    def answer(_asked: Asked) -> Answer:
        started = time.monotonic()
        while not {*site.paths()} >= CARRIED | ELSEWHERE | {"/read-by-others"} and time.monotonic() - started < MOST:
            time.sleep(0.02)
        return Answer("", 404)

    return answer


def test_every_request_to_the_platform_carries_the_headers_and_none_to_another_host() -> None:
    with tiny_site(SITE) as site:
        site.pages["/held.gif"] = when_all_were_asked_for(site)
        audited = visit(site, "/all", "/leads-away")
        own, elsewhere = sent(site, "127.0.0.1"), sent(site, "localhost")
    assert audited.state("/all", "student")[:2] != ("not audited", "login failed")
    assert {path: own.get(path) for path in CARRIED} == {path: {KEY, f"Bearer {KEY}"} for path in CARRIED}
    assert set(elsewhere) >= ELSEWHERE
    assert set().union(*elsewhere.values()) == {None}
    assert own["/read-by-others"] == {None}  # what a page of another host asks for, it could read


def test_a_visitor_who_is_not_logged_in_carries_no_header() -> None:
    with tiny_site({"/": page("Welcome"), "/open": document("<p data-user>For all</p>")}) as site:
        audited = visit(site, "/open", anonymous=True)
        keys = [one.headers.get("X-Sample-Key") for one in site.asked if one.path == "/open"]
    assert audited.state("/open")[0] == audited.state("/open", "student")[0] == "audited"
    assert sorted(keys, key=str) == [None, KEY]


def test_headers_that_do_not_log_in_are_a_failed_login_and_tell_no_secret() -> None:
    site_pages = {"/": Answer(document("Who are you?"), 401), "/my": document("Who are you?")}
    with tiny_site(site_pages) as site:
        audited = visit(site, "/my")
    state, reason, detail = audited.state("/my", "student")
    assert (state, reason) == ("not audited", "login failed")
    assert detail == "the sentinel is not on the first page (401)"
    assert KEY not in detail


def test_a_page_where_the_headers_count_no_more_is_a_lost_login() -> None:
    with tiny_site({"/": page("Welcome"), "/my": document("Who are you?")}) as site:
        audited = visit(site, "/my")
    assert audited.state("/my", "student")[:2] == ("not audited", "login lost")


def test_a_preview_alone_gets_the_headers() -> None:
    with tiny_site(SITE) as home, tiny_site(SITE) as preview:
        preview.pages["/all"] = page(f'<img src="{home.base}/own.gif" alt="Sample">')
        there = settings_there(by_header(home.base), Preview(home.base + "/", preview.base + "/"))
        audited = audit(preview.base, ["/all"], there, checks=("page-title",))
        at_home = sent(home, "127.0.0.1")
    assert audited.state("/all", "student") == ("audited", "", "")
    assert at_home == {"/own.gif": {None}}


@pytest.mark.parametrize(("narrowed", "expected"), [(False, {KEY}), (True, {None})])
def test_further_hosts_get_the_headers_unless_they_are_left_out(narrowed: bool, expected: set[str | None]) -> None:
    with tiny_site({"/": page('<img src="{other}/own.gif" alt="Sample">')}) as site:
        settings = by_header(site.base, hosts=[site.other.removeprefix("http://")])
        if narrowed:
            settings = settings_there(settings, Preview("https://learn.example.org/", site.base))
        audited = audit(site.base, ["/"], settings, checks=("page-title",))
        assert {one.headers.get("X-Sample-Key") for one in site.asked if one.host == "localhost"} == expected
    assert audited.state("/", "student")[0] == "audited"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://learn.example.org/course?x=1", True),
        ("https://LEARN.example.org:443/", True),
        ("http://learn.example.org/", False),
        ("https://learn.example.org:8443/", False),
        ("https://learn.example.org.invalid/", False),
        ("https://learn.example.org@evil.invalid/", False),
        ("https://sub.learn.example.org/", False),
        ("https://media.example.org:8080/", True),
        ("https://media.example.org/", False),
        ("wss://learn.example.org/", False),
        ("https://learn.example.org:port/", False),
        ("https://999.1.1.1/", False),
        ("null", False),
        ("", False),
    ],
)
def test_secrets_go_to_the_platforms_own_hosts_and_not_in_plain_text(url: str, allowed: bool) -> None:
    hosts = OwnHosts(["https://learn.example.org/"], ["learn.example.org", "media.example.org:8080"])
    assert hosts.may_have(url) is allowed


def test_a_platform_that_is_plain_http_gets_them_in_plain_text() -> None:
    assert OwnHosts(["http://learn.example.org/"], ["learn.example.org"]).may_have("http://learn.example.org/a")
    mixed = OwnHosts(["http://learn.example.org/", "https://learn.example.org/"], ["learn.example.org"])
    assert not mixed.may_have("http://learn.example.org/a")
