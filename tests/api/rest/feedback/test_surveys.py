"""Earlier surveys and raw answers for machines."""

import base64
from random import Random
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response

from core.database import Database
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.books import open_campus
from tests.campus.feedback import guests
from tests.campus.sample_surveys import FINE, STRANGE

MEANT = {"room_comfort": {"Very good": "5", "Good": "4"}}


@pytest.fixture
def keeper(app: FastAPI, database: Database) -> Browser:
    with database.write() as session:
        open_campus(session)
        guests.published(session)
    return client(app, database, "feedback:raw", role="quality")


def send(keeper: Browser, file: bytes, **more: Any) -> Response:
    given: dict[str, Any] = {"questionnaire": "sample-stay", "file_name": "sample.csv"}
    given["content"] = base64.b64encode(file).decode()
    return keeper.post("/api/v1/feedback/surveys", json=given | more)


def test_by_itself_it_only_looks(keeper: Browser) -> None:
    looked = send(keeper, STRANGE).json()
    assert (looked["imported"], looked["responses"], len(looked["refused"])) == (False, 0, 3)
    assert looked["unknown_answers"] == {"room_comfort": ["Very good", "Good"], "recommend": ["12"]}
    assert send(keeper, FINE).json()["responses"] == 12


def test_all_rows_come_in_or_those_that_are_fine(keeper: Browser) -> None:
    assert send(keeper, STRANGE, values=MEANT, dry_run=False).status_code == 409
    done = send(keeper, STRANGE, values=MEANT, dry_run=False, only_fine=True).json()
    assert (done["imported"], done["responses"]) == (True, 1)
    assert send(keeper, STRANGE, values=MEANT, dry_run=False, only_fine=True).status_code == 409


def test_what_cannot_be_is_named(keeper: Browser) -> None:
    wrong: list[dict[str, Any]] = [
        {"questionnaire": "nothing"},
        {"content": "###"},
        {"columns": {"food": "no such heading"}},
        {"columns": {"food": "food"}},
        {"surprise": 1},
    ]
    for more in wrong:
        assert send(keeper, FINE, **more).status_code == 422, more


def test_raw_answers_come_without_what_would_tell_of_few(keeper: Browser, database: Database) -> None:
    [quarter] = guests.past_quarters(1)
    with database.write() as session:
        guests.fill(session, 1, quarter, 6, Random(1))
        guests.fill(session, 1, quarter, 2, Random(2), language="ar")
        guests.close_all(session, [quarter])
    rows = keeper.get(f"/api/v1/feedback/responses?first={quarter}&last={quarter}").json()
    assert len(rows) == 8
    assert {(row["quarter"], row["pavilion"]) for row in rows} == {(str(quarter), "")}
    assert keeper.get("/api/v1/feedback/responses?first=2020-Q1&last=2020-Q1").status_code == 422
