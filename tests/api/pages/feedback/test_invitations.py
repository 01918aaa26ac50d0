"""Keepers plan invitations, add guests by a list or a file, and stop them; by pages and by REST."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from httpx2 import Response

from api.app import create_app
from campus.feedback.invitations import sending
from campus.feedback.invitations.models import InvitationAddress, InvitationBatch
from campus.places.models import Event
from core import clock
from core.database import Database
from core.i18n import today
from core.people import keys
from core.settings import Settings
from tests.api.people import Browser, add_person
from tests.campus.books import open_campus
from tests.campus.feedback import guests

LIST = "/feedback/invitations"
REST = "/api/v1/feedback/invitations"


@pytest.fixture
def app(sqlite_database: Database, tmp_path: Path) -> FastAPI:
    with sqlite_database.write() as session:
        campus = open_campus(session)
        guests.published(session)
        days = {"first": today() - timedelta(days=9), "until": today() - timedelta(days=4)}
        session.add(
            Event(slug="sample-course", name="Course", segment_id=campus.segments[0], party_id=campus.party, **days)
        )
    return create_app(sqlite_database, Settings(data_dir=tmp_path))


@pytest.fixture
def staff(app: FastAPI, sqlite_database: Database) -> Browser:
    person = add_person(sqlite_database, "quality")
    return Browser(app, follow_redirects=False).sign_in_as(sqlite_database, person)


def form(**more: str) -> dict[str, str]:
    return {"name": "Sample guests", "questionnaire": "sample-stay", "event": "sample-course"} | more


def waiting(database: Database) -> dict[str, str]:
    with database.read() as session:
        return {one.email: one.language for one in session.scalars(sa.select(InvitationAddress))}


def add(staff: Browser, file: bytes = b"", **fields: str) -> Response:
    given = {"csrf": staff.token(), "language": "it", "addresses": ""} | fields
    return staff.post(f"{LIST}/1/addresses", data=given, files={"file": ("guests.csv", file, "text/csv")})


def test_the_days_follow_from_the_events_end(staff: Browser, sqlite_database: Database) -> None:
    assert "Nobody was invited yet" in staff.get(LIST).text
    assert staff.post_form(f"{LIST}/new", form()).headers["location"] == f"{LIST}/1"
    with sqlite_database.read() as session:
        batch = session.get_one(InvitationBatch, 1)
    assert batch.left_on == today() - timedelta(days=5)
    assert batch.send_from == today() - timedelta(days=4)
    early = form(**{"left_on-day": "1", "left_on-month": "1", "left_on-year": str(today().year - 1)})
    refused = staff.post_form(f"{LIST}/new", early)
    assert refused.status_code == 422
    assert "The departure: must not be before the event" in refused.text


def test_guests_come_from_a_pasted_list_or_a_file_and_of_a_wrong_one_nothing_is_taken(
    staff: Browser, sqlite_database: Database
) -> None:
    staff.post_form(f"{LIST}/new", form())
    refused = add(staff, addresses="a@example.org\nnobody\nA@example.org")
    assert refused.status_code == 422
    assert "line 2" in refused.text
    assert "line 3: the same address as line 1" in refused.text
    assert "a@example.org\nnobody" in refused.text, "the entries stay"
    assert waiting(sqlite_database) == {}
    assert add(staff, addresses="a@example.org\r\nb@example.org,ar").status_code == 303
    assert add(staff, b"email;lang\nc@example.org;FR\n").status_code == 303
    assert waiting(sqlite_database) == {"a@example.org": "it", "b@example.org": "ar", "c@example.org": "fr"}
    assert "in these lines: 1" in add(staff, addresses="c@example.org\nd@example.org").text
    assert "UTF-8" in add(staff, b"\xff\xfe").text
    assert len(waiting(sqlite_database)) == 3


def test_no_page_shows_an_address(staff: Browser) -> None:
    staff.post_form(f"{LIST}/new", form())
    add(staff, addresses="secret-guest@example.org")
    for address in (LIST, f"{LIST}/1", f"{LIST}/1/stop", f"{LIST}/1/clear", "/settings/trail"):
        assert "secret-guest" not in staff.get(address).text


def test_it_is_changed_only_before_it_is_sent_and_by_who_saw_it_last(staff: Browser, sqlite_database: Database) -> None:
    staff.post_form(f"{LIST}/new", form())
    assert staff.post_form(f"{LIST}/1/edit", form(name="Other", version="1")).status_code == 303
    assert staff.post_form(f"{LIST}/1/edit", form(name="Third", version="1")).status_code == 422
    add(staff, addresses="a@example.org")
    with sqlite_database.write() as session:
        sending.take(session, "sample:1:x", 1)
    refused = staff.post_form(f"{LIST}/1/edit", form(name="Fourth", version="2"))
    assert "cannot be changed any more" in refused.text
    assert "Other" in staff.get(f"{LIST}/1").text


def test_stopping_asks_first_and_deletes_the_addresses(staff: Browser, sqlite_database: Database) -> None:
    staff.post_form(f"{LIST}/new", form())
    add(staff, addresses="a@example.org\nb@example.org")
    assert "2 guests get no mail" in staff.get(f"{LIST}/1/stop").text
    assert staff.post_form(f"{LIST}/1/stop", {"version": "1"}).status_code == 303
    assert waiting(sqlite_database) == {}
    assert add(staff, addresses="c@example.org").status_code == 422


def test_a_wrong_list_can_be_deleted_and_another_added(staff: Browser, sqlite_database: Database) -> None:
    staff.post_form(f"{LIST}/new", form())
    add(staff, addresses="wrong@example.org")
    assert staff.post_form(f"{LIST}/1/clear").status_code == 303
    assert add(staff, addresses="right@example.org").status_code == 303
    assert set(waiting(sqlite_database)) == {"right@example.org"}


def test_machines_do_the_same_by_rest(app: FastAPI, sqlite_database: Database, configure: Callable[..., None]) -> None:
    person = add_person(sqlite_database, "quality")
    with sqlite_database.write() as session:
        key, _row = keys.create_token(
            session,
            f"person:{person.id}",
            person.id,
            name="Sample",
            scopes=["feedback:write"],
            expires_at=clock.now() + timedelta(days=1),
        )
    client = Browser(app, headers={"Authorization": f"Bearer {key}"})
    made = client.post(REST, json=form())
    assert (made.status_code, made.headers["etag"], made.json()["state"]) == (201, '"v1"', "empty")
    wrong = [{"email": "a@example.org"}, {"email": "nobody"}]
    refused = client.post(f"{REST}/1/addresses", json={"addresses": wrong})
    assert (refused.status_code, "addresses.1" in refused.text) == (422, True)
    added = client.post(f"{REST}/1/addresses", json={"addresses": [{"email": "a@example.org", "language": "ar"}]})
    assert (added.status_code, added.json()) == (201, {"added": 1, "left_out": []})
    assert client.get(f"{REST}/1").json()["waiting"] == 1
    assert client.put(f"{REST}/1", json=form(name="Other")).status_code == 428
    assert client.put(f"{REST}/1", json=form(name="Other"), headers={"If-Match": '"v1"'}).json()["name"] == "Other"
    stopped = client.post(f"{REST}/1/stop", headers={"If-Match": '"v2"'})
    assert (stopped.status_code, stopped.json()["state"], waiting(sqlite_database)) == (200, "stopped", {})
    assert client.get(REST).headers["x-total-count"] == "1"
    cases = "/api/v1/feedback/cases"
    assert client.get(cases).json() == []
