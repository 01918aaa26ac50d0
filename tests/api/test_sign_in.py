"""Signing in and out."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from api import cookies
from core import clock
from core.database import Database
from core.people import queries, rules
from core.people.models import SignIn
from tests.api.people import PASSWORD, Browser, add_person


def test_the_right_password_opens_a_session_and_goes_on(client: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    answer = client.post_form("/sign-in", {"email": person.email, "password": PASSWORD, "next": "/account"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account"
    assert person.name in client.get("/account").text


def test_a_wrong_password_says_so_in_the_summary_and_keeps_the_address(client: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    answer = client.post_form("/sign-in", {"email": person.email, "password": "wrong"})
    assert answer.status_code == 401
    assert 'href="#email">The e-mail address or the password is wrong.' in answer.text
    assert f'value="{person.email}"' in answer.text
    assert "<title>Error: Sign in · Campus</title>" in answer.text
    assert cookies.SESSION not in client.cookies


def test_the_password_is_never_sent_back(client: Browser) -> None:
    answer = client.post_form("/sign-in", {"email": "nobody@example.org", "password": "a secret that I typed"})
    assert "a secret that I typed" not in answer.text


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    answer = client.post_form("/sign-in", {"email": person.email, "password": PASSWORD})
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(cookies.SESSION))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


def test_by_https_the_cookies_are_secure_and_bound_to_the_host(https: Browser, sqlite_database: Database) -> None:
    person = add_person(sqlite_database, "viewer")
    answer = https.post_form("/sign-in", {"email": person.email, "password": PASSWORD})
    cookie = next(one for one in answer.headers.get_list("set-cookie") if cookies.SESSION in one)
    assert cookie.startswith("__Host-campus_session=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_a_key_that_was_there_before_the_sign_in_is_not_used_and_ends(client: Browser, database: Database) -> None:
    attacker, person = add_person(database, "viewer"), add_person(database, "viewer")
    client.sign_in_as(database, attacker)
    planted = client.cookies[cookies.SESSION]
    answer = client.post_form("/sign-in", {"email": person.email, "password": PASSWORD})
    assert answer.status_code == 303
    assert client.cookies[cookies.SESSION] != planted
    with database.read() as session:
        assert queries.signed_in(session, planted, clock.now()) is None


def test_an_invented_key_opens_nothing(client: Browser) -> None:
    client.cookies.set(cookies.SESSION, "invented")
    assert client.get("/account").headers["location"].startswith("/sign-in")


def test_signing_out_ends_the_session_on_the_server(signed_in: Callable[..., Browser], database: Database) -> None:
    browser = signed_in("viewer")
    key = browser.cookies[cookies.SESSION]
    answer = browser.post_form("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    assert "You are signed out." in browser.get("/sign-in").text
    browser.cookies.set(cookies.SESSION, key)
    assert browser.get("/account").status_code == 303


def test_a_session_that_is_over_opens_nothing(signed_in: Callable[..., Browser], database: Database) -> None:
    browser = signed_in("viewer")
    with database.write() as session:
        session.execute(sa.update(SignIn).values(expires_at=clock.now()))
    assert browser.get("/account").status_code == 303


def test_who_is_signed_in_does_not_see_the_form_again(signed_in: Callable[..., Browser]) -> None:
    assert signed_in("viewer").get("/sign-in?next=/account").headers["location"] == "/account"


def test_too_many_attempts_are_told_how_long_to_wait(client: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    token = client.token()
    fields = {"csrf": token, "email": person.email, "password": "x" * 201}  # too long to be hashed: fast
    for _ in range(rules.TRIES_PER_EMAIL):
        assert client.post("/sign-in", data=fields).status_code == 401
    answer = client.post("/sign-in", data=fields | {"password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= rules.WINDOW.total_seconds()
    assert "Try again in about 15 minutes." in answer.text


@pytest.mark.parametrize("address", ["//example.org", "https://example.org/", "/\\example.org", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_signing_in(client: Browser, database: Database, address: str) -> None:
    person = add_person(database, "viewer")
    answer = client.post_form("/sign-in", {"email": person.email, "password": PASSWORD, "next": address})
    assert answer.headers["location"] == "/"


def test_a_page_asked_for_while_signed_out_comes_after_the_sign_in(client: Browser) -> None:
    answer = client.get("/settings/trail?subject=person&number=3")
    assert answer.headers["location"] == "/sign-in?next=/settings/trail%3Fsubject%3Dperson%26number%3D3"
    form = client.get(answer.headers["location"]).text
    assert 'name="next" value="/settings/trail?subject=person&amp;number=3"' in form


def test_a_part_of_a_page_asked_for_while_signed_out_loads_the_sign_in_page(client: Browser) -> None:
    answer = client.get("/account", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["hx-redirect"] == "/sign-in"


def test_a_one_time_password_must_be_changed_before_anything_else(client: Browser, database: Database) -> None:
    browser = client.sign_in_as(database, add_person(database, "admin", one_time=True))
    assert browser.get("/settings/people").headers["location"] == "/account/password"
    assert "Settings" not in browser.get("/account/password").text
    fields = {"current": PASSWORD, "password": "another long password", "repeated": "another long password"}
    assert browser.post_form("/account/password", fields).status_code == 303
    assert browser.get("/settings/people").status_code == 200
