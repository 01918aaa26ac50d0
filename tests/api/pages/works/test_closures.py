"""Closures in the browser's terms: the proposal, what will be done, done, undone; what-ifs beside the plan."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from campus.closures import queries, reading
from campus.renovation import queries as works
from core.database import Database
from core.i18n import today
from tests.api.page_text import said_on
from tests.api.people import Browser
from tests.campus.sample_campus import add_campus
from tests.campus.sample_closures import SLUG

PAGE = f"/works/packages/{SLUG}/closure"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """Pages have nothing to do with the kind of database."""
    add_campus(sqlite_database, "works", "closures")
    return sqlite_database


@pytest.fixture
def keeper(database: Database, signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("facilities")


def words(page: str) -> str:
    return " ".join(" ".join(one.text for one in said_on(page)).split())


def days(**given: date) -> dict[str, str]:
    return {
        f"{name}-{part}": str(getattr(day, part)) for name, day in given.items() for part in ("day", "month", "year")
    }


def choices(page: str) -> dict[str, str]:
    """What the form would send: the digest and the selected option of each conflict."""
    found = dict(re.findall(r'<input type="hidden" name="(digest|move-\d+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="(move-\d+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    return found


def matches(database: Database) -> bool:
    with database.read() as session:
        found = reading.proposal_of(session, works.package(session, SLUG))
        return found is not None and not found.rooms


def test_the_list_says_first_whether_the_books_are_those_of_the_plan(keeper: Browser) -> None:
    assert "The closures of 1 package differ from its plan." in words(keeper.get("/works/closures").text)
    assert "Sample refit: the closures are not those of the plan" in words(keeper.get("/today").text)


def test_everything_is_listed_then_done_then_undone(keeper: Browser, database: Database) -> None:
    page = keeper.get(PAGE)
    said = words(page.text)
    assert "Sample seminar" in said
    assert "No other room fits" in said
    given = choices(page.text)
    shown = keeper.get(f"{PAGE}/confirm", params=given)
    assert "These move" in words(shown.text)
    assert "These are left" in words(shown.text)
    without = keeper.post_form(f"{PAGE}/confirm", given)
    assert without.status_code == 422
    assert "Enter why the closures change" in words(without.text)
    done = keeper.post_form(f"{PAGE}/confirm", given | {"why": "Sample windows come late"})
    assert done.headers["location"] == PAGE
    assert matches(database)
    assert "Sample windows come late" in words(keeper.get("/works/closures/changes/2").text)
    assert "the rooms and the nights back" in words(keeper.get("/works/closures/changes/2/undo").text)
    keeper.post_form("/works/closures/changes/2/undo", {})
    assert not matches(database)
    assert "It is undone already." in words(keeper.get("/works/closures/changes/2/undo").text)


def test_a_proposal_that_changed_meanwhile_is_shown_anew_and_choices_are_kept(
    keeper: Browser, database: Database
) -> None:
    given = choices(keeper.get(PAGE).text)
    moved = next(name for name, value in given.items() if name != "digest" and value != "leave")
    other = given | {"digest": "0" * 32, moved: "leave", "why": "Sample slip"}
    for answer in (keeper.post_form(f"{PAGE}/confirm", other), keeper.get(f"{PAGE}/confirm", params=other)):
        assert answer.status_code == 422
        assert "changed since you looked" in words(answer.text)
        assert choices(answer.text)[moved] == "leave"
        assert 'name="why" value="Sample slip"' in answer.text
    assert not matches(database)


def test_two_stays_for_one_room_are_refused_naming_the_second(keeper: Browser) -> None:
    given = choices(keeper.get(PAGE).text)
    moving = [name for name in given if name != "digest"]
    answer = keeper.get(f"{PAGE}/confirm", params=given | dict.fromkeys(moving, "1"))
    assert answer.status_code == 422
    assert "does not fit claim" in words(answer.text)
    answer = keeper.get(f"{PAGE}/confirm", params=given | {moving[0]: "x"})
    assert "Choose one of the options." in words(answer.text)


def test_a_rule_is_given_and_its_errors_name_the_field(keeper: Browser, database: Database) -> None:
    address = "/works/packages/sample-roof-repair/closure"
    assert "No rule says yet" in words(keeper.get(address).text)
    assert "No milestones yet" in words(keeper.get(f"{address}/rule").text)
    wrong = keeper.post_form(f"{PAGE}/rule", {"days_before": "900", "version": "1"})
    assert wrong.status_code == 422
    assert "Enter a number of days from 0 to 366." in words(wrong.text)
    with database.read() as session:
        rule = queries.rule(session, works.package(session, SLUG).id)
    assert rule is not None
    right = {"start": str(rule.start_id), "finish": str(rule.finish_id), "days_before": "5", "days_after": "0"}
    assert keeper.post_form(f"{PAGE}/rule", right | {"version": "99"}).status_code == 422
    saved = keeper.post_form(f"{PAGE}/rule", right | {"version": str(rule.id), "adopt": "1"})
    assert saved.headers["location"] == PAGE


def test_a_scenario_is_kept_compared_and_dropped(keeper: Browser, database: Database) -> None:
    with database.read() as session:
        rule = queries.rule(session, works.package(session, SLUG).id)
    assert rule is not None
    address = "/works/closures/scenarios"
    finish = today() + timedelta(days=200)
    wrong = keeper.post_form(f"{address}/add", {"name": "Very late", "milestone_1": str(rule.start_id)})
    assert wrong.status_code == 422
    given = {"name": "Very late", "milestone_1": str(rule.start_id), **days(finish_1=finish)}
    twice = given | {"milestone_2": str(rule.start_id), **days(finish_2=finish)}
    assert keeper.post_form(f"{address}/add", twice).status_code == 422
    kept = keeper.post_form(f"{address}/add", given)
    assert kept.headers["location"] == address
    page = keeper.get(address)
    assert "2 scenarios stand beside the plan" in words(page.text)
    assert f"finish={finish}" in page.text
    assert not matches(database)
    keeper.post_form(f"{address}/2/drop", {})
    assert "Very late" not in words(keeper.get(address).text.split("</header>")[-1])


def test_readers_see_everything_without_forms(database: Database, signed_in: Callable[..., Browser]) -> None:
    page = signed_in("viewer").get(PAGE).text
    assert "<select" not in page
    assert "Could move to" in words(page)


def test_the_picture_is_drawn_for_both_windows(keeper: Browser) -> None:
    for address in (f"{PAGE}/rooms.svg", f"{PAGE}/rooms.svg?narrow=1"):
        answer = keeper.get(address)
        assert answer.headers["content-type"] == "image/svg+xml"
        assert "</svg>" in answer.text
