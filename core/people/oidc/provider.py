"""What the provider says of itself: its addresses and keys (OpenID Connect Discovery 1.0), kept for an hour."""

import threading
import time
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from core.people.oidc.bounded import SECONDS, BoundedTransport
from core.people.oidc.problem import Problem, Reason
from core.safe_address import is_safe

KEPT_SECONDS = 3600.0
PAUSE_SECONDS = 60.0  # an unknown key is not looked for more often
SAFE_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures that only the provider can make: neither "none" nor any with the client's own secret."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider. `keys` are the public ones it signs with; `userinfo` and `end_session` are "" where it has none."""

    issuer: str
    authorization: str
    token: str
    jwks: str
    userinfo: str
    end_session: str
    algorithms: tuple[str, ...]
    auth_methods: tuple[str, ...]
    keys: KeySet = field(repr=False)


@dataclass(slots=True)
class _Kept:
    provider: Provider
    since: float
    renewed: float = float("-inf")


_kept: dict[str, _Kept] = {}
_lock = threading.Lock()


def provider(issuer: str) -> Provider:
    """The provider of this issuer. Raises `Problem` when it does not answer or its description cannot be used."""
    known = _kept.get(issuer)
    if known is None or time.monotonic() - known.since > KEPT_SECONDS:
        found = _discovered(issuer)
        with _lock:
            known = _kept[issuer] = _Kept(found, time.monotonic())
    return known.provider


def known_provider(issuer: str) -> Provider | None:
    """The provider if this process has met it: nobody is asked."""
    kept = _kept.get(issuer)
    return kept.provider if kept else None


def with_new_keys(known: Provider) -> Provider:
    """The same with its keys of now: they change from time to time. At most once a minute they are asked for."""
    with _lock:
        kept = _kept.get(known.issuer)
        if kept is None or time.monotonic() - kept.renewed < PAUSE_SECONDS:
            return known
        kept.renewed = time.monotonic()
    renewed = replace(known, keys=_keys(known.jwks))
    with _lock:
        kept.provider = renewed
    return renewed


def _discovered(issuer: str) -> Provider:
    said = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if said.get("issuer") != issuer:
        raise Problem(Reason.PROVIDER, "its description names another issuer")
    offered = said.get("id_token_signing_alg_values_supported", ["RS256"])
    jwks = _address(said, "jwks_uri")
    return Provider(
        issuer=issuer,
        authorization=_address(said, "authorization_endpoint"),
        token=_address(said, "token_endpoint"),
        jwks=jwks,
        userinfo=_address(said, "userinfo_endpoint", needed=False),
        end_session=_address(said, "end_session_endpoint", needed=False),
        algorithms=tuple(sorted(SAFE_ALGORITHMS.intersection(_texts(offered)))),
        auth_methods=_texts(said.get("token_endpoint_auth_methods_supported", [])),
        keys=_keys(jwks),
    )


def _address(said: dict[str, Any], name: str, *, needed: bool = True) -> str:
    address = said.get(name, "")
    if not needed and not address:
        return ""
    if not isinstance(address, str) or not is_safe(address):
        raise Problem(Reason.PROVIDER, f"its {name} is missing or not https")
    return address


def _texts(given: object) -> tuple[str, ...]:
    return tuple(one for one in given if isinstance(one, str)) if isinstance(given, list) else ()


def _keys(address: str) -> KeySet:
    said = _fetched(address)
    try:
        return KeySet.import_key_set(said)  # type: ignore[arg-type]
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):  # whatever nonsense does to the library
        raise Problem(Reason.PROVIDER, "its keys cannot be read") from None


def _fetched(address: str) -> dict[str, Any]:
    try:
        with httpx2.Client(transport=BoundedTransport(), timeout=SECONDS, trust_env=False) as client:
            answer = client.get(address)
        said = answer.json() if answer.status_code == 200 else None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise Problem(Reason.PROVIDER, f"no use of {address}: {type(error).__name__}") from None
    if not isinstance(said, dict):
        raise Problem(Reason.PROVIDER, f"no use of {address}: status {answer.status_code}")
    return said
