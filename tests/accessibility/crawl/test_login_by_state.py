"""Logged in by a saved browser state: proven on every page, told when it has run out, and sent to no other host."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from accessibility.engine.crawl import login
from accessibility.engine.platform import PlatformSettings
from accessibility.engine.preview import Preview, settings_there
from tests.accessibility.auditing import Audited, audit, settings_for
from tests.accessibility.site import Answer, Asked, TinySite, document, redirect, tiny_site

KEY = "sample-session-7391"
LATER = time.time() + 3600
TOKEN = "sample-token-of-the-storage"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "PAUSE", 0.05)


def cookie(**more: Any) -> dict[str, Any]:
    usual = {"name": "session", "value": KEY, "domain": "127.0.0.1", "path": "/", "expires": LATER}
    return usual | {"httpOnly": True, "secure": False, "sameSite": "Lax"} | more


def by_state(base: str, cookies: list[dict[str, Any]], origins: Any = (), **more: Any) -> PlatformSettings:
    state = json.dumps({"cookies": cookies, "origins": list(origins)})
    role = {"name": "student", "login": {"kind": "state", "state": state, "sentinel": "[data-user]"}}
    usual = settings_for(base).model_dump() | {"anonymous": False, "roles": [role]}
    return PlatformSettings.model_validate(usual | more)


def page(body: str) -> Callable[[Asked], str | Answer]:
    """For whoever brings the cookie."""

    def answer(asked: Asked) -> str | Answer:
        known = f"session={KEY}" in asked.headers.get("Cookie", "")
        return document(f"{'<p data-user>Sample student</p>' if known else 'Who are you?'}{body}")

    return answer


SITE = {"/": page("Welcome"), "/my": page('<img src="{other}/picture.gif" alt="Sample">')}


def visit(site: TinySite, *paths: str, cookies: list[dict[str, Any]], origins: Any = (), **more: Any) -> Audited:
    settings = by_state(site.base, cookies, origins, **more)
    return audit(site.base, paths, settings, checks=("page-title",))


def test_the_saved_cookies_log_in_and_go_to_no_other_host() -> None:
    theirs = cookie(domain="localhost", name="stolen")
    with tiny_site(SITE) as site:
        audited = visit(site, "/my", cookies=[cookie(), theirs], anonymous=True)
        elsewhere = [one.headers.get("Cookie") for one in site.asked if one.host == "localhost"]
        anonymous = [one.headers.get("Cookie") for one in site.asked if one.path == "/my"]
    assert audited.state("/my", "student") == ("audited", "", "")
    assert elsewhere
    assert set(elsewhere) == {None}
    assert sorted(anonymous, key=str) == [None, f"session={KEY}"]


def test_the_saved_local_storage_logs_in() -> None:
    script = f"<script>if (localStorage.token === '{TOKEN}') document.body.setAttribute('data-user', '')</script>"
    with tiny_site({"/": document(f"Welcome{script}"), "/my": document(f"My courses{script}")}) as site:
        origins = [
            {"origin": site.base, "localStorage": [{"name": "token", "value": TOKEN}]},
            {"origin": site.other, "localStorage": [{"name": "token", "value": TOKEN}]},
        ]
        audited = visit(site, "/my", cookies=[], origins=origins)
        assert {one.host for one in site.asked} == {"127.0.0.1"}
    assert audited.state("/my", "student") == ("audited", "", "")


def test_a_state_that_has_run_out_is_a_failed_login_that_says_since_when() -> None:
    with tiny_site({"/": document("<p data-user>Always here</p>")}) as site:
        audited = visit(site, "/", cookies=[cookie(expires=1_700_000_000)])
        assert site.asked == []  # nobody is taken for a student, whatever the page shows
    state, reason, detail = audited.state("/", "student")
    assert (state, reason) == ("not audited", "login failed")
    assert detail == "the saved state has run out on 2023-11-14 22:13 UTC: save a new one"


def test_a_state_of_which_the_cookie_that_counts_has_run_out_says_so_too() -> None:
    with tiny_site(SITE) as site:
        audited = visit(site, "/my", cookies=[cookie(expires=1_700_000_000), cookie(name="colour")])
    assert "the saved state has run out on 2023-11-14" in audited.state("/my", "student")[2]


def test_a_state_that_the_server_no_longer_takes_is_a_failed_login_and_tells_no_secret() -> None:
    with tiny_site(SITE) as site:
        audited = visit(site, "/my", cookies=[cookie(value="another-session")])
    assert audited.state("/my", "student") == (
        "not audited",
        "login failed",
        "the sentinel is not on the first page (200), with the saved state: save a new one",
    )


def test_a_state_without_which_one_is_sent_to_log_in_elsewhere_is_a_failed_login() -> None:
    with tiny_site({"/": redirect("{other}/single-sign-on"), "/my": redirect("{other}/single-sign-on")}) as site:
        audited = visit(site, "/my", cookies=[cookie()])
    state, reason, detail = audited.state("/my", "student")
    assert (state, reason) == ("not audited", "login failed")
    assert detail == "the first page: redirected out of scope, with the saved state: save a new one"


def test_a_state_of_other_hosts_alone_logs_nobody_in() -> None:
    with tiny_site(SITE) as site:
        audited = visit(site, "/my", cookies=[cookie(domain="localhost")])
    state, reason, detail = audited.state("/my", "student")
    assert (state, reason) == ("not audited", "login failed")
    assert detail == "the saved state holds nothing of the platform's hosts: save a new one"


def test_a_preview_alone_gets_the_saved_state() -> None:
    with tiny_site(SITE) as home:
        settings = by_state(home.base, [cookie()])
        preview_base = home.other  # the same server under another name
        there = settings_there(settings, Preview(f"{home.base}/", f"{preview_base}/"))
        audited = audit(preview_base, ["/my"], there, checks=("page-title",))
        hosts = {one.host for one in home.asked if one.headers.get("Cookie")}
    assert audited.state("/my", "student") == ("audited", "", "")
    assert hosts == {"localhost"}
