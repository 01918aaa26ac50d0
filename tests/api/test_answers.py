"""What every answer has, and how failures are answered."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from api.app import create_app
from api.middleware import MAX_BODY
from core import errors
from core.database import Database
from tests.api.people import Browser


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """None of this has to do with the kind of database."""
    return sqlite_database


def failing(database: Database, path: str, error: Exception) -> Browser:
    def fail() -> None:
        raise error

    app = create_app(database)
    app.add_api_route(path, fail)
    return Browser(app, follow_redirects=False)


def test_pages_may_load_and_send_nothing_but_our_own(client: Browser) -> None:
    headers = client.get("/sign-in").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers


def test_by_https_browsers_are_told_to_stay_there(https: Browser) -> None:
    assert https.get("/sign-in").headers["strict-transport-security"] == "max-age=63072000"


def test_static_files_asked_for_by_digest_may_be_kept(client: Browser) -> None:
    page = client.get("/sign-in").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    kept = client.get(address)
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get(address.split("?")[0]).headers["cache-control"] == "no-cache"


def test_every_answer_has_a_request_id_and_keeps_a_good_one(client: Browser) -> None:
    assert len(client.get("/health").headers["x-request-id"]) == 16
    given = client.get("/health", headers={"X-Request-ID": "proxy-12345678"})
    assert given.headers["x-request-id"] == "proxy-12345678"
    forged = client.get("/health", headers={"X-Request-ID": 'x"><script>'})
    assert forged.headers["x-request-id"] != 'x"><script>'


def test_the_probes_tell_nothing_about_the_database(client: Browser) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json() == {"status": "ready", "checks": {"database": "ok", "data_folder": "ok"}}


def test_without_a_database_the_process_lives_but_is_not_ready(tmp_path: Path) -> None:
    broken = Database(f"sqlite:///{tmp_path}/gone/campus.sqlite")
    (tmp_path / "gone").rmdir()
    client = Browser(create_app(broken), follow_redirects=False)
    assert client.get("/health").status_code == 200
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert "sqlite" not in answer.text


def test_a_body_over_the_limit_is_refused(client: Browser) -> None:
    answer = client.post("/sign-in", content=b"x" * (MAX_BODY + 1))
    assert answer.status_code == 413
    assert "too large" in answer.text
    document = client.post("/api/v1/people", content=b"x" * (MAX_BODY + 1))
    assert document.json()["status"] == 413
    assert client.post("/sign-in", headers={"Content-Length": "9" * 5000}).status_code == 413


def test_a_body_over_the_limit_is_refused_even_when_its_length_is_not_announced(client: Browser) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(MAX_BODY // 65536 + 1):
            yield b"x" * 65536

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/sign-in", content=parts(), headers=headers)
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_an_unknown_address_gets_a_page_that_leads_on(client: Browser, signed_in: Callable[..., Browser]) -> None:
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert "<title>Page not found · Campus</title>" in answer.text
    assert 'href="/sign-in"' in answer.text
    assert "Go to the start page" in signed_in("viewer").get("/nothing").text


def test_an_unknown_address_under_api_gets_a_problem_document(client: Browser) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 404
    assert problem["title"] == "Not Found"
    assert problem["instance"] == "/api/v1/nothing"
    assert problem["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.InvalidInput("is wrong", place="name"), 422),
        (errors.NotFound("gone"), 404),
        (errors.NotAllowed("no"), 403),
        (errors.Conflict("changed"), 409),
        (errors.TooManyAttempts("wait", retry_after=7), 429),
        (errors.Unavailable("no browser"), 503),
    ],
)
def test_each_failure_has_its_status_as_page_and_as_document(
    database: Database, error: errors.CampusError, status: int
) -> None:
    assert failing(database, "/fails", error).get("/fails").status_code == status
    document = failing(database, "/api/v1/fails", error).get("/api/v1/fails")
    assert document.status_code == status
    assert document.json()["detail"] == str(error)


def test_wrong_input_names_its_place_and_throttling_the_seconds(database: Database) -> None:
    wrong = failing(database, "/api/v1/fails", errors.InvalidInput("is wrong", place="name"))
    assert wrong.get("/api/v1/fails").json()["errors"] == [{"place": "name", "detail": "is wrong"}]
    throttled = failing(database, "/api/v1/fails", errors.TooManyAttempts("wait", retry_after=7))
    assert throttled.get("/api/v1/fails").headers["retry-after"] == "7"


@pytest.mark.parametrize("path", ["/breaks", "/api/v1/breaks"])
def test_an_unforeseen_failure_tells_the_number_but_no_detail(database: Database, path: str) -> None:
    with capture_logs([merge_contextvars]) as lines:
        answer = failing(database, path, RuntimeError("detail of the inside")).get(path)
    assert {line["request"] for line in lines} == {answer.headers["x-request-id"]}
    assert answer.status_code == 500
    assert "detail of the inside" not in answer.text
    assert answer.headers["x-request-id"] in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("address", ["/settings/trail?subject=%00", "/%00", "/api/v1/people?page=%00"])
def test_an_address_with_a_nul_is_not_understood(client: Browser, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_form_with_a_nul_is_refused_before_anything_reads_it(client: Browser) -> None:
    assert client.post_form("/sign-in", {"email": "a\x00@example.org", "password": "x"}).status_code == 422


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999"])
def test_a_number_that_no_row_can_have_is_not_found(signed_in: Callable[..., Browser], number: str) -> None:
    assert signed_in("admin").get(f"/settings/people/{number}").status_code == 404


def test_the_description_of_the_interface_has_no_pages(client: Browser) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/me" in paths
    assert all(path.startswith("/api/v1/") for path in paths)
    assert client.get("/docs").status_code == 404
