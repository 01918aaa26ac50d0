"""Snapshots, pick-up, pace, materialisation and forecasts for machines."""

from datetime import timedelta

import pytest
from fastapi import FastAPI

from core import clock
from core.database import Database
from core.i18n import today
from core.people import keys
from core.people.rules import CAMPUS_READ
from tests.api.people import Browser, add_person
from tests.campus.books import open_campus
from tests.campus.sample_forecast import add_forecast

V1 = "/api/v1"


@pytest.fixture
def reader(app: FastAPI, database: Database) -> Browser:
    """A client that may read the books of a campus with snapshots and forecasts."""
    with database.write() as session:
        add_forecast(session, open_campus(session))
    person, ends = add_person(database, "viewer"), clock.now() + timedelta(days=1)
    with database.write() as session:
        key, _token = keys.create_token(
            session, "command", person.id, name="Sample", scopes=(CAMPUS_READ,), expires_at=ends, platform_slug=None
        )
    return Browser(app, follow_redirects=False, headers={"Authorization": f"Bearer {key}"})


def test_snapshots_come_newest_first_with_what_they_hold(reader: Browser) -> None:
    answer = reader.get(f"{V1}/snapshots?per_page=2")
    first, second = answer.json()
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert (first["taken_on"], first["replayed"], second["taken_on"] < yesterday) == (yesterday, True, True)
    assert int(answer.headers["X-Total-Count"]) > 70
    books = reader.get(f"{V1}/snapshots/{yesterday}?per_page=500").json()
    assert sum(row["sold"] for row in books) == first["sold"]
    assert books[0].keys() == {"night", "segment", "sold", "held"}
    assert reader.get(f"{V1}/snapshots/2001-01-01").status_code == 404


def test_pick_up_and_pace_add_up_to_their_totals(reader: Browser) -> None:
    picked, pace = reader.get(f"{V1}/pick-up").json(), reader.get(f"{V1}/pace").json()
    assert picked["pick_up"] == sum(line["pick_up"] for line in picked["lines"]) > 0
    assert picked["nights"] == 399
    assert pace["pace"] == sum(line["pace"] for line in pace["lines"])
    assert pace["nights"] + pace["nights_unknown"] == 364


def test_an_evening_that_was_not_noted_is_refused_by_name(reader: Browser) -> None:
    answer = reader.get(f"{V1}/pick-up?since=2001-01-01")
    assert answer.status_code == 422
    assert "no snapshot of 1 Jan 2001" in answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    for path in ("pick-up?until=", "pace?on=", "materialisation?until="):
        assert reader.get(f"{V1}/{path}0001-01-01").status_code == 422


def test_materialisation_is_told_for_all_by_segment_and_by_party(reader: Browser) -> None:
    whole, segment, party = reader.get(f"{V1}/materialisation").json()
    assert (whole["cut"], segment["name"], party["name"]) == ("whole", "courses", "sample-programme")
    assert (whole["contracted"], whole["used"], whole["groups"]) == (12, 8, 1)
    assert whole["wash"] == pytest.approx(1 / 3)
    assert [week["before"] for week in whole["weeks"]] == list(range(30, -1, -1))


def test_forecasts_are_listed_and_the_latest_and_one_of_a_day_are_whole(reader: Browser) -> None:
    days = reader.get(f"{V1}/forecasts").json()
    assert [one["made_on"] for one in days] == [str(today()), str(today() - timedelta(days=28))]
    latest = reader.get(f"{V1}/forecasts/latest").json()
    assert latest == reader.get(f"{V1}/forecasts/{today()}").json()
    assert latest["years"][str(today().year)].keys() >= {"to_date", "expected", "low", "high", "chance"}
    part = latest["segments"][0]
    assert part["segment"] == "courses"
    assert part["tests"][0]["since"] == str(today() - timedelta(days=28))
    assert len(part["weeks"]["nights"]) == len(part["weeks"]["low"])
    assert reader.get(f"{V1}/forecasts/2001-01-01").status_code == 404
