import json
from typing import Any

import pytest

from accessibility.engine.crawl.harmless import MAX_BODY, harmless_requests, is_harmless
from accessibility.engine.crawl.scope import Scope
from accessibility.engine.platform import HarmlessRequest
from tests.accessibility.crawl.simulation import settings

SERVICE = "https://moodle.example/lms/lib/ajax/service.php?sesskey=abc&info=core_fetch_notifications"
READ = [{"index": 0, "methodname": "core_course_get_recent_courses", "args": {"userid": 3}}]
WRITE = [{"index": 0, "methodname": "core_user_update_user_preferences", "args": {}}]


def allowed(body: Any, url: str = SERVICE, method: str = "POST", **changes: Any) -> bool:
    moodle = settings(**({"base": ("https://moodle.example/lms/",), "preset": "moodle"} | changes))
    sent = body if isinstance(body, bytes | str | None) else json.dumps(body)
    return is_harmless(method, url, sent, harmless_requests(moodle), Scope(moodle).hosts)


def test_a_reading_call_of_a_moodle_may_pass() -> None:
    assert allowed(READ)
    assert allowed(READ[0])
    assert allowed(READ * 3)
    assert allowed(json.dumps(READ).encode())
    assert allowed(READ, method="post")


def test_a_writing_call_may_not_pass_not_even_among_reading_ones() -> None:
    assert not allowed(WRITE)
    assert not allowed(READ + WRITE)
    assert not allowed([{"methodname": "core_get_fragment"}])


@pytest.mark.parametrize(
    "body",
    [
        None, "", b"\xff\xfe", "methodname=core_course_get_recent_courses", "[", "[]", "{}", "3", "null", "[[]]",
        '[{"methodname": ["core_fetch_notifications"]}]', "[" * 50_000, "[1" + ",1" * 10,
        '{"methodname": "core_user_update_user_preferences", "methodname": "core_fetch_notifications"}',
        json.dumps(READ * 51), json.dumps([READ[0] | {"args": "x" * MAX_BODY}]),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_read_without_doubt_may_not_pass(body: bytes | str | None) -> None:
    assert not allowed(body)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/lib/ajax/service.php", "https://moodle.example:8443/lib/ajax/service.php",
        "https://moodle.example/lib/ajax/service.php/x", "https://moodle.example/xlib/ajax/service.php",
        "https://moodle.example/course/delete.php/lib/ajax/service.php", "https://moodle.example/lib/ajax/other.php",
        "https://moodle.example/?x=/lib/ajax/service.php", "data:,/lib/ajax/service.php",
    ],
)  # fmt: skip
def test_another_address_may_not_pass(url: str) -> None:
    assert not allowed(READ, url=url)


def test_another_method_may_not_pass() -> None:
    assert not allowed(READ, method="PUT")


def test_a_platform_without_the_preset_allows_nothing() -> None:
    assert not allowed(READ, preset="")


def test_settings_add_requests_of_their_own() -> None:
    own = (
        HarmlessRequest(path="/api/search"),
        HarmlessRequest(method="REPORT", path="api/x", json_field="op", values=("r",)),
    )
    assert allowed(None, url="https://moodle.example/lms/api/search", harmless=own)
    assert allowed({"op": "r"}, url="https://moodle.example/api/x", method="REPORT", harmless=own)
    assert not allowed({"op": "w"}, url="https://moodle.example/api/x", method="REPORT", harmless=own)
