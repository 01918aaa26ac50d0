"""The pages of counts: a night's form, a month, and its closing."""

# ruff: noqa: F811 - fixtures are asked for by the names under which they are imported

import re
from datetime import date, timedelta
from typing import Any

import pytest

from campus.counts import actions, queries
from campus.counts.queries import night_of
from campus.counts.rules import Seen
from campus.months.rules import nights_of
from core.database import Database
from tests.api.counting import Clock, at, campus, keeper, reader  # noqa: F401
from tests.api.people import Browser
from tests.campus.books import TEST, Campus

LAST = date(2026, 3, 9)
NIGHT = f"/rooms/counts/{LAST}"
FEBRUARY = "/rooms/counts/months/2026-02"


def fields(page: str) -> dict[str, str]:
    """The count form as a browser would send it."""
    form = page[page.index("data-draft") : page.index("</form>", page.index("data-draft"))]
    inputs = [dict(re.findall(r'(name|value)="([^"]*)"', one)) for one in re.findall(r"<input[^>]*>", form)]
    return {one["name"]: one.get("value", "") for one in inputs}


def saved(database: Database, night: date = LAST) -> dict[int, tuple[int, int, str]]:
    with database.read() as session:
        found = queries.current(session, night_of(night))
    return {place[0]: (count.rooms, count.guests, count.reason) for place, count in found.items()}


def send(browser: Browser, changes: dict[str, str], address: str = NIGHT) -> Any:
    return browser.post_form(address, fields(browser.get(address).text) | changes)


def test_a_count_is_saved_and_one_is_back_on_today(keeper: Browser, database: Database) -> None:
    answer = send(keeper, {"rooms-1": " 1 ", "guests-1": "2", "rooms-2": "0"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/today")
    assert saved(database) == {1: (1, 2, ""), 2: (0, 0, "")}
    assert "The count of 9 Mar 2026 is saved. All pavilions are counted." in keeper.get("/today").text


def test_a_pavilion_can_be_left_empty_and_entered_later(keeper: Browser, database: Database) -> None:
    send(keeper, {"rooms-1": "1", "guests-1": "2"})
    assert "1 pavilion is still open." in keeper.get("/today").text
    send(keeper, {"rooms-2": "0", "guests-2": "0"})
    assert saved(database) == {1: (1, 2, ""), 2: (0, 0, "")}


def test_what_is_expected_is_shown_in_the_form_and_not_saved(keeper: Browser, database: Database) -> None:
    page = send(keeper, {"rooms-2": "1", "take": "1"}).text
    shown = fields(page)
    assert (shown["rooms-1"], shown["guests-1"], shown["rooms-2"], shown["guests-2"]) == ("1", "2", "1", "")
    assert "nothing is saved until you save" in page
    assert saved(database) == {}


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"rooms-1": "x", "guests-1": "1"}, "Sample North: enter a whole number"),
        ({"rooms-1": "1", "guests-1": "-1"}, "Sample North: enter a whole number"),
        ({"rooms-1": "999999", "guests-1": "1"}, "Sample North: enter a whole number"),
        ({"rooms-1": "3", "guests-1": "3"}, "Sample North: there are 2 rooms"),
        ({"rooms-1": "1"}, "Sample North: fill in both"),
        ({"guests-1": "1"}, "Sample North: fill in both"),
        ({"rooms-1": "2", "guests-1": "1"}, "Sample North: a room has 1 to 12 guests"),
        ({}, "Enter at least one pavilion."),
    ],
)
def test_a_wrong_entry_is_named_and_every_entry_stays(
    keeper: Browser,
    database: Database,
    entries: dict[str, str],
    message: str,
) -> None:
    others = {"rooms-2": "1", "guests-2": "1"} if entries else {}
    answer = send(keeper, entries | others)
    assert answer.status_code == 422
    assert message in answer.text
    assert "<title>Error:" in answer.text
    shown = fields(answer.text)
    assert {name: shown[name] for name in entries | others} == entries | others
    assert saved(database) == {}


def test_every_wrong_pavilion_is_named_at_once(keeper: Browser) -> None:
    page = send(keeper, {"rooms-1": "7", "guests-1": "7", "rooms-2": "x"}).text
    assert re.findall(r'<a href="#(\w+-\d)">', page) == ["rooms-1", "rooms-2"]


