"""Log lines, and what must not be in them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from core import logs


@pytest.fixture(autouse=True)
def _restore_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


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
