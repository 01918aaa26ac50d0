"""The two steps with the provider: where the browser is sent, and what comes of the code that it brings back."""

from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.integrations.httpx_client import OAuth2Client

from core.people.oidc.bounded import SECONDS, BoundedTransport
from core.people.oidc.identity import Identity, checked_identity, identity_of
from core.people.oidc.problem import Problem, Reason
from core.people.oidc.provider import Provider
from core.settings import Settings

BACK = "/sign-in/oidc/back"
"""Where the provider sends the browser: this address is registered there."""


def authorization_address(provider: Provider, config: Settings, *, state: str, nonce: str, verifier: str) -> str:
    """Where the browser goes to sign in: authorization code flow with PKCE (RFC 7636, S256)."""
    with _client(provider, config) as client:
        address, _state = client.create_authorization_url(
            provider.authorization, state=state, code_verifier=verifier, nonce=nonce
        )
    return str(address)


def identity_for(provider: Provider, config: Settings, *, code: str, verifier: str, nonce: str) -> Identity:
    """Whose the code is. Raises `Problem`. What the ID token leaves out is asked for where the provider tells it."""
    with _client(provider, config) as client:
        try:
            token = client.fetch_token(
                provider.token, grant_type="authorization_code", code=code, code_verifier=verifier
            )
        except (AuthlibBaseError, httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Problem(Reason.PROVIDER, f"no token: {type(error).__name__}") from None
        except (ValueError, TypeError, KeyError, AttributeError) as error:  # an answer that is no token
            raise Problem(Reason.PROVIDER, f"no token: {type(error).__name__}") from None
        access_token = str(token.get("access_token", ""))
        proven = checked_identity(provider, config.oidc_client_id, nonce, token.get("id_token"), access_token)
        if proven.email or not provider.userinfo or not access_token:
            return proven
        return _completed(proven, _userinfo(client, provider.userinfo, access_token))


def logout_address(provider: Provider, config: Settings) -> str:
    """Where somebody signs out of the provider too (RP-Initiated Logout 1.0); "" where it has no such address."""
    if not provider.end_session:
        return ""
    back = {"client_id": config.oidc_client_id, "post_logout_redirect_uri": f"{config.address}/sign-in"}
    return str(add_params_to_uri(provider.end_session, back))


def _client(provider: Provider, config: Settings) -> OAuth2Client:
    secret = config.oidc_client_secret.get_secret_value() if config.oidc_client_secret else None
    return OAuth2Client(
        client_id=config.oidc_client_id,
        client_secret=secret,
        token_endpoint_auth_method=_auth_method(provider, secret),
        scope=config.oidc_scopes,
        redirect_uri=f"{config.address}{BACK}",
        code_challenge_method="S256",
        transport=BoundedTransport(),
        timeout=SECONDS,
        trust_env=False,
    )


def _auth_method(provider: Provider, secret: str | None) -> str:
    if secret is None:
        return "none"
    only_post = "client_secret_post" in provider.auth_methods and "client_secret_basic" not in provider.auth_methods
    return "client_secret_post" if only_post else "client_secret_basic"


def _userinfo(client: OAuth2Client, address: str, access_token: str) -> dict[str, Any]:
    try:
        bearer = {"Authorization": f"Bearer {access_token}"}
        answer = client.request("GET", address, withhold_token=True, headers=bearer)
        said = answer.json() if answer.status_code == 200 else None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise Problem(Reason.PROVIDER, f"no claims: {type(error).__name__}") from None
    if not isinstance(said, dict):
        raise Problem(Reason.PROVIDER, "no claims")
    return said


def _completed(proven: Identity, said: dict[str, Any]) -> Identity:
    """Claims count only when they are about the same subject; what the signed token says goes first."""
    if said.get("sub") != proven.subject:
        raise Problem(Reason.IDENTITY, "claims of somebody else")
    return identity_of(proven.issuer, said | proven.claims)