def test_a_correction_needs_a_reason_and_all_versions_are_shown(keeper: Browser, database: Database) -> None:
    send(keeper, {"rooms-1": "1", "guests-1": "2"})
    answer = send(keeper, {"guests-1": "1"})
    assert (answer.status_code, fields(answer.text)["guests-1"]) == (422, "1")
    assert "The reason: a correction needs its reason" in answer.text
    send(keeper, {"guests-1": "1", "reason": "One <b>left</b> late."})
    assert saved(database)[1] == (1, 1, "One <b>left</b> late.")
    page = keeper.get(NIGHT).text
    assert "One &lt;b&gt;left&lt;/b&gt; late." in page
    assert page.count(keeper.person.name) >= 3  # twice in the history


def test_a_count_cannot_be_taken_away(keeper: Browser, database: Database) -> None:
    send(keeper, {"rooms-1": "1", "guests-1": "2"})
    answer = send(keeper, {"rooms-1": "", "guests-1": "", "reason": "never mind"})
    assert "Sample North: a count cannot be taken away" in answer.text
    assert saved(database)[1] == (1, 2, "")


def test_who_was_slower_is_told_and_loses_no_entry(keeper: Browser, database: Database, campus: Campus) -> None:
    form = fields(keeper.get(NIGHT).text)
    with database.write() as session:
        actions.enter(session, LAST, {campus.pavilions[0]: Seen(2, 2)}, TEST)
    answer = keeper.post_form(NIGHT, form | {"rooms-1": "1", "guests-1": "2", "rooms-2": "0"})
    assert answer.status_code == 422
    assert "Sample North was counted meanwhile: 2 rooms, 2 guests. Nothing was saved." in answer.text
    shown = fields(answer.text)
    assert (shown["rooms-1"], shown["guests-1"], shown["rooms-2"]) == ("1", "2", "0")
    answer = keeper.post_form(NIGHT, shown | {"reason": "Went there again."})
    assert saved(database) == {1: (1, 2, "Went there again."), 2: (0, 0, "Went there again.")}


def test_fields_that_nobody_touched_do_not_undo_what_another_entered(
    keeper: Browser,
    database: Database,
    campus: Campus,
) -> None:
    send(keeper, {"rooms-1": "1", "guests-1": "2"})
    form = fields(keeper.get(NIGHT).text)
    with database.write() as session:
        actions.enter(session, LAST, {campus.pavilions[0]: Seen(2, 2)}, TEST, reason="overlooked")
    keeper.post_form(NIGHT, form | {"rooms-2": "0", "guests-2": "0"})
    assert {place: found[:2] for place, found in saved(database).items()} == {1: (2, 2), 2: (0, 0)}


def test_a_difference_is_asked_about_and_its_explanation_settles_it(keeper: Browser, database: Database) -> None:
    answer = send(keeper, {"rooms-1": "0", "rooms-2": "0"})
    assert answer.headers["location"] == NIGHT
    assert "1 room fewer than claimed" in keeper.get(NIGHT).text
    assert keeper.post_form(f"{NIGHT}/explain", {"pavilion": "1", "explanation-1": " "}).status_code == 422
    answer = keeper.post_form(f"{NIGHT}/explain", {"pavilion": "1", "explanation-1": "Went home early."})
    assert answer.status_code == 303
    page = keeper.get(NIGHT).text
    assert "All is counted, and every difference is explained." in page
    assert "Went home early." in page


def test_the_stays_that_may_be_behind_a_difference_are_named(keeper: Browser) -> None:
    send(keeper, {"rooms-1": "0"}, "/rooms/counts/2026-03-08")
    page = keeper.get("/rooms/counts/2026-03-08").text
    assert "These guests should have arrived that day:" in page
    assert "Room 101, 2 guests, 8 Mar 2026 to 10 Mar 2026 (claim 1)" in page


@pytest.mark.parametrize("night", ["2026-03-11", "1960-01-01", "2026-3-9", "20260309", "months-no", "2026-02-30"])
def test_what_is_no_night_that_could_be_counted_has_no_page(keeper: Browser, night: str) -> None:
    assert keeper.get(f"/rooms/counts/{night}").status_code == 404


