"""Every request has an id that leads to its lines in the log, and an access line without secrets."""

import io
import json
from typing import Any

import pytest
import structlog
from fastapi import FastAPI, Request

from api.app import create_app
from core import logs
from core.database import Database
from tests.api.metrics.test_metrics import token
from tests.api.people import Browser, add_person

ID = "proxy-12345678"


class Log:
    """What was logged, line by line."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        logs.configure("json", stream=self.stream)

    def lines(self, event: str = "") -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.stream.getvalue().splitlines()]
        return [line for line in lines if event in ("", line["event"])]


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """None of this has to do with the kind of database."""
    return sqlite_database


@pytest.fixture
def log(app: FastAPI) -> Log:
    return Log()


def test_a_request_has_one_access_line(client: Browser, log: Log) -> None:
    answer = client.get("/sign-in?next=hush", headers={"X-Request-ID": ID, "Cookie": "campus_session=hush"})
    (line,) = log.lines("request")
    told = {name: line[name] for name in ("method", "route", "status", "request", "by")}
    assert told == {"method": "GET", "route": "/sign-in", "status": 200, "request": ID, "by": ""}
    assert line["bytes"] == len(answer.content)
    assert 0 < line["milliseconds"] < 60_000
    assert "hush" not in log.stream.getvalue()


def test_it_names_the_route_and_the_person_by_number_only(app: FastAPI, database: Database, log: Log) -> None:
    person = add_person(database, "admin")
    Browser(app).sign_in_as(database, person).get(f"/settings/people/{person.id}")
    Browser(app).get("/api/v1/people", headers=token(database, "admin"))
    Browser(app).get("/no/such/page/hush")
    pages = [(line["route"], line["by"]) for line in log.lines("request")]
    by_token = f"token 1 of person {person.id + 1}"
    assert pages == [
        ("/settings/people/{person_id}", f"person {person.id}"),
        ("/api/v1/people", by_token),
        ("none", ""),
    ]
    assert person.email not in log.stream.getvalue()
    assert "hush" not in log.stream.getvalue()


@pytest.mark.parametrize("given", ["short", "x" * 65, 'x"><script>alert', "with space 12", "two\tparts-123", "é" * 10])
def test_an_id_that_does_not_fit_is_replaced(client: Browser, log: Log, given: str) -> None:
    answer = client.get("/health", headers={"X-Request-ID": given.encode()})
    made = answer.headers["x-request-id"]
    assert made != given
    assert len(made) == 16
    assert [line["request"] for line in log.lines()] == [made]


def test_whatever_fails_within_a_request_leads_back_to_it_without_secrets(database: Database, log: Log) -> None:
    app = create_app(database)

    def fail(request: Request) -> None:
        structlog.get_logger().warning("about to fail", headers=dict(request.headers))
        raise RuntimeError("no answer from https://ada:hush@example.org/?token=hush")

    app.add_api_route("/fails", fail)
    headers = {"X-Request-ID": ID, "Authorization": "Bearer hush-hush-hush", "Cookie": "session=hush"}
    answer = Browser(app).get("/fails", headers=headers)
    assert answer.status_code == 500
    assert ID in answer.text
    assert "hush" not in answer.text
    events = [(line["event"], line["request"]) for line in log.lines()]
    assert events == [("about to fail", ID), ("request failed", ID), ("request", ID)]
    assert log.lines("request")[0]["status"] == 500
    assert "RuntimeError" in log.stream.getvalue()
    assert "hush" not in log.stream.getvalue()


def test_a_line_of_one_request_never_carries_the_id_of_another(client: Browser, log: Log) -> None:
    for number in range(3):
        client.get("/health", headers={"X-Request-ID": f"proxy-1234567{number}"})
    structlog.get_logger().info("outside")
    assert [line.get("request") for line in log.lines()] == [f"proxy-1234567{n}" for n in range(3)] + [None]
