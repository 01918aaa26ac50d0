"""Log lines, and what must not be in them."""

import io
import json
import logging
from collections.abc import Callable

import httpx2
import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError

from core import logs
from core.database import Database


def _json_lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_machines_get_one_object_a_line_also_from_libraries() -> None:
    stream = io.StringIO()
    logs.configure("auto", stream=stream)

    structlog.get_logger().info("audit ended", platform="ecampus", pages=3)
    logging.getLogger("library").warning("slow %s", "answer")
    logging.getLogger("alembic").info("too much to know")

    first, second = _json_lines(stream)
    assert (first["event"], first["platform"], first["pages"], first["level"]) == ("audit ended", "ecampus", 3, "info")
    assert str(first["timestamp"]).endswith("Z")
    assert (second["event"], second["logger"], second["level"]) == ("slow answer", "library", "warning")


def test_people_get_text() -> None:
    stream = io.StringIO()
    logs.configure("text", stream=stream)

    structlog.get_logger().info("audit ended", platform="ecampus")

    assert "audit ended" in stream.getvalue()
    assert "platform=ecampus" in stream.getvalue()


def test_secrets_are_hidden_by_name_at_any_depth_and_inside_addresses() -> None:
    stream = io.StringIO()
    logs.configure("json", stream=stream)

    structlog.get_logger().info(
        "reached https://ada:hush@example.org/?token=hush&page=2",
        password="hush",
        given={"Authorization": "hush", "steps": [{"api_key": "hush"}, "https://example.org/?sesskey=hush"]},
    )
    logging.getLogger("library").error("postgresql://campus:hush@db.invalid/campus")

    assert "hush" not in stream.getvalue()
    assert "page=2" in stream.getvalue()
    assert "example.org" in stream.getvalue()


def test_a_traceback_shows_no_variables() -> None:
    stream = io.StringIO()
    logs.configure("text", stream=stream)

    def fail() -> None:
        hidden = "hu" + "sh"
        raise ValueError(len(hidden))

    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("failed")

    assert "ValueError: 4" in stream.getvalue()
    assert "hush" not in stream.getvalue()


def test_the_secrets_of_the_settings_are_in_no_line_whatever_is_logged(configure: Callable[..., None]) -> None:
    configure(smtp_password="sample mail hush", database_url="postgresql://campus:hush%2F1@db.invalid/campus")
    stream = io.StringIO()
    logs.configure("json", stream=stream)
    log = structlog.get_logger()

    log.info("sending with sample mail hush", how={"steps": ["hush/1", ("sample mail hush",)]})
    logging.getLogger("library").warning("connecting with %s", "hush%2F1")
    try:
        raise RuntimeError("refused: sample mail hush")
    except RuntimeError:
        log.exception("failed")
    structlog.contextvars.bind_contextvars(job="sample mail hush")
    log.info("within a job")
    structlog.contextvars.clear_contextvars()

    assert len(_json_lines(stream)) == 4
    assert "hush" not in stream.getvalue()


def test_errors_of_the_database_show_neither_parameters_nor_rows(database: Database) -> None:
    stream = io.StringIO()
    logs.configure("json", stream=stream)
    insert = sa.text("INSERT INTO person (email, name) VALUES (:email, :name)")
    row = dict.fromkeys(("email", "name"), "hu" + "sh")  # tracebacks show lines of source

    try:
        with database.write() as session:
            session.execute(insert, row)
    except SQLAlchemyError as error:
        structlog.get_logger().exception("failed", error=error)

    assert "INSERT INTO person" in stream.getvalue()
    assert "hush" not in stream.getvalue()


def test_errors_of_web_requests_show_no_credentials() -> None:
    stream = io.StringIO()
    logs.configure("json", stream=stream)
    request = httpx2.Request("GET", "https://ada:hush@example.org/hook?token=hush&page=2")

    try:
        httpx2.Response(401, request=request).raise_for_status()
    except httpx2.HTTPStatusError as error:
        structlog.get_logger().exception("refused", headers=dict(request.headers) | {"X-Api-Key": "hush"}, error=error)

    assert "page=2" in stream.getvalue()
    assert "hush" not in stream.getvalue()
