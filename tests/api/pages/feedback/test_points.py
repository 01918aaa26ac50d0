"""Answer points: where guests answer, the sheet to print, keys, and the same for machines."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from campus.feedback.responses import queries
from campus.feedback.responses.models import AnswerPoint
from campus.places.models import Pavilion
from core import trail
from core.database import Database
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.feedback import guests

ADD = "/feedback/add-point"
NORTH = {"questionnaire": "sample-stay", "place": "pavilion:sample-north"}


@pytest.fixture
def keeper(database: Database, signed_in: Callable[..., Browser]) -> Browser:
    """Somebody who looks after the feedback of a campus with a published questionnaire."""
    with database.write() as session:
        guests.published(session)
        session.add(Pavilion(slug="sample-north", name="Sample North", uses=[], area_m2=100, invented=True))
    return signed_in("quality")


def key_of(database: Database, point_id: int = 1) -> str:
    with database.read() as session:
        return queries.point(session, point_id).point.key


def test_a_point_is_added_and_its_sheet_speaks_every_language(keeper: Browser, database: Database) -> None:
    assert "Guests can answer nowhere yet." in keeper.get("/feedback/points").text
    answer = keeper.post_form(ADD, NORTH)
    assert answer.headers["location"] == "/feedback/points/1/sheet"
    sheet = keeper.get("/feedback/points/1/sheet").text
    assert "Sample North" in sheet
    assert "<svg" in sheet
    assert all(f'<li lang="{one}"' in sheet for one in guests.LANGUAGES)
    assert '<li lang="ar" dir="rtl">' in sheet
    assert keeper.get(f"/survey/{key_of(database)}").status_code == 200
    assert "Guests can answer at one address." in keeper.get("/feedback/points").text


@pytest.mark.parametrize("place", ["pavilion:none", "event:none", "nowhere", ""])
def test_a_place_that_is_not_there_is_refused(keeper: Browser, place: str) -> None:
    assert keeper.post_form(ADD, NORTH | {"place": place}).status_code == 422


def test_one_point_is_open_at_a_time_for_a_place(keeper: Browser) -> None:
    keeper.post_form(ADD, NORTH)
    refused = keeper.post_form(ADD, NORTH)
    assert refused.status_code == 422
    assert "has an answer point for this questionnaire already" in refused.text
    keeper.post_form("/feedback/points/1/end")
    assert keeper.post_form(ADD, NORTH).status_code == 303
    assert keeper.post_form("/feedback/points/1/reopen").status_code == 409


def test_an_ended_point_can_be_reopened_with_its_key(keeper: Browser, database: Database) -> None:
    keeper.post_form(ADD, NORTH)
    address = f"/survey/{key_of(database)}"
    assert "End the answer point of Sample North?" in keeper.get("/feedback/points/1/end").text
    keeper.post_form("/feedback/points/1/end")
    assert "is closed" in keeper.get(address).text
    assert "Sample North" in keeper.get("/feedback/points?state=ended").text
    keeper.post_form("/feedback/points/1/reopen")
    assert "is closed" not in keeper.get(address).text
    with database.read() as session:
        actions = {entry.action for entry in trail.entries(session, "answer_point")}
    assert actions == {"answer_point.add", "answer_point.end", "answer_point.reopen"}


def test_a_renewed_key_ends_the_old_one(keeper: Browser, database: Database) -> None:
    keeper.post_form(ADD, NORTH)
    old = key_of(database)
    keeper.post_form("/feedback/points/1/renew")
    assert keeper.get(f"/survey/{old}").status_code == 404
    assert keeper.get(f"/survey/{key_of(database)}").status_code == 200


def test_readers_see_points_without_buttons(keeper: Browser, signed_in: Callable[..., Browser]) -> None:
    keeper.post_form(ADD, NORTH)
    page = signed_in("viewer").get("/feedback/points").text
    assert "Sample North" in page
    assert "/feedback/points/1/end" not in page


def test_machines_add_end_and_renew(app: FastAPI, database: Database) -> None:
    with database.write() as session:
        guests.published(session)
    keeper = client(app, database, "feedback:read", "feedback:write", role="quality")
    path = "/api/v1/feedback/points"
    made = keeper.post(path, json={"questionnaire": "sample-stay", "place": "campus"})
    assert (made.status_code, made.headers["location"]) == (201, f"{path}/1")
    assert made.json()["address"].endswith(f"/survey/{key_of(database)}")
    match = {"If-Match": made.headers["etag"]}
    assert keeper.patch(f"{path}/1", json={"ended": True}).status_code == 428
    ended = keeper.patch(f"{path}/1", json={"ended": True}, headers=match)
    assert ended.json()["ended_at"] is not None
    assert keeper.patch(f"{path}/1", json={"renew_key": True}, headers=match).status_code == 412
    match = {"If-Match": ended.headers["etag"]}
    again = keeper.patch(f"{path}/1", json={"renew_key": True, "ended": False}, headers=match).json()
    assert again["address"] != made.json()["address"]
    assert [one["ended_at"] for one in keeper.get(path).json()] == [None]
    assert keeper.post(path, json={"questionnaire": "none", "place": "campus"}).status_code == 422
    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(AnswerPoint)) == 1
