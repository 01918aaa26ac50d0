"""Sessions and passwords: none can be planted, kept or used again.

More of it: `tests/api/test_sign_in.py` (cookies, keys that were there before), `tests/core/people/test_login.py` (the
throttle by account and by address), `tests/core/people/test_actions.py` (the last administrator).
"""

from collections.abc import Callable

import pytest

from api import cookies
from core.database import Database
from core.people import login as logins
from core.people import passwords
from tests.api.people import PASSWORD, Browser, add_person

NEW = "another long password 2027"


@pytest.fixture
def visitor(app: object) -> Browser:
    """A browser that nobody has signed in with."""
    return Browser(app, follow_redirects=False)  # type: ignore[arg-type]


def sign_in(browser: Browser, email: str, password: str) -> int:
    return browser.post_form("/sign-in", {"email": email, "password": password}).status_code


def test_no_cookie_that_was_planted_before_is_worth_anything_after_the_sign_in(
    visitor: Browser, history: Database
) -> None:
    person = add_person(history, "viewer")
    planted = dict.fromkeys((cookies.SESSION, cookies.VISIT), "planted-by-somebody-else-0123456789abcdef")
    for name, value in planted.items():
        visitor.cookies.set(name, value, domain="testserver.local", path="/")
    known = visitor.token()  # whoever planted the cookies knows this one too
    assert sign_in(visitor, person.email, PASSWORD) == 303
    assert planted[cookies.SESSION] not in dict(visitor.cookies).values()
    assert visitor.get("/account").status_code == 200
    assert visitor.post("/sign-out", data={"csrf": known}).status_code == 403
    stolen = Browser(visitor.app, follow_redirects=False)
    for name, value in planted.items():
        stolen.cookies.set(name, value, domain="testserver.local", path="/")
    assert stolen.get("/account").status_code == 303


def test_every_sign_in_has_a_key_of_its_own_that_ends_with_it(visitor: Browser, history: Database) -> None:
    person, keys = add_person(history, "viewer"), set()
    for _ in range(3):
        assert sign_in(visitor, person.email, PASSWORD) == 303
        keys.add(visitor.cookies[cookies.SESSION])
        assert visitor.post_form("/sign-out").status_code == 303
    assert len(keys) == 3
    for key in keys:
        visitor.cookies.set(cookies.SESSION, key, domain="testserver.local", path="/")
        assert visitor.get("/account").status_code == 303


def test_a_one_time_password_opens_nothing_once_it_was_changed(visitor: Browser, history: Database) -> None:
    person = add_person(history, "viewer", one_time=True)
    assert sign_in(visitor, person.email, PASSWORD) == 303
    other = Browser(visitor.app, follow_redirects=False)
    assert sign_in(other, person.email, PASSWORD) == 303
    fields = {"current": PASSWORD, "password": NEW, "repeated": NEW}
    assert visitor.post_form("/account/password", fields).status_code == 303
    assert other.get("/account/password").status_code == 303, "the other session ended"
    assert sign_in(other, person.email, PASSWORD) == 401
    assert sign_in(other, person.email, NEW) == 303


def test_who_is_not_there_takes_as_long_as_a_wrong_password(
    visitor: Browser, history: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the work done, not by a clock: a busy machine would prove anything."""
    person, checked = add_person(history, "viewer"), []
    inner = passwords.matches

    def counted(given: str, stored: str | None) -> bool:
        checked.append(stored)
        return inner(given, stored)

    monkeypatch.setattr(logins.passwords, "matches", counted)
    answers = [
        visitor.post_form("/sign-in", {"email": one, "password": "x"}) for one in (person.email, "no@example.org")
    ]
    assert len(checked) == 2
    assert answers[0].status_code == answers[1].status_code == 401
    said = [one.text.replace(person.email, "…").replace("no@example.org", "…") for one in answers]
    assert len(said[0]) == len(said[1])


def test_an_administrator_cannot_lock_out_the_last_one(browser_of: Callable[..., Browser]) -> None:
    admin = browser_of("admin")
    address = f"/settings/people/{admin.person.id}"
    assert admin.post_form(f"{address}/deactivate").status_code == 409
    fields = {"name": "Me", "roles": "viewer", "version": "1"}
    assert admin.post_form(address, fields).status_code == 422
    assert admin.get("/settings/people").status_code == 200
