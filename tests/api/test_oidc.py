"""Signing in through an OpenID provider, over HTTP: the good way, and every answer that must not open a session."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from joserfc.jwk import OctKey, RSAKey

from api import cookies
from core import clock, trail
from core.database import Database
from core.people import actions, queries
from core.people.models import PendingSignIn, Person, SignIn
from core.people.oidc import accounts
from tests.api.people import PASSWORD, Browser, add_person
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, oidc_provider

BEGIN, BACK = "/sign-in/oidc", "/sign-in/oidc/back"


@pytest.fixture
def provider(configure: Callable[..., None]) -> Iterator[Provider]:
    """A provider, and the service set up for it."""
    with oidc_provider() as found:
        configure(
            oidc_issuer=found.issuer,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=CLIENT_SECRET,
            oidc_name="Sample Institute",
        )
        yield found


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One test is for both kinds; the others have nothing to do with them."""
    return sqlite_database


@pytest.fixture
def lead(database: Database, provider: Provider) -> Person:
    """Somebody with an account and a password, whose address the provider has verified."""
    person = add_person(database, "accessibility", name="Sample Lead")
    provider.claims |= {"email": person.email, "email_verified": True}
    return person


def way_back(browser: Browser, begin: str = BEGIN) -> str:
    """Begin, and go to the provider: the address to which it sends the browser back."""
    answer = browser.get(begin)
    assert answer.status_code == 303, answer.text
    there = httpx2.get(answer.headers["location"])
    back = urlsplit(there.headers["location"])
    return f"{back.path}?{back.query}"


def sign_in(browser: Browser, begin: str = BEGIN) -> Any:
    """The whole way; the service's answer at its end."""
    return browser.get(way_back(browser, begin))


def refused(browser: Browser, status: int) -> str:
    """The whole way, which must not open a session; the text of the page."""
    answer = sign_in(browser)
    assert answer.status_code == status, answer.text
    assert cookies.SESSION not in answer.cookies
    assert browser.get("/account").status_code == 303
    return str(answer.text)


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


def other_key(provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "first"})


def own_secret(provider: Provider) -> None:
    provider.change_header = lambda header: header.update(alg="HS256")
    provider.signs_with = OctKey.import_key(CLIENT_SECRET * 2)


def claim(**values: object) -> Callable[[Provider], None]:
    def change(provider: Provider) -> None:
        provider.change_claims = lambda claims: claims.update(values)

    return change


def without(name: str) -> Callable[[Provider], None]:
    def change(provider: Provider) -> None:
        provider.change_claims = lambda claims: claims.pop(name)

    return change


def unsigned(provider: Provider) -> None:
    provider.change_header = lambda header: header.update(alg="none")


def no_token(provider: Provider) -> None:
    provider.change_answer = lambda answer: answer.pop("id_token")


def nonsense(provider: Provider) -> None:
    provider.change_answer = lambda answer: answer.update(id_token=["nonsense"])


def other_access_token(provider: Provider) -> None:
    provider.change_claims = lambda claims: claims.update(at_hash="AAAAAAAAAAAAAAAAAAAAAA")


LIES = [
    other_key,
    own_secret,
    unsigned,
    no_token,
    nonsense,
    other_access_token,
    claim(iss="https://elsewhere.example.org"),
    claim(aud="another-service"),
    claim(aud=[CLIENT_ID, "another-service"], azp="another-service"),
    claim(nonce="another"),
    claim(exp=1),
    claim(iat=99999999999),
    claim(sub=""),
    claim(sub={"a": 1}),
    claim(exp="never"),
    without("nonce"),
    without("sub"),
    without("exp"),
]


@pytest.mark.parametrize("lie", LIES)
def test_a_proof_that_does_not_hold_opens_nothing(
    lie: Callable[[Provider], None], provider: Provider, lead: Person, client: Browser
) -> None:
    lie(provider)
    text = refused(client, 502)
    assert "proof of who you are" in text
    assert CLIENT_SECRET not in text


def test_clocks_may_differ_by_a_minute(provider: Provider, lead: Person, client: Browser) -> None:
    provider.change_claims = lambda claims: claims.update(exp=claims["iat"] - 30)
    assert sign_in(client).status_code == 303


def test_keys_that_changed_are_asked_for_anew(provider: Provider, lead: Person, app: FastAPI) -> None:
    assert sign_in(Browser(app, follow_redirects=False)).status_code == 303
    provider.rotate()
    assert sign_in(Browser(app, follow_redirects=False)).status_code == 303
    assert provider.requests.count("/keys") == 2
    assert provider.requests.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://elsewhere.example.org"},
        {"token_endpoint": "http://elsewhere.example.org/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"padding": "x" * 600_000},
    ],
)
def test_a_description_that_cannot_be_trusted_is_not_used(
    change: dict[str, object], provider: Provider, client: Browser
) -> None:
    provider.change_description = lambda said: said.update(change)
    answer = client.get(BEGIN)
    assert answer.status_code == 502
    assert "Sample Institute does not answer as it should" in answer.text


def test_a_provider_that_is_away_leaves_the_password(configure: Callable[..., None], client: Browser) -> None:
    configure(oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT_ID)
    assert client.get(BEGIN).status_code == 502
    assert "Or with a password" in client.get("/sign-in").text


@pytest.mark.parametrize(("error", "status", "said"), [("access_denied", 403, "did not let you in"), ("x<y", 502, "")])
def test_a_refusal_of_the_provider_is_told(
    error: str, status: int, said: str, provider: Provider, client: Browser
) -> None:
    provider.error = error
    text = refused(client, status)
    assert said in text
    assert error not in text


def test_a_code_of_another_flow_is_refused(provider: Provider, lead: Person, client: Browser) -> None:
    back = way_back(client)
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert client.get(f"{BACK}?code=stolen&state={state}").status_code == 502


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


def test_whoever_is_deactivated_stays_out(
    provider: Provider, lead: Person, app: FastAPI, database: Database
) -> None:
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


def test_nothing_is_left_of_an_ended_sign_in(provider: Provider, lead: Person, client: Browser, database: Database) -> None:
    sign_in(client)
    with database.read() as session:
        assert session.scalars(sa.select(PendingSignIn)).all() == []
        assert len(session.scalars(sa.select(SignIn)).all()) == 1
