"""The indicators for machines: add, change, report, read as known, and as files."""

from datetime import timedelta

import pytest
from fastapi import FastAPI

from core.database import Database
from core.i18n import today
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.sample_campus import add_campus

ALL = "/api/v1/results/indicators"
GIVEN = {
    "name": "Sample points",
    "unit": "points",
    "direction": "higher",
    "baseline": 6.5,
    "baseline_on": "2025-12-31",
    "goals": [{"day": "2026-12-31", "kind": "milestone", "value": 8}],
}


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    return client(app, database, "campus:read", "campus:write")


def test_an_indicator_is_added_changed_reported_and_dropped(keeper: Browser) -> None:
    made = keeper.post(ALL, json=GIVEN)
    assert made.status_code == 201
    one = made.headers["location"]
    day = today().isoformat()
    value = keeper.post(f"{one}/values", json={"day": day, "value": 8.2, "n": 40, "url": "https://example.org/survey"})
    assert value.status_code == 201
    found = keeper.get(one)
    assert (found.json()["status"], found.json()["last"]["value"]) == ("on track", 8.2)
    changed = GIVEN | {"name": "Sample points, renamed", "reason": "Sample reason"}
    assert keeper.put(one, json=changed).status_code == 428
    done = keeper.put(one, json=changed, headers={"If-Match": found.headers["etag"]})
    assert done.json()["name"] == "Sample points, renamed"
    assert keeper.put(one, json=changed, headers={"If-Match": found.headers["etag"]}).status_code == 412
    assert [version["reason"] for version in keeper.get(f"{one}/versions").json()] == ["Sample reason", ""]
    assert keeper.delete(one, headers={"If-Match": done.headers["etag"]}).status_code == 204
    assert keeper.get(ALL).json() == []
    assert len(keeper.get(f"{one}/values").json()) == 1


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"baseline_on": None}, "baseline"),
        ({"goals": [{"day": "2025-01-01", "value": 8}]}, "goals"),
        ({"measure": "slip", "reference": True}, "measure"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(keeper: Browser, wrong: dict[str, object], place: str) -> None:
    answer = keeper.post(ALL, json=GIVEN | wrong)
    assert answer.status_code == 422
    assert [error["place"] for error in answer.json()["errors"]] == [place]
    assert keeper.get(ALL).json() == []


def test_the_list_tells_of_a_past_day_and_of_reference_lines(keeper: Browser, database: Database) -> None:
    add_campus(database, "results")
    assert [one["code"] for one in keeper.get(f"{ALL}?references=true").json()] == ["IT 2.3.b"]
    assert keeper.get(f"{ALL}?per_page=2").headers["x-total-count"] == "10"
    yesterday = today() - timedelta(days=1)
    assert keeper.get(f"{ALL}?as_of={yesterday}").json() == []
    assert keeper.get(f"{ALL}.csv").text.startswith("\ufeffname,")
    assert keeper.get(f"{ALL}.xlsx").content.startswith(b"PK")
