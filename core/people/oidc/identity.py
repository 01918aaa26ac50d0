"""The proof of identity that the provider gives (OpenID Connect Core 1.0, section 3.1.3.7), checked."""

from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry

from core.people.oidc.problem import Problem, Reason
from core.people.oidc.provider import Provider, with_new_keys

LEEWAY = 60  # seconds by which the two clocks may differ
LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says it is: `subject` never changes. `email` is "" unless the provider has verified it."""

    issuer: str
    subject: str
    email: str
    name: str
    claims: dict[str, Any]


def checked_identity(provider: Provider, client_id: str, nonce: str, id_token: object, access_token: str) -> Identity:
    """The identity in an ID token. Raises `Problem` unless signature, issuer, audience, times and nonce are right."""
    if not isinstance(id_token, str):
        raise Problem(Reason.IDENTITY, "there is no ID token")
    try:
        token = _decoded(provider, id_token)
        options = {"iss": {"essential": True, "value": provider.issuer}, "aud": {"essential": True, "value": client_id}}
        params = {"nonce": nonce, "client_id": client_id, "access_token": access_token}
        claims = CodeIDToken(token.claims, token.header, options, params)
        claims.validate(leeway=LEEWAY)
    except JoseError as error:
        raise Problem(Reason.IDENTITY, f"{type(error).__name__} {getattr(error, 'claim', '')}".strip()) from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:  # whatever nonsense does to the libraries
        raise Problem(Reason.IDENTITY, type(error).__name__) from None
    return identity_of(provider.issuer, dict(claims))


def identity_of(issuer: str, claims: dict[str, Any]) -> Identity:
    """The identity that checked claims tell of."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise Problem(Reason.IDENTITY, "no usable subject")
    email = _line(claims.get("email")).lower() if claims.get("email_verified") is True else ""
    return Identity(issuer=issuer, subject=subject, email=email, name=_line(claims.get("name")), claims=claims)


def _line(given: object) -> str:
    """A text that a database takes and a page can show; "" for anything else."""
    return given.strip() if isinstance(given, str) and given.isprintable() else ""


def _decoded(provider: Provider, id_token: str) -> jwt.Token:
    registry = JWSRegistry(algorithms=list(provider.algorithms), strict_check_header=False)
    try:
        return jwt.decode(id_token, provider.keys, registry=registry)
    except InvalidKeyIdError:  # the provider has perhaps changed its keys since we asked
        return jwt.decode(id_token, with_new_keys(provider).keys, registry=registry)
