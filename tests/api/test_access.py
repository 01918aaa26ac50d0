"""Every role against every page, and every scope against every REST route."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import cache

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from core import clock
from core.database import Database
from core.people import keys, rules
from tests.api import access
from tests.api.people import Browser, add_person


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for route in iter_route_contexts(app.routes):
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield method, route.path


def ask(browser: Browser, method: str, path: str, **options: object) -> int:
    """Ask for a route with numbers and names that nothing has."""
    address = re.sub(r"{[^}]*}", "999999", path)
    if method == "GET" or path.startswith("/api/"):
        return browser.request(method, address, **options).status_code
    return browser.post_form(address).status_code


def test_every_route_is_listed_with_who_may_use_it(app: FastAPI) -> None:
    assert set(routes(app)) == access.PAGES.keys() | access.REST.keys() | access.METRICS.keys() | access.WITHOUT_A_KEY


@pytest.mark.parametrize("role", rules.ROLES)
def test_a_role_may_use_its_pages_and_no_others(app: FastAPI, sqlite_database: Database, role: str) -> None:
    person = add_person(sqlite_database, role)
    wrong = []
    browser = Browser(app, follow_redirects=False).sign_in_as(sqlite_database, person)
    for (method, path), who in access.PAGES.items():
        status = ask(browser, method, path)
        if path == "/sign-out":
            browser = Browser(app, follow_redirects=False).sign_in_as(sqlite_database, person)
        allowed = who == access.PUBLIC or role in who or role == rules.ADMINISTRATOR
        if status >= 500 or (status == 403) == allowed:
            wrong.append((method, path, status))
    assert not wrong


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(app: FastAPI) -> None:
    browser = Browser(app, follow_redirects=False)
    for (method, path), who in access.PAGES.items():
        status = ask(browser, method, path)
        assert who == access.PUBLIC or status == 303, (method, path)


@pytest.fixture
def token_of(sqlite_database: Database) -> Callable[[Iterable[str]], dict[str, str]]:
    """`token_of(scopes)` is the header with a token of an administrator that has these scopes; each made once."""
    person = add_person(sqlite_database, "admin")

    @cache
    def header(scopes: frozenset[str]) -> dict[str, str]:
        expires = clock.now() + timedelta(days=1)
        with sqlite_database.write() as session:
            key, _row = keys.create_token(
                session, "command", person.id, name="Sample", scopes=sorted(scopes), expires_at=expires
            )
        return {"Authorization": f"Bearer {key}"}

    return lambda scopes: header(frozenset(scopes))


def test_each_scope_that_is_enough_for_a_route_is_enough_alone(
    app: FastAPI, token_of: Callable[[Iterable[str]], dict[str, str]]
) -> None:
    browser = Browser(app, follow_redirects=False)
    for (method, path), needed in (access.REST | access.METRICS).items():
        for scope in access.scopes(needed):
            status = ask(browser, method, path, headers=token_of({scope}))
            assert status < 500, (method, path, scope)
            assert status != 403, (method, path, scope)


def test_all_other_scopes_together_are_not_enough_for_a_route(
    app: FastAPI, token_of: Callable[[Iterable[str]], dict[str, str]]
) -> None:
    """Then none of them alone is, nor any few: more scopes never allow less."""
    browser = Browser(app, follow_redirects=False)
    for (method, path), needed in (access.REST | access.METRICS).items():
        others = set(rules.SCOPES) - access.scopes(needed)
        assert ask(browser, method, path, headers=token_of(others)) == 403, (method, path)


def test_without_a_token_every_rest_route_asks_for_one(app: FastAPI) -> None:
    browser = Browser(app, follow_redirects=False)
    for method, path in access.REST | access.METRICS:
        assert ask(browser, method, path) == 401, (method, path)


def test_a_browser_may_read_but_not_change_through_rest(signed_in: Callable[..., Browser], app: FastAPI) -> None:
    browser = signed_in("admin")
    for method, path in access.REST | access.METRICS:
        status = ask(browser, method, path)
        assert (status == 403) == (method != "GET"), (method, path, status)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """Access has nothing to do with the kind of database."""
    return sqlite_database
