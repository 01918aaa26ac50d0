"""Imports and exports for machines: a dry run, its confirmation, refusals, and tables taken out."""

import base64
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response

from campus.blocks import actions as blocks
from core.database import Database
from tests.api.people import Browser
from tests.api.rest.campus.clients import client
from tests.campus.books import TEST, Campus, open_campus
from tests.campus.tables.files import stays

GOOD = stays(("A-1", "Sample North", "101", "2026-03-01", "2026-03-04", 1, "62.50"))
BAD = stays(
    ("A-1", "Sample North", "101", "2026-03-01", "2026-03-04", 1, "62.50"),
    ("A-2", "Sample North", "999", "2026-03-01", "2026-03-04", 1, "62.50"),
)


@pytest.fixture
def campus(database: Database) -> Campus:
    with database.write() as session:
        return open_campus(session)


@pytest.fixture
def keeper(app: FastAPI, database: Database, campus: Campus) -> Browser:
    """A script that keeps the books."""
    return client(app, database, "campus:read", "campus:write")


def send(keeper: Browser, file: bytes, **more: Any) -> Response:
    given: dict[str, Any] = {"kind": "stays", "file_name": "stays.csv"}
    given["content"] = base64.b64encode(file).decode()
    return keeper.post("/api/v1/imports", json=given | more)


def test_a_dry_run_is_confirmed_by_what_it_showed(keeper: Browser) -> None:
    answer = send(keeper, GOOD)
    seen = answer.json()
    assert (answer.status_code, seen["state"], seen["counts"]["add"]) == (201, "uploaded", 1)
    assert seen["mapping"]["first"] == "Arrival"
    address, headers = answer.headers["location"], {"If-Match": answer.headers["etag"]}
    assert keeper.post(f"{address}/confirm", json={"digest": seen["digest"]}).status_code == 428
    assert keeper.post(f"{address}/confirm", json={"digest": "0" * 64}, headers=headers).status_code == 409
    done = keeper.post(f"{address}/confirm", json={"digest": seen["digest"]}, headers=headers)
    assert (done.status_code, done.json()["state"], done.json()["counts"]["add"]) == (200, "done", 1)
    assert [one["id"] for one in keeper.get("/api/v1/imports").json()] == [seen["id"]]
    undone = keeper.post(f"{address}/undo", headers={"If-Match": done.headers["etag"]})
    assert undone.json()["state"] == "undone"


def test_refused_rows_are_told_and_had_as_a_file(keeper: Browser) -> None:
    seen = send(keeper, BAD).json()
    assert seen["problems"] == [{"row": 3, "column": "room", "message": "“999” is not known"}]
    file = keeper.get(f"/api/v1/imports/{seen['id']}/refused").content.decode("utf-8-sig")
    assert file.splitlines()[0].endswith(",Problem")
    assert file.splitlines()[1].endswith(",Room: “999” is not known")
    refusal = send(keeper, BAD, dry_run=False)
    assert (refusal.status_code, "Nothing was imported. Row 3, Room" in refusal.json()["detail"]) == (409, True)
    done = send(keeper, BAD, dry_run=False, only_fine=True).json()
    assert (done["state"], done["counts"]["add"], done["counts"]["refused"]) == ("done", 1, 1)


def test_a_mapping_can_be_sent(keeper: Browser) -> None:
    content = GOOD.replace(b"Room,Arrival", b"Where,When")
    assert send(keeper, content).json()["errors"][0]["place"] == "room"
    mapping = {"pavilion": "Pavilion", "room": "Where", "first": "When", "until": "Departure"}
    seen = send(keeper, content, mapping=mapping | {"party": "Party", "segment": "Segment"}).json()
    assert seen["counts"]["add"] == 1
    assert send(keeper, content, mapping={"room": "Nowhere"}).json()["errors"][0]["place"] == "mapping.room"


@pytest.mark.parametrize(
    "wrong", [{"content": "!"}, {"content": ""}, {"file_name": "stays.xlsx"}, {"kind": "rooming", "block": 77}]
)
def test_what_cannot_be_read_is_refused(keeper: Browser, wrong: dict[str, Any]) -> None:
    assert send(keeper, GOOD, **wrong).status_code in (404, 422)
    assert keeper.get("/api/v1/imports").json() == []


def test_a_table_is_taken_out_for_a_period(keeper: Browser, database: Database, campus: Campus) -> None:
    with database.write() as session:
        campus.stay(session, 0, "2026-03-01", "2026-03-04", note="=1+1")
        campus.stay(session, 0, "2027-03-01", "2027-03-04")
    asked = "from=2026-01-01&until=2027-01-01"
    file = keeper.get(f"/api/v1/exports/stays.csv?{asked}").content.decode("utf-8-sig").splitlines()
    assert len(file) == 2
    assert file[1] == "1,,Sample North,101,2026-03-01,2026-03-04,1,50.00,Sample programme,Courses,,,booked,'=1+1"
    assert keeper.get(f"/api/v1/exports/stays.xlsx?{asked}").content.startswith(b"PK")
    assert keeper.get("/api/v1/exports/stays.csv?from=2026-02-31").status_code == 422
    assert keeper.get("/api/v1/exports/rooming.csv").status_code == 422
    assert keeper.get("/api/v1/exports/stays.csv?pavilion=999").status_code == 422


def test_names_of_guests_are_for_those_who_keep_the_books(
    app: FastAPI, database: Database, campus: Campus, keeper: Browser
) -> None:
    reader = client(app, database, "campus:read")
    assert reader.get("/api/v1/exports/rooming.csv?block=1&names=true").status_code == 403
    assert [keeper.get(f"/api/v1/exports/rooming.{ending}?block=77").status_code for ending in ("csv", "xlsx")] == [
        404
    ] * 2
    with database.write() as session:
        blocks.hold(session, campus.block(), {(campus.types[0], date(2030, 1, 1)): 1}, TEST)
    assert "Names" not in reader.get("/api/v1/exports/rooming.csv?block=1").text
    assert "Names of the guests" in keeper.get("/api/v1/exports/rooming.csv?block=1&names=true").text
