"""People through REST: documents, pages, and no lost updates."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI

from api.callers import Caller
from core import clock
from core.database import Database
from core.errors import NotFound
from core.people import keys, queries
from core.people.models import ApiToken, Person
from tests.api.people import Browser, add_person

PEOPLE = "/api/v1/people"


def with_token(app: FastAPI, database: Database, person: Person, *scopes: str, platform: str | None = None) -> Browser:
    expires = clock.now() + timedelta(days=1)
    with database.write() as session:
        key, _token = keys.create_token(
            session, "command", person.id, name="Sample", scopes=scopes, expires_at=expires, platform_slug=platform
        )
    return Browser(app, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def admin(app: FastAPI, database: Database) -> Browser:
    return with_token(app, database, add_person(database, "admin"), "read", "admin")


def test_a_token_knows_whose_it_is(admin: Browser) -> None:
    me = admin.get("/api/v1/me").json()
    assert me["person"]["roles"] == ["admin"]
    assert me["scopes"] == ["read", "admin"]
    assert "password_hash" not in me["person"]


def test_a_browser_may_read_with_its_session(signed_in: Callable[..., Browser]) -> None:
    me = signed_in("viewer").get("/api/v1/me").json()
    assert me["scopes"] == ["read", "campus:read", "feedback:read"]


def test_a_browser_may_not_change_with_its_session(signed_in: Callable[..., Browser]) -> None:
    answer = signed_in("admin").post(PEOPLE, json={})
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Changes through this interface need a token."


def test_a_browser_with_a_one_time_password_may_nothing(app: FastAPI, database: Database) -> None:
    browser = Browser(app).sign_in_as(database, add_person(database, "admin", one_time=True))
    assert browser.get("/api/v1/me").status_code == 403


@pytest.mark.parametrize("header", ["Bearer wrong", "Basic YTpi", "Bearer", "x"])
def test_a_wrong_key_is_unauthorized_and_named_so(client: Browser, header: str) -> None:
    answer = client.get("/api/v1/me", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_token_loses_what_its_person_loses(app: FastAPI, database: Database, admin: Browser) -> None:
    person = add_person(database, "accessibility")
    machine = with_token(app, database, person, "read", "audits:run")
    change = {"roles": ["viewer"]}
    assert admin.patch(f"{PEOPLE}/{person.id}", json=change, headers={"If-Match": '"v1"'}).status_code == 200
    assert machine.get("/api/v1/me").json()["scopes"] == ["read"]


def test_the_use_of_a_token_is_noted(admin: Browser, database: Database) -> None:
    admin.get("/api/v1/me")
    with database.read() as session:
        assert queries.tokens(session)[0].last_used_at is not None


def test_a_token_for_one_platform_reaches_no_other() -> None:
    caller = Caller(Person(id=1, roles=["viewer"]), ApiToken(id=2, scopes=["read"], platform_slug="a"))
    caller.must_reach("a")
    with pytest.raises(NotFound):
        caller.must_reach("b")
    assert caller.actor == "token:2"
    assert Caller(Person(id=1, roles=["viewer"])).platform is None


def test_a_list_comes_in_pages_with_links(admin: Browser, database: Database) -> None:
    for _ in range(4):
        add_person(database, "viewer")
    answer = admin.get(f"{PEOPLE}?per_page=2&page=2")
    assert len(answer.json()) == 2
    assert answer.headers["link"] == (
        f'<{PEOPLE}?per_page=2>; rel="first", <{PEOPLE}?per_page=2>; rel="prev", '
        f'<{PEOPLE}?per_page=2&page=3>; rel="next", <{PEOPLE}?per_page=2&page=3>; rel="last"'
    )


@pytest.mark.parametrize("query", ["page=0", "page=x", "per_page=501", "page=99999999999999999999"])
def test_a_page_that_cannot_be_is_refused(admin: Browser, query: str) -> None:
    answer = admin.get(f"{PEOPLE}?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["place"].startswith("query.")


def test_a_person_can_be_added(admin: Browser) -> None:
    new = {"email": "added@example.org", "name": "Sample Added", "roles": ["facilities"]}
    answer = admin.post(PEOPLE, json=new)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{PEOPLE}/{answer.json()['id']}"
    assert len(answer.json()["one_time_password"]) == 16
    shown = admin.get(answer.headers["location"])
    assert "one_time_password" not in shown.json()
    assert shown.headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize(
    "wrong",
    [{"name": "a\x00b"}, {"roles": ["king"]}, {"email": "nothing"}, {"surplus": 1}, {"roles": ["viewer\x00"]}],
)
def test_a_wrong_body_is_refused_with_its_place(admin: Browser, wrong: dict[str, object]) -> None:
    new = {"email": "added@example.org", "name": "Sample Added", "roles": ["facilities"]}
    answer = admin.post(PEOPLE, json=new | wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_a_change_needs_the_version_it_is_based_on(admin: Browser, database: Database) -> None:
    person = add_person(database, "viewer")
    address = f"{PEOPLE}/{person.id}"
    assert admin.patch(address, json={"name": "Sample"}).status_code == 428
    changed = admin.patch(address, json={"name": "Sample New"}, headers={"If-Match": '"v1"'})
    assert changed.json()["name"] == "Sample New"
    assert changed.headers["etag"] == '"v2"'
    assert admin.patch(address, json={"name": "Sample Old"}, headers={"If-Match": '"v1"'}).status_code == 412
    assert admin.get(address).json()["name"] == "Sample New"


@pytest.mark.parametrize("etag", ["v1", '"v01"', '"1"', 'W/"v1"', "*", '"v99999999999"', '"v²"'])
def test_only_our_own_etags_count(admin: Browser, database: Database, etag: str) -> None:
    person = add_person(database, "viewer")
    headers = {"If-Match": etag.encode()}
    assert admin.patch(f"{PEOPLE}/{person.id}", json={}, headers=headers).status_code == 412


def test_a_token_for_one_platform_may_not_administer_people(app: FastAPI, database: Database) -> None:
    machine = with_token(app, database, add_person(database, "admin"), "read", platform="a")
    assert machine.get(PEOPLE).status_code == 403
