"""The forecast's pages: one sentence first, what is not known said, and files that no program carries out."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from campus.places.models import Segment
from core.database import Database
from core.i18n import format_date, today
from tests.api.people import Browser
from tests.campus.books import open_campus
from tests.campus.sample_forecast import add_forecast

PAGE = "/rooms/forecast"
EVERY = (PAGE, f"{PAGE}/pick-up", f"{PAGE}/pace", f"{PAGE}/groups")


@pytest.fixture
def reader(sqlite_database: Database, database: Database, signed_in: Callable[..., Browser]) -> Browser:
    """A viewer of a campus with snapshots, a group that has left, and two kept forecasts."""
    with database.write() as session:
        add_forecast(session, open_campus(session))
    return signed_in("viewer")


def test_the_page_tells_how_the_year_will_end_which_method_is_used_and_how_it_did(reader: Browser) -> None:
    page = reader.get(PAGE).text
    assert f"{today().year} is expected to end with" in page
    assert "In the next four weeks" in page
    assert "As last week (naive)" in page
    assert "In the last three months, 4 forecasts of a week up to four weeks ahead were off by" in page
    assert f"The forecast of {format_date(today() - timedelta(days=28))} and what came" in page


def test_a_segment_has_its_own_weeks_and_back_test(reader: Browser) -> None:
    assert "The weeks ahead: Courses" in reader.get(f"{PAGE}?segment=courses").text
    assert "there is no forecast of it" in reader.get(f"{PAGE}?segment=conferences").text
    assert reader.get(f"{PAGE}?segment=nowhere").status_code == 422


def test_without_snapshots_every_page_says_what_would_stand_there(signed_in: Callable[..., Browser]) -> None:
    viewer = signed_in("viewer")
    for page in EVERY:
        answer = viewer.get(page)
        assert answer.status_code == 200
        assert 'class="empty"' in answer.text
    assert viewer.get(f"{PAGE}/year.svg?year=2026").status_code == 404


def test_pick_up_tells_the_last_week_and_any_two_evenings(reader: Browser) -> None:
    page = reader.get(f"{PAGE}/pick-up").text
    assert "In the 7 days until the evening of" in page
    assert "the books gained" in page
    other = reader.get(f"{PAGE}/pick-up?since={today() - timedelta(days=2)}&until={today() - timedelta(days=1)}")
    assert "In the day until the evening of" in other.text


def test_an_evening_that_was_not_noted_is_said_beside_its_field_and_the_entry_stays(reader: Browser) -> None:
    day = (today() - timedelta(days=900)).isoformat()
    for address in (f"{PAGE}/pick-up?since={day}", f"{PAGE}/pace?on={day}"):
        answer = reader.get(address)
        assert answer.status_code == 422
        assert "There is no snapshot of" in answer.text
        assert day in answer.text
    assert "between 1964 and 2199" in reader.get(f"{PAGE}/pick-up?until=0001-01-01").text
    assert "Must be a date such as" in reader.get(f"{PAGE}/pace?on=03/04/2025").text


def test_pace_tells_which_nights_it_had_to_leave_out(reader: Browser) -> None:
    page = reader.get(f"{PAGE}/pace").text
    assert "room-nights of the next 52 weeks are on the books" in page
    assert "for want of a snapshot" in page


def test_groups_show_their_wash_beside_the_expected_one(reader: Browser) -> None:
    page = reader.get(f"{PAGE}/groups?segment=courses&before=cut-off").text
    assert "1 group contracted 12 room-nights and used 66.6% of them: a wash of 33.3%, where 10% was expected." in page


def test_every_chart_is_a_picture_in_both_sizes(reader: Browser) -> None:
    week = f"since={today() - timedelta(days=8)}&until={today() - timedelta(days=1)}"
    evening = f"on={today() - timedelta(days=1)}"
    for name in ("weeks.svg?segment=", f"year.svg?year={today().year}", f"pick-up.svg?{week}", f"pace.svg?{evening}"):
        for size in ("", "&narrow=true"):
            answer = reader.get(f"{PAGE}/{name}{size}")
            assert answer.headers["content-type"] == "image/svg+xml"
            assert answer.text.startswith("<svg")
    assert "In the end 66.6%" in reader.get(f"{PAGE}/groups.svg?months=12").text


def test_files_hold_every_month_and_segment_and_no_formula(reader: Browser, database: Database) -> None:
    with database.write() as session:
        session.get_one(Segment, 1).name = "=1+1"
    week = f"since={today() - timedelta(days=8)}&until={today() - timedelta(days=1)}"
    for name in (f"pick-up.csv?{week}", f"pace.csv?on={today() - timedelta(days=1)}", "groups.csv", "weeks.csv"):
        answer = reader.get(f"{PAGE}/{name}")
        assert answer.headers["content-disposition"].startswith("attachment")
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert rows
        assert not any(str(cell).startswith("=") for row in rows for cell in row.values())
        assert name == "weeks.csv" or any("'=1+1" in row.values() for row in rows)
