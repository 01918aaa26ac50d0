"""Every answer of an OpenID provider that must not open a session: forged, old, for others, or no answer at all."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from joserfc.jwk import OctKey

from core.people.models import Person
from tests.api.oidc.way import BACK, BEGIN, refused, sign_in, way_back
from tests.api.people import Browser
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, new_key


def other_key(provider: Provider) -> None:
    provider.signs_with = new_key("first", 2)


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
