"""Signing in through an OpenID provider, over HTTP: who gets in, who does not, and what stays of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from api import cookies
from core import clock, trail
from core.database import Database
from core.people import actions, queries
from core.people.models import PendingSignIn, Person, SignIn
from core.people.oidc import accounts
from tests.api.oidc.way import BACK, BEGIN, refused, sign_in, way_back
from tests.api.people import PASSWORD, Browser, add_person
from tests.oidc_provider import CLIENT_ID, Provider


@pytest.mark.parametrize("kind", ["sqlite_database", "postgres_database"])
def test_the_first_time_links_by_verified_address_and_later_ones_by_subject(
    kind: str, request: pytest.FixtureRequest, provider: Provider, app: FastAPI
) -> None:
    app.state.database = database = request.getfixturevalue(kind)
    person = add_person(database, "accessibility")
    provider.claims |= {"email": person.email, "email_verified": True}
    assert sign_in(Browser(app, follow_redirects=False)).status_code == 303
    provider.claims |= {"email": "renamed@example.org"}
    browser = Browser(app, follow_redirects=False)
    assert sign_in(browser, f"{BEGIN}?next=/account").headers["location"] == "/account"
    assert "Linked since" in browser.get("/account").text
    with database.read() as session:
        done = [(one.action, one.actor) for one in trail.entries(session, "person", person.id)]
        assert done == [("person.link", "oidc"), ("person.create", "command")]


def test_the_browser_is_sent_with_state_nonce_and_pkce(provider: Provider, client: Browser) -> None:
    answer = client.get(BEGIN)
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["client_id"] == [CLIENT_ID]
    assert asked["response_type"] == ["code"]
    assert asked["scope"] == ["openid email profile"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) == len(asked["nonce"][0]) == len(asked["code_challenge"][0]) == 43
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=600" in cookie
    assert asked["state"][0] not in cookie


def test_the_session_has_a_new_key_and_ends_the_one_before(
    provider: Provider, lead: Person, app: FastAPI, database: Database
) -> None:
    browser = Browser(app, follow_redirects=False)
    before = way_back(browser)  # begun, then signed in by password in another window
    browser.sign_in_as(database, lead)
    old = browser.cookies[cookies.SESSION]
    assert browser.get(before).status_code == 303
    assert cookies.SESSION in browser.cookies
    with database.read() as session:
        assert queries.signed_in(session, old, clock.now()) is None
        assert [one.by_oidc for one in queries.sign_ins(session, lead.id, clock.now())] == [True]


def test_an_answer_counts_once(provider: Provider, lead: Person, client: Browser) -> None:
    back = way_back(client)
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400


def test_an_answer_counts_in_the_browser_that_began_only(
    provider: Provider, lead: Person, app: FastAPI, client: Browser
) -> None:
    other = Browser(app, follow_redirects=False)
    other.get(BEGIN)
    answer = other.get(way_back(client))
    assert answer.status_code == 400
    assert "no longer valid" in answer.text


def test_a_wrong_state_is_refused_and_uses_the_sign_in_up(provider: Provider, lead: Person, client: Browser) -> None:
    back = way_back(client)
    assert client.get(f"{BACK}?code=x&state=wrong").status_code == 400
    assert client.get(back).status_code == 400


def test_after_ten_minutes_it_is_too_late(
    provider: Provider, lead: Person, client: Browser, database: Database
) -> None:
    back = way_back(client)
    with database.write() as session:
        session.execute(sa.update(PendingSignIn).values(expires_at=clock.now() - timedelta(seconds=1)))
    assert client.get(back).status_code == 400


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_links_nothing(
    verified: object, provider: Provider, lead: Person, client: Browser
) -> None:
    provider.claims["email_verified"] = verified
    assert "administrator" in refused(client, 403)


def test_the_address_may_come_from_the_userinfo_of_the_same_subject_only(
    provider: Provider, lead: Person, client: Browser
) -> None:
    provider.userinfo = {"sub": "subject-2", "email": provider.claims.pop("email"), "email_verified": True}
    del provider.claims["email_verified"]
    refused(client, 502)
    provider.userinfo["sub"] = "subject-1"
    assert sign_in(client).status_code == 303


def test_who_has_no_account_is_told_whom_to_ask(provider: Provider, client: Browser, database: Database) -> None:
    provider.claims |= {"email": "nobody@example.org", "email_verified": True}
    assert "You have no account here" in refused(client, 403)
    with database.read() as session:
        assert queries.people(session) == []


def test_an_account_is_made_where_the_setting_says_so(
    provider: Provider, client: Browser, database: Database, configure: Callable[..., None]
) -> None:
    configure(oidc_create=True, oidc_email_domains="example.org")
    provider.claims |= {"email": "New@Example.org", "email_verified": True}
    assert sign_in(client).status_code == 303
    with database.read() as session:
        made = queries.people(session)[0]
        assert (made.email, made.name, made.roles, made.password_hash) == (
            "new@example.org",
            "Sample Person",
            ["viewer"],
            "",
        )


def test_only_addresses_of_the_domains_named_are_linked(
    provider: Provider, lead: Person, client: Browser, configure: Callable[..., None]
) -> None:
    configure(oidc_email_domains="example.com, example.net")
    refused(client, 403)


def test_whoever_is_deactivated_stays_out(provider: Provider, lead: Person, app: FastAPI, database: Database) -> None:
    assert sign_in(Browser(app, follow_redirects=False)).status_code == 303
    with database.write() as session:
        actions.change_person(session, "command", lead.id, 1, active=False)
    refused(Browser(app, follow_redirects=False), 403)


def test_a_second_identity_does_not_take_an_account_over(provider: Provider, lead: Person, app: FastAPI) -> None:
    assert sign_in(Browser(app, follow_redirects=False)).status_code == 303
    provider.claims["sub"] = "subject-2"
    refused(Browser(app, follow_redirects=False), 403)


def test_roles_follow_the_claim_and_others_stay(
    provider: Provider, lead: Person, app: FastAPI, database: Database, configure: Callable[..., None]
) -> None:
    configure(oidc_roles_claim="groups", oidc_roles=json.dumps({"leads": "accessibility", "chefs": "quality"}))
    provider.claims["groups"] = ["chefs", "others"]
    sign_in(Browser(app, follow_redirects=False))
    with database.read() as session:
        assert queries.person(session, lead.id).roles == ["quality"]
        newest = trail.entries(session, "person", lead.id)[0]
        assert (newest.actor, newest.before, newest.after) == (
            "oidc",
            {"roles": ["accessibility"]},
            {"roles": ["quality"]},
        )


def test_the_claim_does_not_take_the_last_administrator_away(
    provider: Provider, app: FastAPI, database: Database, configure: Callable[..., None]
) -> None:
    configure(oidc_roles_claim="groups", oidc_roles=json.dumps({"admins": "admin"}))
    admin = add_person(database, "admin")
    provider.claims |= {"email": admin.email, "email_verified": True, "groups": []}
    assert sign_in(Browser(app, follow_redirects=False)).status_code == 303
    with database.read() as session:
        assert queries.person(session, admin.id).roles == ["admin"]


def test_a_one_time_password_ends_with_the_first_sign_in_through_the_provider(
    provider: Provider, app: FastAPI, database: Database
) -> None:
    person = add_person(database, "viewer", one_time=True)
    provider.claims |= {"email": person.email, "email_verified": True}
    browser = Browser(app, follow_redirects=False)
    assert sign_in(browser).status_code == 303
    page = browser.get("/account")
    assert page.status_code == 200
    assert "You have no password" in page.text
    assert browser.post_form("/account/unlink").status_code == 409


def test_a_person_unlinks_and_signs_in_with_the_password(
    provider: Provider, lead: Person, app: FastAPI, database: Database
) -> None:
    browser = Browser(app, follow_redirects=False)
    sign_in(browser)
    assert browser.post_form("/account/unlink").status_code == 303
    with database.read() as session:
        assert accounts.link_of(session, lead.id, provider.issuer) is None
        assert trail.entries(session, "person", lead.id)[0].action == "person.unlink"
    assert browser.post_form("/account/unlink").status_code == 404


def test_the_setting_demands_the_provider_of_those_who_are_linked(
    provider: Provider, lead: Person, app: FastAPI, configure: Callable[..., None], client: Browser
) -> None:
    configure(oidc_required=True)
    form = {"email": lead.email, "password": PASSWORD, "next": "/"}
    assert client.post_form("/sign-in", form).status_code == 303
    sign_in(Browser(app, follow_redirects=False))
    other = Browser(app, follow_redirects=False)
    answer = other.post_form("/sign-in", form)
    assert answer.status_code == 401
    assert "Sign in with Sample Institute" in answer.text
    linked = Browser(app, follow_redirects=False)
    sign_in(linked)
    assert linked.post_form("/account/unlink").status_code == 403


def test_administrators_see_how_each_signs_in_and_may_unlink(
    provider: Provider, lead: Person, signed_in: Callable[..., Browser], app: FastAPI
) -> None:
    sign_in(Browser(app, follow_redirects=False))
    admin = signed_in("admin")
    assert "Sample Institute, password" in " ".join(admin.get("/settings/people").text.split())
    assert "Signs in with Sample Institute" in admin.get(f"/settings/people/{lead.id}").text
    assert admin.post_form(f"/settings/people/{lead.id}/unlink").status_code == 303


def test_signing_out_offers_to_sign_out_there_too(provider: Provider, lead: Person, client: Browser) -> None:
    sign_in(client)
    answer = client.post_form("/sign-out")
    assert answer.headers["location"] == "/sign-in/ended"
    page = client.get("/sign-in/ended").text
    assert f"{provider.issuer}/logout?client_id={CLIENT_ID}&amp;post_logout_redirect_uri=" in page
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("wanted", ["https://elsewhere.example.org", "//elsewhere.example.org", "/\\elsewhere"])
def test_nobody_is_sent_elsewhere_afterwards(wanted: str, provider: Provider, lead: Person, client: Browser) -> None:
    assert sign_in(client, f"{BEGIN}?next={wanted}").headers["location"] == "/"


def test_too_many_beginnings_are_throttled(provider: Provider, client: Browser) -> None:
    statuses = [client.get(BEGIN).status_code for _ in range(51)]
    assert statuses == [303] * 50 + [429]


def test_without_a_provider_there_is_nothing(client: Browser) -> None:
    assert [client.get(one).status_code for one in (BEGIN, BACK, "/sign-in/ended")] == [404] * 3
    assert "Or with a password" not in client.get("/sign-in").text


def test_nothing_is_left_of_an_ended_sign_in(
    provider: Provider, lead: Person, client: Browser, database: Database
) -> None:
    sign_in(client)
    with database.read() as session:
        assert session.scalars(sa.select(PendingSignIn)).all() == []
        assert len(session.scalars(sa.select(SignIn)).all()) == 1
