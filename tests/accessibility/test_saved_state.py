"""Saved browser states come from outside: what is wrong is named by its place, what is foreign is left out."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from accessibility.engine import saved_state
from accessibility.engine.crawl.own_hosts import OwnHosts
from accessibility.engine.saved_state import MOST_BYTES, SavedState

SECRET = "never-to-be-told-7391"
NOW = datetime(2026, 11, 21, tzinfo=UTC)
HTTPS = OwnHosts(["https://learn.example.org/"], ["learn.example.org", "media.example.org:8443"])


def cookie(**more: Any) -> dict[str, Any]:
    usual = {"name": "session", "value": SECRET, "domain": "learn.example.org", "path": "/", "expires": -1}
    return usual | {"httpOnly": True, "secure": True, "sameSite": "Lax"} | more


def storage(origin: str, **items: Any) -> dict[str, Any]:
    return {"origin": origin, "localStorage": [{"name": name, "value": value} for name, value in items.items()]}


def state(*cookies: Any, origins: Any = ()) -> SavedState:
    return saved_state.read(json.dumps({"cookies": cookies, "origins": list(origins)}))


def test_a_state_as_playwright_saves_it_is_read_and_given_back() -> None:
    read = state(cookie(_crHasCrossSiteAncestor=False), origins=[storage("https://learn.example.org", token="t")])
    assert saved_state.read(read.as_text()) == read
    assert read.for_browser() == {
        "cookies": [cookie()],
        "origins": [storage("https://learn.example.org", token="t")],
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "file: is not JSON"),
        (f"{SECRET}", "file: is not JSON"),
        ("[" * 100_000, "file: is not JSON"),
        ('{"cookies": ' + "[" * 5000 + "]" * 5000 + "}", "is no saved state"),
        ("[]", "file: "),
        (f'"{SECRET}"', "file: "),
        ('{"cookies": {}}', "cookies: "),
        (f'{{"cookies": ["{SECRET}"]}}', "cookies[0]: "),
        ('{"cookies": [], "origins": [1]}', "origins[0]: "),
        (" " * (MOST_BYTES + 1), "is longer than 512 KiB"),
    ],
)
def test_what_is_no_state_is_refused_without_repeating_it(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"longer|no saved state") as refused:
        saved_state.read(text)
    assert said in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "cookies[1].name"),
        ({"name": f"a={SECRET}"}, "cookies[1]: has a name with ="),
        ({"name": "a\r\nb"}, "cookies[1].name: holds a character"),
        ({"name": 5}, "cookies[1].name"),
        ({"value": f"{SECRET};x"}, "cookies[1].value: holds a character"),
        ({"value": f" {SECRET}"}, "cookies[1].value: holds a character"),
        ({"value": "\ud800"}, "is no saved state"),
        ({"value": SECRET * 300}, "cookies[1]: is longer than 4096 bytes"),
        ({"value": None}, "cookies[1].value"),
        ({"domain": ""}, "cookies[1].domain"),
        ({"domain": "."}, "cookies[1].domain"),
        ({"domain": f"{SECRET} b"}, "cookies[1].domain"),
        ({"domain": ["learn.example.org"]}, "cookies[1].domain"),
        ({"path": "course"}, "cookies[1]: has a name with ="),
        ({"expires": "tomorrow"}, "cookies[1].expires"),
        ({"expires": 1e300}, "cookies[1].expires"),
        ({"expires": -7}, "cookies[1].expires"),
        ({"secure": "yes"}, "cookies[1].secure"),
        ({"sameSite": "Perhaps"}, "cookies[1].sameSite"),
        ({"name": "__Host-session", "secure": False}, "cookies[1]: is called __Host-"),
        ({"name": "__host-session", "domain": ".learn.example.org"}, "cookies[1]: is called __Host-"),
        ({"name": "__Host-session", "path": "/course"}, "cookies[1]: is called __Host-"),
        ({"name": "__Http-session", "httpOnly": False}, "cookies[1]: is called __Http-"),
        ({"name": "__Secure-session", "secure": False}, "cookies[1]: is called __Host- or __Secure-"),
    ],
)
def test_a_cookie_that_no_browser_would_take_is_named_and_not_repeated(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match="no saved state") as refused:
        state(cookie(), cookie(**change))
    assert said in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    "origin",
    [
        storage("learn.example.org"),
        storage("https://learn.example.org/"),
        storage(f"https://{SECRET}@learn.example.org"),
        storage(f"https://learn.example.org\t{SECRET}"),
        storage("javascript://learn.example.org"),
        storage("https://learn.example.org:port"),
        storage("https://learn.example.org", token=7),
        storage("https://learn.example.org", token="\udfff"),
        {"origin": "https://learn.example.org", "localStorage": {"token": SECRET}},
        {"localStorage": []},
    ],
)
def test_a_local_storage_that_cannot_be_is_refused(origin: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no saved state") as refused:
        state(cookie(), origins=[origin])
    assert SECRET not in str(refused.value)


def test_what_belongs_to_other_hosts_is_left_out_and_named() -> None:
    given = state(
        cookie(),
        cookie(domain="media.example.org"),
        cookie(domain=".tracker.example.net"),
        cookie(domain="example.org"),
        cookie(domain="earn.example.org"),
        cookie(domain=".sub.learn.example.org"),
        cookie(domain="learn.example.org", partitionKey="https://elsewhere.example.net"),
        origins=[
            storage("https://learn.example.org", token="t"),
            storage("https://media.example.org:8443"),
            storage("https://media.example.org"),
            storage("http://learn.example.org"),
        ],
    )
    own, others = saved_state.own_part(given, HTTPS)
    assert [one.domain for one in own.cookies] == ["learn.example.org", "media.example.org"]
    assert [one.origin for one in own.origins] == ["https://learn.example.org", "https://media.example.org:8443"]
    left = {"tracker.example.net", "example.org", "earn.example.org", "sub.learn.example.org", "learn.example.org"}
    assert set(others) == left | {"http://learn.example.org", "https://media.example.org"}


def test_a_cookie_of_a_whole_domain_is_bound_to_the_platforms_hosts() -> None:
    given = state(cookie(domain=".example.org"))
    assert saved_state.own_part(given, HTTPS) == (given, [])
    bound = saved_state.bound(given, HTTPS)
    assert [one.domain for one in bound.cookies] == ["learn.example.org", "media.example.org"]


def test_a_state_as_large_as_can_be_is_kept_whatever_its_hosts_are() -> None:
    few = [cookie(name=f"{number}", value="x" * 300, domain=".example.org") for number in range(1000)]
    text = json.dumps({"cookies": few}, separators=(",", ":"))
    text += " " * (MOST_BYTES - len(text))
    own, _others = saved_state.own_part(saved_state.read(text), HTTPS)
    again = saved_state.stored(own.as_text())
    assert again == own
    assert len(saved_state.bound(again, HTTPS).for_browser()["cookies"]) == 2000


def test_no_cookie_of_a_platform_with_https_goes_in_plain_text() -> None:
    plain = OwnHosts(["http://learn.example.org/"], ["learn.example.org"])
    given = state(cookie(secure=False, sameSite="None"))
    assert [one.secure for one in saved_state.bound(given, HTTPS).cookies] == [True]
    kept = saved_state.bound(given, plain)
    assert [(one["secure"], one["sameSite"]) for one in kept.for_browser()["cookies"]] == [(False, "Lax")]


def test_it_is_told_when_a_state_has_run_out_and_when_it_will() -> None:
    over, ahead = NOW.timestamp() - 60, NOW.timestamp() + 60
    mixed = state(cookie(expires=over), cookie(expires=ahead), cookie())
    assert saved_state.ran_out(mixed, NOW) == datetime.fromtimestamp(over, UTC)
    assert saved_state.runs_out(mixed, NOW) == datetime.fromtimestamp(ahead, UTC)
    assert not saved_state.is_useless(mixed, NOW)
    assert saved_state.is_useless(state(cookie(expires=over)), NOW)
    assert saved_state.is_useless(state(), NOW)
    assert not saved_state.is_useless(state(cookie(expires=over), origins=[storage("https://learn.example.org")]), NOW)


def test_a_state_that_moves_takes_along_what_is_its_hosts_alone() -> None:
    given = state(
        cookie(), cookie(domain=".example.org"), cookie(domain="other.example.org"),
        origins=[storage("https://learn.example.org"), storage("https://other.example.org")],
    )  # fmt: skip
    there = saved_state.moved(given, "https://learn.example.org/lms/", "https://pr-12.example.net:8443/")
    assert [one.domain for one in there.cookies] == ["pr-12.example.net", "pr-12.example.net"]
    assert [one.origin for one in there.origins] == ["https://pr-12.example.net:8443"]
