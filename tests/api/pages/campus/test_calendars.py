"""Calendars' addresses: shown once, read without signing in, ended at once."""

import re
from collections.abc import Callable

import pytest

from api.pages.campus import calendar_feed
from core.database import Database
from tests.api.people import Browser
from tests.campus.sample_campus import add_campus

SignedIn = Callable[..., Browser]


@pytest.fixture
def keeper(database: Database, signed_in: SignedIn) -> Browser:
    add_campus(database, "blocks")
    return signed_in("facilities")


def make(keeper: Browser, subject: str) -> str:
    """The path of a new address."""
    page = keeper.post_form("/rooms/blocks/calendars", {"subject": subject})
    found = re.search(r"(/calendars/cal_[\w-]{43}\.ics)", page.text)
    assert found, page.text
    return found[1]


def test_an_address_is_read_by_who_cannot_sign_in_and_names_no_guest(keeper: Browser, client: Browser) -> None:
    answer = client.get(make(keeper, "block-1"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=900"
    assert "Sample course on safe work" in answer.text
    assert "Sample Guest" not in answer.text
    again = client.get(str(answer.url), headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_address_is_shown_once_and_ends_at_once(keeper: Browser, client: Browser) -> None:
    path = make(keeper, "pavilion-1")
    assert path not in keeper.get("/rooms/blocks/calendars").text
    number = max(map(int, re.findall(r"/rooms/blocks/calendars/(\d+)/end", keeper.get("/rooms/blocks/calendars").text)))
    assert "find nothing there any more" in keeper.get(f"/rooms/blocks/calendars/{number}/end").text
    assert keeper.post_form(f"/rooms/blocks/calendars/{number}/end").status_code == 303
    assert client.get(path).status_code == 404
    assert client.get("/calendars/cal_unknown.ics").status_code == 404


def test_an_address_that_is_read_too_often_is_told_when_to_come_back(
    keeper: Browser, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_feed, "throttle", calendar_feed.Throttle())
    monkeypatch.setattr(calendar_feed, "MOST_READS", 2)
    path, other = make(keeper, "pavilion-1"), make(keeper, "pavilion-2")
    assert [client.get(path).status_code for _read in range(3)] == [200, 200, 429]
    assert 3590 < int(client.get(path).headers["retry-after"]) <= 3601
    assert client.get(other).status_code == 200


@pytest.mark.parametrize("subject", ["", "block-x", "pavilion-99", "room-1", "block-99999999999"])
def test_a_calendar_of_nothing_is_refused(keeper: Browser, subject: str) -> None:
    assert keeper.post_form("/rooms/blocks/calendars", {"subject": subject}).status_code == 422
