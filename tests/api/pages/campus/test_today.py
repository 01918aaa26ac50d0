"""Today: the first sentence, last night's form, the year, and what waits."""

# ruff: noqa: F811 - fixtures are asked for by the names under which they are imported

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest

from campus.blocks import actions as blocks
from campus.counts import actions
from campus.counts.rules import Seen
from campus.forecast.models import Forecast
from campus.nights import Nights
from campus.requests import actions as requests
from campus.requests.actions import Wanted
from campus.requests.rules import RequestKind
from core import clock
from core.database import Database
from tests.api.counting import Clock, at, campus, keeper, reader  # noqa: F401
from tests.api.people import Browser
from tests.campus.books import TEST, Campus

LAST = date(2026, 3, 9)


def lead(page: str) -> str:
    found = re.search(r'<p class="lead dated">(.*?)</p>', page, re.S)
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


def count(database: Database, campus: Campus, *seen: Seen, night: date = LAST) -> None:
    with database.write() as session:
        actions.enter(session, night, dict(zip(campus.pavilions, seen, strict=False)), TEST, reason="again")


@pytest.mark.parametrize(
    ("now", "seen", "said"),
    [
        ("2026-03-10 08:59", [], "Last night's count is due by 10:00."),
        ("2026-03-10 09:01", [], "Last night's count is overdue: it was due by 10:00."),
        ("2026-03-10 08:59", [Seen(1, 2)], "Last night's count lacks 1 pavilion; it is due by 10:00."),
        ("2026-03-10 09:01", [Seen(1, 2)], "Last night's count lacks 1 pavilion; it was due by 10:00."),
        ("2026-03-10 09:01", [Seen(1, 2), Seen(0, 0)], "Last night's count is done."),
    ],
)
def test_the_first_sentence_says_what_is_due(
    keeper: Browser,
    database: Database,
    campus: Campus,
    at: Clock,
    now: str,
    seen: list[Seen],
    said: str,
) -> None:
    at(now)
    if seen:
        count(database, campus, *seen)
    assert lead(keeper.get("/today").text) == f"Tuesday, 10 March 2026. {said}"


def test_the_time_by_which_it_is_due_is_a_setting(keeper: Browser, configure: Callable[..., None]) -> None:
    configure(count_due="08:30")
    assert "was due by 08:30" in lead(keeper.get("/today").text)


def test_facilities_begin_their_day_there(keeper: Browser) -> None:
    assert keeper.get("/").headers["location"] == "/today"


def test_the_form_of_last_night_has_what_is_expected_and_the_first_field_has_the_focus(keeper: Browser) -> None:
    page = keeper.get("/today").text
    assert re.findall(r'class="n">(\d+) <span class="muted">\((\d+)\)', page) == [("1", "2"), ("0", "0")]
    (focused,) = re.findall(r"<input[^>]*autofocus[^>]*>", page)
    assert 'id="rooms-1"' in focused
    assert 'inputmode="numeric"' in focused


def test_a_reader_sees_the_count_and_no_form(reader: Browser, database: Database, campus: Campus) -> None:
    count(database, campus, Seen(1, 2))
    page = reader.get("/today").text
    assert 'action="/rooms/counts' not in page
    assert "lacks 1 pavilion" in page


def test_once_it_is_done_the_form_makes_way_for_its_figures(
    keeper: Browser, database: Database, campus: Campus
) -> None:
    count(database, campus, Seen(1, 2), Seen(0, 0))
    page = keeper.get("/today").text
    assert 'name="rooms-1"' not in page
    assert "Look at it or correct it" in page


def test_the_year_is_told_in_one_sentence_with_its_forecast(keeper: Browser, database: Database) -> None:
    assert "2 room-nights of 2026 are sold to date; the target is 25,000." in keeper.get("/today").text
    end = {"to_date": 2, "expected": 24_100.4, "most": 30_000, "target": 25_000, "sellable": 30_000}
    end |= {"low": 23_300.0, "high": 24_900.0, "chance": 0.11}
    with database.write() as session:
        content = {"segments": [], "years": {"2026": end}}
        session.add(Forecast(made_on=date(2026, 3, 10), made_at=clock.now(), content=content))
    page = keeper.get("/today").text
    assert "24,100 are expected by the year&#39;s end, most likely 23,300 to 24,900" in page
    assert ">11%<" in page
    assert "25% of the rooms that could be sold were sold last night: 1 of 4 (net sellable)." in page


def test_what_needs_a_decision_is_listed_with_the_page_where_it_is_made(
    keeper: Browser,
    database: Database,
    campus: Campus,
) -> None:
    for night in Nights(date(2026, 1, 31), LAST - timedelta(days=2)):
        count(database, campus, Seen(0, 0), Seen(0, 0), night=night)
    count(database, campus, Seen(0, 0), night=LAST - timedelta(days=1))
    with database.write() as session:
        held = {(campus.types[0], date(2026, 5, 1)): 1}
        blocks.hold(session, campus.block(name="Sample <course>", cut_off=date(2026, 3, 12)), held, TEST)
    page = keeper.get("/today").text
    assert "The count of 8 Mar 2026 is missing" in page
    assert "The count of 8 Mar 2026 differs from the claims" in page
    assert "The count of 7 Mar 2026 is missing" in page
    assert "Sample North: 1 room fewer than claimed" in page
    assert "Sample &lt;course&gt;: cut-off on 12 Mar 2026" in page
    assert '<a href="/rooms/counts/months/2026-02/close">February 2026 can be closed</a>' in page


def test_who_arrives_and_leaves_is_told_in_rooms_and_guests(
    keeper: Browser, database: Database, campus: Campus
) -> None:
    with database.write() as session:
        campus.stay(session, 1, "2026-03-10", "2026-03-12", guests=2)
        campus.stay(session, 2, "2026-03-10", "2026-03-12")
    page = keeper.get("/today").text
    assert re.search(r"<dt>Arrivals</dt><dd><a href=.*>2 rooms, 3 guests</a></dd>", page)


def test_more_overdue_requests_than_fit_are_one_line_and_new_ones_lead_to_their_list(
    keeper: Browser, database: Database, campus: Campus
) -> None:
    with database.write() as session:
        for due in (*[LAST] * 6, *[date(2026, 3, 10)] * 2):
            wanted = Wanted(room_id=campus.rooms[0], kind=RequestKind.FAULT, text="Sample <tap>", due=due)
            requests.report(session, wanted, TEST)
    page = keeper.get("/today").text
    assert page.count("Due on 9 Mar 2026: Sample &lt;tap&gt;") == 5
    assert '<a href="/rooms/requests?overdue=1">1 more request is overdue</a>' in page
    assert '<a href="/rooms/requests?state=new">2 requests wait to be looked at</a>' in page


@pytest.mark.parametrize(
    ("path", "title"),
    [("/rooms/capacity", "Year"), ("/rooms/claims", "Room chart"), ("/rooms/blocks/add", "Blocks")],
)
def test_the_navigation_marks_the_page_that_another_one_is_reached_from(keeper: Browser, path: str, title: str) -> None:
    assert re.findall(r'aria-current="true">([^<]+)<', keeper.get(path).text) == ["Rooms", title]


def test_a_campus_without_rooms_has_nothing_to_count(
    database: Database,
    at: Clock,
    signed_in: Callable[..., Browser],
) -> None:
    page = signed_in("facilities").get("/today")
    assert page.status_code == 200
    assert "No pavilion has rooms yet" in page.text
