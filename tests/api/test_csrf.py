"""Forged requests."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from api import cookies, csrf
from core.database import Database
from tests.api.people import Browser, add_person

SAFE = {"GET", "HEAD", "OPTIONS"}
OF_GUESTS = {"/survey/{key}", "/invited/{code}", "/ask"}  # nothing to forge without cookies: api/guest_pages.py


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """None of this has to do with the kind of database."""
    return sqlite_database


def refused(answer: object) -> bool:
    return answer.status_code == 403 and "nothing was changed" in answer.text  # type: ignore[attr-defined]


def test_every_form_of_the_pages_is_protected(app: FastAPI) -> None:
    unsafe = [
        route
        for route in iter_route_contexts(app.routes)
        if route.methods and route.methods - SAFE and not route.path.startswith("/api/") and route.path not in OF_GUESTS
    ]
    assert unsafe
    for route in unsafe:
        assert csrf.protect in [one.call for one in route.dependant.dependencies], route.path


def test_a_form_without_the_token_is_refused(signed_in: Callable[..., Browser]) -> None:
    browser = signed_in("admin")
    assert refused(browser.post("/language", data={"language": "fr"}))
    assert cookies.LANGUAGE not in browser.cookies


def test_a_form_with_a_wrong_token_is_refused(signed_in: Callable[..., Browser]) -> None:
    assert refused(signed_in("admin").post("/language", data={"language": "fr", "csrf": "0" * 64}))


def test_the_token_of_another_session_is_refused(signed_in: Callable[..., Browser]) -> None:
    other = signed_in("admin").token()
    assert refused(signed_in("admin").post("/language", data={"language": "fr", "csrf": other}))


def test_the_token_of_before_the_sign_in_ends_with_it(client: Browser, database: Database) -> None:
    before = client.token()
    client.sign_in_as(database, add_person(database, "viewer"))
    assert refused(client.post("/language", data={"language": "fr", "csrf": before}))


def test_the_sign_in_form_itself_is_protected(client: Browser) -> None:
    assert refused(client.post("/sign-in", data={"email": "a@example.org", "password": "x"}))


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://testserver.example.org", "http://["])
def test_a_right_token_from_another_origin_is_refused(signed_in: Callable[..., Browser], origin: str) -> None:
    assert refused(signed_in("admin").post_form("/language", {"language": "fr"}, headers={"Origin": origin}))


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_request_that_the_browser_calls_foreign_is_refused(signed_in: Callable[..., Browser], site: str) -> None:
    browser = signed_in("admin")
    assert refused(browser.post_form("/language", {"language": "fr"}, headers={"Sec-Fetch-Site": site}))


def test_our_own_pages_are_let_through(signed_in: Callable[..., Browser]) -> None:
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    answer = signed_in("admin").post_form("/language", {"language": "fr"}, headers=headers)
    assert answer.status_code == 303


def test_behind_a_proxy_the_public_address_is_the_origin(https: Browser) -> None:
    fields = {"language": "en"}
    public = {"Origin": "https://campus.example.org"}
    assert https.post_form("/language", fields, headers=public).status_code == 303
    assert refused(https.post_form("/language", fields, headers={"Origin": "http://campus.example.org"}))
