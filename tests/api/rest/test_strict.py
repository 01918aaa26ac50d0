"""What every operation refuses, and how."""

import re
from collections.abc import Iterator

from api.middleware import MAX_BODY
from api.rest import PREFIX, routes
from api.rest.strict import STRICT
from tests.api import access
from tests.api.people import Browser
from tests.api.rest.ledger import Ledger

COMMENTS = "/api/v1/tickets/1/comments"
AS_JSON = {"Content-Type": "application/json"}


def operations(*methods: str) -> Iterator[tuple[str, str]]:
    """Operations with these methods, at addresses that can be."""
    for method, path in access.REST:
        if method in methods:
            yield method, re.sub(r"{[^}]*}", "1", path)


def test_a_parameter_that_an_operation_does_not_have_is_refused_and_named(ledger: Ledger) -> None:
    client = ledger.client("read", "audits:run", "tickets:write", "platforms:write", "admin", roles=("admin",))
    for method, address in operations("GET", "POST", "PUT", "PATCH"):
        answer = client.request(method, f"{address}?sate=open")
        assert answer.status_code == 422, (method, address)
        assert answer.json()["errors"] == [{"place": "query.sate", "detail": "There is no such parameter."}]


def test_a_body_that_is_not_json_is_refused(lead: Browser) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "json", ""):
        answer = lead.post(COMMENTS, content=b'{"text": "Hello"}', headers={"Content-Type": kind})
        assert (answer.status_code, answer.headers["content-type"]) == (415, "application/problem+json")
    accepted = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert lead.post(COMMENTS, content=b'{"text": "Hello"}', headers=accepted).status_code == 201


def test_a_form_from_another_site_changes_nothing(ledger: Ledger, lead: Browser) -> None:
    browser = Browser(ledger.app, follow_redirects=False).sign_in_as(ledger.database, lead.person)
    assert browser.get("/api/v1/me").status_code == 200
    assert browser.post("/api/v1/platforms/alpha/audits").status_code == 403
    assert lead.get("/api/v1/platforms/alpha/audits").headers["x-total-count"] == "1"


UNREADABLE = [
    (b"{", 422),
    (b'{"text": "a",}', 422),
    (b"[" * 100_000, 400),
    (b"9" * 10_000, 400),
    (b"\xff\xfe\x00", 400),
    (b'{"text": "\\ud800"}', 422),
    (b'{"text": "\\u0000"}', 422),
    (b'{"te\\u0000xt": "a"}', 422),
    (b"null", 422),
    (b'"text"', 422),
    (b"NaN", 422),
    (b" ", 422),
]


def test_a_body_that_cannot_be_read_is_refused(lead: Browser) -> None:
    for body, status in UNREADABLE:
        answer = lead.post(COMMENTS, content=body, headers=AS_JSON)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_body_that_is_too_large_is_refused(lead: Browser) -> None:
    large = b'{"text": "' + b"x" * MAX_BODY + b'"}'
    assert lead.post(COMMENTS, content=large, headers=AS_JSON).status_code == 413
    assert lead.get(COMMENTS).json() == []


def test_a_method_that_an_address_does_not_have_is_refused_with_those_it_has(lead: Browser) -> None:
    answer = lead.delete("/api/v1/platforms/alpha")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert answer.headers["allow"] == "GET, PATCH, PUT"


NUMBERS = ["0", "-1", "x", "1.5", "2147483648", "9" * 40, "%00"]


def test_a_number_that_nothing_can_have_is_not_found(lead: Browser) -> None:
    for number in NUMBERS:
        expected = 400 if "%00" in number else 404
        assert lead.get(f"/api/v1/tickets/{number}").status_code == expected
        assert lead.get(f"/api/v1/platforms/alpha/audits/{number}").status_code == expected


def test_lists_are_bounded(lead: Browser) -> None:
    for name in ("platforms", "tickets", "review", "jobs", "platforms/alpha/audits", "platforms/alpha/audits/1/rows"):
        assert lead.get(f"/api/v1/{name}?per_page=500").status_code == 200
        assert lead.get(f"/api/v1/{name}?per_page=501").status_code == 422
        assert lead.get(f"/api/v1/{name}?page=0").status_code == 422
    assert lead.get("/api/v1/platforms/alpha/scores?nights=3661").status_code == 422


def test_every_router_is_made_by_rest_router() -> None:
    others = [
        router for router in routes.ROUTERS if router.dependencies != STRICT or not router.prefix.startswith(PREFIX)
    ]
    assert [route.path for router in others for route in router.routes] == []
