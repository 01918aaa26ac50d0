"""The page of the trail."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from api.words import ACTIONS, SUBJECTS
from core import trail
from core.database import Database
from tests.api.people import Browser


@pytest.fixture
def admin(signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("admin")


def add_entries(database: Database, count: int) -> None:
    with database.write() as session:
        for number in range(count):
            trail.record(session, "clock", "thing.do", "thing", number, before={"a": None}, after=["x", number])


def test_a_change_shows_who_what_when_and_the_values(admin: Browser) -> None:
    page = admin.get("/settings/trail").text
    assert "Signed in" in page
    assert admin.person.name in page
    assert "roles: admin" in page


def test_everything_that_the_service_records_has_words() -> None:
    sources = [file.read_text() for folder in ("core", "accessibility", "jobs") for file in Path(folder).rglob("*.py")]
    recorded = {step for text in sources for step in re.findall(r'record\(\s*session,\s*\w+,\s*"([a-z_.]+)"', text)}
    assert len(recorded) > 10
    assert recorded <= ACTIONS.keys()
    assert {step.partition(".")[0] for step in recorded} <= SUBJECTS.keys()


def test_what_has_no_words_of_ours_is_shown_as_it_is(admin: Browser, database: Database) -> None:
    add_entries(database, 1)
    page = admin.get("/settings/trail?subject=thing").text
    assert "thing.do" in page
    assert "The clock" in page
    assert "[&#34;x&#34;, 0]" in page


def test_the_trail_of_one_subject_can_be_shown_alone(admin: Browser, database: Database) -> None:
    add_entries(database, 3)
    page = admin.get("/settings/trail?subject=thing&number=1").text
    assert page.count("thing.do") == 1
    assert "Signed in" not in page


def test_a_long_trail_comes_in_pages(admin: Browser, database: Database) -> None:
    add_entries(database, 60)
    first = admin.get("/settings/trail?subject=thing").text
    assert first.count("thing.do") == 50
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = admin.get(older).text
    assert second.count("thing.do") == 10
    assert "Newest" in second


def test_where_nothing_happened_the_page_says_what_would_stand_there(admin: Browser) -> None:
    assert "Nothing was changed" in admin.get("/settings/trail?subject=nothing").text
