"""The room chart as a page."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.database import Database
from core.i18n import today
from tests.api.page_text import said_on
from tests.api.people import Browser
from tests.campus.books import Campus
from tests.campus.sample_campus import add_campus

MONDAY = today() - timedelta(days=today().weekday())


def text(page: str) -> str:
    """What the page says, in one line."""
    return " ".join(" ".join(one.text for one in said_on(page)).split())


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """Pages are the same on both databases; what differs is asked in tests/campus."""
    return sqlite_database


@pytest.fixture
def campus(database: Database) -> Campus:
    return add_campus(database, "claims")


@pytest.fixture
def keeper(campus: Campus, signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("facilities")


def test_the_first_sentence_says_how_many_rooms_are_free_tonight(keeper: Browser) -> None:
    assert "Tonight 3 of 8 rooms are free." in text(keeper.get("/rooms/chart?pavilion=all").text)
    assert "Tonight 1 of 4 rooms is free." not in text(keeper.get("/rooms/chart").text)


def test_the_chart_begins_with_the_first_pavilion_and_this_week(keeper: Browser) -> None:
    page = keeper.get("/rooms/chart").text
    assert f'value="{MONDAY.isoformat()}"' in page
    assert page.count('role="columnheader" class="day') == 14
    assert "Claims of room&nbsp;</span>101" in page
    assert "Claims of room&nbsp;</span>102" not in page


def test_a_day_or_number_that_cannot_be_is_passed_over(keeper: Browser) -> None:
    for query in ("start=tomorrow", "start=9999-12-31", "pavilion=none&type=none", "room=99999999999", "room=x"):
        assert keeper.get(f"/rooms/chart?{query}").status_code == 200, query


def test_earlier_and_later_keep_what_is_filtered(keeper: Browser) -> None:
    page = keeper.get("/rooms/chart?weeks=4&pavilion=all&start=2026-03-02").text
    assert "/rooms/chart?weeks=4&amp;pavilion=all&amp;start=2026-03-30" in page
    assert "/rooms/chart?weeks=4&amp;pavilion=all&amp;start=2026-02-02" in page


def test_each_bar_says_its_kind_its_nights_and_leads_to_its_claim(keeper: Browser) -> None:
    page = text(keeper.get(f"/rooms/chart?pavilion=all&start={today() - timedelta(days=3)}").text)
    assert "Stay, Sample programme" in page
    assert "1 guest" in page
    for kind in ("Extended closure", "Out of order", "House use", "Out of service until"):
        assert kind in page


def test_what_groups_hold_stands_below_by_type(keeper: Browser) -> None:
    page = text(keeper.get(f"/rooms/chart?start={today() + timedelta(days=18)}").text)
    assert "Held for groups in all pavilions, no room chosen yet" in page
    assert "Sample course on safe work" in page
    assert "1 room held" in page


def test_a_free_night_leads_a_keeper_to_a_form_and_nobody_else(
    keeper: Browser, signed_in: Callable[..., Browser], campus: Campus
) -> None:
    night = today() + timedelta(days=400)
    address = f"/rooms/chart?room={campus.rooms[0]}&start={night.isoformat()}"
    link = f'href="/rooms/claims/new?room={campus.rooms[0]}&amp;first={night.isoformat()}"'
    assert link in keeper.get(address).text
    other = signed_in("viewer").get(address).text
    assert link not in other
    assert "free" in other


def test_without_rooms_it_says_what_would_stand_there(signed_in: Callable[..., Browser]) -> None:
    assert "No room fits" in signed_in("viewer").get("/rooms/chart").text
