"""One's own account."""

from collections.abc import Callable

import pytest

from core import clock
from core.database import Database
from core.people import passwords, queries
from tests.api.people import PASSWORD, Browser, add_person

NEW = "another long password"


@pytest.fixture
def browser(signed_in: Callable[..., Browser]) -> Browser:
    return signed_in("viewer", "quality")


def change(browser: Browser, current: str = PASSWORD, password: str = NEW, repeated: str = NEW) -> str:
    fields = {"current": current, "password": password, "repeated": repeated}
    answer = browser.post_form("/account/password", fields)
    return answer.text if answer.status_code == 422 else str(answer.status_code)


def test_the_account_shows_who_one_is(browser: Browser) -> None:
    page = browser.get("/account").text
    assert browser.person.email in page
    assert "Viewer, Quality" in page


def test_a_new_password_ends_the_other_sessions_but_not_this_one(browser: Browser, database: Database) -> None:
    other = Browser(browser.app, follow_redirects=False).sign_in_as(database, browser.person)
    assert change(browser) == "303"
    assert "Your password is changed." in browser.get("/account").text
    assert other.get("/account").status_code == 303
    with database.read() as session:
        assert passwords.matches(NEW, queries.person(session, browser.person.id).password_hash)


@pytest.mark.parametrize(
    ("entries", "field", "sentence"),
    [
        ({"current": "wrong"}, "current", "This is not your present password."),
        ({"password": "short", "repeated": "short"}, "password", "The new password must have 12 to 200 characters"),
        ({"repeated": "different"}, "password", "The new password and its repetition differ: type both again"),
        ({"current": ""}, "current", "Enter your present password."),
    ],
)
def test_what_is_wrong_with_a_new_password_stands_at_its_field(
    browser: Browser, entries: dict[str, str], field: str, sentence: str
) -> None:
    page = change(browser, **entries)
    assert f'<a href="#{field}">{sentence}</a>' in page
    assert NEW not in page


def test_one_sees_where_one_is_signed_in_and_can_sign_out_there(browser: Browser, database: Database) -> None:
    other = Browser(browser.app, follow_redirects=False).sign_in_as(database, browser.person)
    assert "signed in at 2 places" in browser.get("/account").text
    with database.read() as session:
        newest = queries.sign_ins(session, browser.person.id, clock.now())[0]
    browser.post_form(f"/account/sign-ins/{newest.id}/end")
    assert other.get("/account").status_code == 303
    assert "Signed out there." in browser.get("/account").text


def test_ending_the_session_one_is_in_signs_out(browser: Browser, database: Database) -> None:
    with database.read() as session:
        own = queries.sign_ins(session, browser.person.id, clock.now())[0]
    assert browser.post_form(f"/account/sign-ins/{own.id}/end").headers["location"] == "/sign-in"
    assert browser.get("/account").status_code == 303


def test_nobody_can_sign_out_somebody_else(browser: Browser, database: Database) -> None:
    victim = Browser(browser.app, follow_redirects=False).sign_in_as(database, add_person(database, "viewer"))
    with database.read() as session:
        theirs = queries.sign_ins(session, victim.person.id, clock.now())[0]
    assert browser.post_form(f"/account/sign-ins/{theirs.id}/end").status_code == 404
    assert victim.get("/account").status_code == 200


def test_the_start_page_is_the_first_section_that_exists_for_the_person(
    signed_in: Callable[..., Browser],
) -> None:
    for role in ("viewer", "facilities", "quality", "accessibility", "admin"):
        browser = signed_in(role)
        address = browser.get("/").headers["location"]
        assert browser.get(address).status_code == 200
