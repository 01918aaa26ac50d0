"""Signing in through the provider: begun in a browser, ended in the same one within ten minutes, once.

What has been begun waits in a row of the database; the browser holds its key in a cookie and nothing else. As in
`core.people.login` no transaction is open while anything is sent.
"""

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
import structlog

from core import clock
from core.database import Database
from core.people import actions, keys, login, rules
from core.people.login import SignedIn
from core.people.models import PendingSignIn
from core.people.oidc.accounts import account_of
from core.people.oidc.exchange import authorization_address, identity_for
from core.people.oidc.problem import Problem, Reason
from core.people.oidc.provider import Provider, provider
from core.secrets import key_hash, new_key
from core.settings import settings

log = structlog.get_logger()
LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes now, and the `key` for its cookie."""

    address: str
    key: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The parameters with which the browser comes back; "" for what is not there."""

    state: str = ""
    code: str = ""
    error: str = ""
    issuer: str = ""


def begin(database: Database, *, next_path: str, address: str) -> Begun:
    """Begin to sign in. Raises `Problem` when the provider does not answer, `TooManyAttempts` as `login.sign_in`."""
    config = settings()
    counted = _counted(database, address)  # first, as asking a provider that is away takes long
    with _logged(address):
        found = provider(config.oidc_issuer)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    key, hashed = new_key()
    now = clock.now()
    with database.write() as session:
        session.execute(sa.delete(PendingSignIn).where(PendingSignIn.expires_at <= now))
        pending = {"state_hash": key_hash(state), "nonce": nonce, "verifier": verifier, "next_path": next_path[:2000]}
        session.add(PendingSignIn(key_hash=hashed, attempt_id=counted, expires_at=now + LASTS, **pending))
    return Begun(authorization_address(found, config, state=state, nonce=nonce, verifier=verifier), key)


def end(
    database: Database, key: str, answer: Answer, *, address: str, user_agent: str, previous_key: str = ""
) -> tuple[SignedIn, str]:
    """Open a session under a new key, and say where the person wanted to go. Raises `Problem`, which is logged."""
    with _logged(address):
        return _end(database, key, answer, user_agent, previous_key)


@contextmanager
def _logged(address: str) -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        said = {"reason": problem.reason.value, "detail": problem.detail}
        log.warning("sign-in by the provider refused", address=address, **said)
        raise


def _counted(database: Database, address: str) -> int:
    subject = login.subject("oidc", rules.network(address))
    with database.write() as session:
        return login.count_try(session, {subject: rules.TRIES_PER_ADDRESS}, address)[0]


def _end(database: Database, key: str, answer: Answer, user_agent: str, previous_key: str) -> tuple[SignedIn, str]:
    config = settings()
    begun = _taken(database, key)
    if begun is None or not hmac.compare_digest(begun.state_hash, key_hash(answer.state)):
        raise Problem(Reason.STATE, "not begun here")
    found = provider(config.oidc_issuer)
    _check(answer, found)
    identity = identity_for(found, config, code=answer.code, verifier=begun.verifier, nonce=begun.nonce)
    with database.write() as session:
        person = account_of(session, identity, config)
        if previous_key:
            keys.end_sign_in(session, previous_key)
        opened = keys.start_sign_in(session, person.id, user_agent, config.session_hours, by_oidc=True)
        actions.forget_attempts(session, "", [begun.attempt_id])
    return SignedIn(opened, person), begun.next_path


def _taken(database: Database, key: str) -> PendingSignIn | None:
    """What this browser has begun: it is gone with this look, whatever comes of it."""
    if not key:
        return None
    with database.write() as session:
        found = session.scalar(sa.select(PendingSignIn).where(PendingSignIn.key_hash == key_hash(key)))
        if found is not None:
            session.delete(found)
    return found if found is not None and found.expires_at > clock.now() else None


def _check(answer: Answer, found: Provider) -> None:
    if answer.issuer and answer.issuer != found.issuer:  # RFC 9207: an answer of another provider
        raise Problem(Reason.IDENTITY, "the answer names another issuer")
    if answer.error:
        known = "".join(one for one in answer.error[:40] if one.isascii() and (one.isalnum() or one == "_"))
        raise Problem(Reason.DENIED if known == "access_denied" else Reason.PROVIDER, known)
    if not answer.code:
        raise Problem(Reason.PROVIDER, "no code")