def test_a_reader_sees_a_night_and_cannot_change_it(reader: Browser) -> None:
    assert 'name="rooms-1"' not in reader.get(NIGHT).text
    assert reader.post_form(NIGHT, {"rooms-1": "1", "guests-1": "1"}).status_code == 403


def test_a_month_tells_each_night_by_shape_and_word(keeper: Browser, database: Database, campus: Campus) -> None:
    with database.write() as session:
        for day in range(1, 9):
            seen = dict.fromkeys(campus.pavilions, Seen(0, 0))
            actions.enter(session, date(2026, 3, day), seen, TEST)
        actions.explain(session, campus.pavilions[0], date(2026, 3, 8), "came late", TEST)
    page = keeper.get("/rooms/counts").text
    assert "1 of 9 nights is not counted to the end." in page
    assert page.count('<span class="hidden">agrees</span>') == 15
    assert page.count("<span>explained</span>") == 1
    assert page.count(">missing<") == 2
    assert page.count(">tonight<") == 2
    assert "8 Mar 2026" in keeper.get("/rooms/counts?month=2026-03&as_of=2026-03-08").text
    assert keeper.get("/rooms/counts.svg?month=2026-03").headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize("query", ["month=2026-13", "month=x", "month=1900-01", "as_of=yesterday", "as_of=2026-03-11"])
def test_a_month_that_is_none_is_refused(keeper: Browser, query: str) -> None:
    assert keeper.get(f"/rooms/counts?{query}").status_code == 422


def count_february(database: Database, campus: Campus) -> None:
    with database.write() as session:
        for night in nights_of(date(2026, 2, 1)):
            actions.enter(session, night, dict.fromkeys(campus.pavilions, Seen(0, 0)), TEST)


def test_a_month_is_closed_after_its_summary_was_shown(keeper: Browser, database: Database, campus: Campus) -> None:
    page = keeper.get(f"{FEBRUARY}/close").text
    assert "It cannot be closed yet: 56 counts are missing or unexplained." in page
    assert "And 16 more." in page
    assert keeper.post_form(f"{FEBRUARY}/close").status_code == 422
    count_february(database, campus)
    page = keeper.get(f"{FEBRUARY}/close").text
    assert "Command line (56 counts)" in page
    assert keeper.post_form(f"{FEBRUARY}/close").headers["location"] == FEBRUARY
    page = keeper.get(FEBRUARY).text
    assert "February 2026 is closed." in page
    assert "Nothing was changed since it was closed." in page
    assert f"by {keeper.person.name}" in page
    assert keeper.get(f"{FEBRUARY}/close").status_code == 409


def test_a_change_after_the_closing_needs_a_reason_and_stands_among_the_adjustments(
    keeper: Browser,
    database: Database,
    campus: Campus,
) -> None:
    count_february(database, campus)
    keeper.post_form(f"{FEBRUARY}/close")
    address = "/rooms/counts/2026-02-03"
    assert "February 2026 is closed: every change needs its reason" in keeper.get(address).text
    assert send(keeper, {"rooms-1": "1", "guests-1": "1"}, address).status_code == 422
    send(keeper, {"rooms-1": "1", "guests-1": "1", "reason": "Found in the lists."}, address)
    page = keeper.get(FEBRUARY).text
    assert "One adjustment since it was closed." in page
    assert "rooms counted: +1, guests counted: +1" in page
    assert "Found in the lists." in page
    assert "February 2026" in keeper.get("/rooms/counts/months").text


def test_months_that_are_over_and_open_are_listed_from_the_first_count_on(
    keeper: Browser,
    database: Database,
    campus: Campus,
) -> None:
    assert "No month is closed yet" in keeper.get("/rooms/counts/months").text
    with database.write() as session:
        actions.enter(session, LAST - timedelta(days=60), {campus.pavilions[0]: Seen(0, 0)}, TEST)
    page = keeper.get("/rooms/counts/months").text
    assert "2 months are over and still open." in page
    assert "/rooms/counts/months/2026-01/close" in page


def test_an_open_month_has_no_page_of_its_closing(keeper: Browser) -> None:
    assert keeper.get(FEBRUARY).status_code == 404
    assert keeper.get("/rooms/counts/months/2026-99").status_code == 404
