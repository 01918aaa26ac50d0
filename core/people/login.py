"""Proving who one is. Unlike the actions these take the database, for two reasons: a wrong password must be counted
although the step fails, and no transaction may be open during the costly work of argon2.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from core import clock
from core.database import Database
from core.errors import InvalidInput, NotAllowed, TooManyAttempts
from core.i18n import gettext as _
from core.people import actions, keys, passwords, queries, rules
from core.people.models import Person
from core.people.oidc import accounts
from core.settings import settings

log = structlog.get_logger()


@dataclass(frozen=True)
class SignedIn:
    """A session just opened: its `key` goes into the cookie and nowhere else."""

    key: str
    person: Person


@dataclass(frozen=True)
class _Attempt:
    """One counted try, and to whom the e-mail address belongs, if anybody."""

    email: str
    ids: list[int]
    person: Person | None


def sign_in(
    database: Database, email: str, password: str, *, address: str, user_agent: str, previous_key: str = ""
) -> SignedIn:
    """Open a session under a new key; the session of `previous_key` (the visitor's old cookie) ends.

    The answer and its time are the same for an unknown address, a wrong password and an inactive person: `NotAllowed`.
    Too many failures of one e-mail or from one network address within `rules.WINDOW`: `TooManyAttempts`.
    """
    attempt = _begin(database, email.strip().lower()[:254], address)
    proven = _proven(attempt, password, address)
    with database.write() as session:
        person = queries.person(session, proven.id)
        if not person.active or person.password_hash != proven.password_hash:  # perhaps changed since it was proven
            raise _refused(address)
        if settings().oidc_required and accounts.link_of(session, person.id, settings().oidc_issuer):
            log.warning("sign-in by password refused: the account is linked", address=address)
            raise NotAllowed(_("Sign in with %(name)s: a password is not enough here.", name=settings().oidc_name))
        if previous_key:
            keys.end_sign_in(session, previous_key)
        key = keys.start_sign_in(session, person.id, user_agent, settings().session_hours)
        actions.forget_attempts(session, subject("email", attempt.email), attempt.ids)
    return SignedIn(key, person)


def change_password(
    database: Database, person_id: int, current: str, new: str, *, address: str, keep_sign_in: int | None = None
) -> None:
    """A person changes their own password, which ends their other sessions.

    Raises `NotAllowed` when `current` is wrong, `InvalidInput` when `new` will not do, `TooManyAttempts` as `sign_in`.
    """
    with database.read() as session:
        email = queries.person(session, person_id).email
    new_hash = passwords.hash_new(new, email)
    attempt = _begin(database, email, address)
    person = _proven(attempt, current, address)
    if current == new:
        raise InvalidInput(_("must differ from the present one"), place="password")
    with database.write() as session:
        actions.set_password(session, f"person:{person.id}", person.id, new_hash, keep_sign_in=keep_sign_in)
        actions.forget_attempts(session, subject("email", email), attempt.ids)


def _begin(database: Database, email: str, address: str) -> _Attempt:
    """Count the try before its outcome is known, so that many at once cannot slip through."""
    limits = {
        subject("email", email): rules.TRIES_PER_EMAIL,
        subject("address", rules.network(address)): rules.TRIES_PER_ADDRESS,
    }
    with database.write() as session:
        ids = count_try(session, limits, address)
        return _Attempt(email, ids, queries.person_by_email(session, email))


def count_try(session: Session, limits: Mapping[str, int], address: str) -> list[int]:
    """Count one try for each subject of the throttle; their ids. Raises `TooManyAttempts` beyond what is allowed."""
    now = clock.now()
    wait = max(
        rules.seconds_to_wait(queries.attempts(session, one, now - rules.WINDOW), allowed, now)
        for one, allowed in limits.items()
    )
    if wait:
        log.warning("sign-in throttled", address=address, retry_after=wait)
        raise TooManyAttempts(_("Too many attempts. Try again later."), retry_after=wait)
    return actions.count_attempts(session, limits)


def _proven(attempt: _Attempt, password: str, address: str) -> Person:
    right = passwords.matches(password, attempt.person.password_hash if attempt.person else None)
    if attempt.person is None or not right:
        raise _refused(address)
    return attempt.person


def _refused(address: str) -> NotAllowed:
    log.warning("sign-in refused", address=address)
    return NotAllowed(_("The e-mail address or the password is wrong."))


def subject(kind: str, value: str) -> str:
    """Hashed, so that the table holds no addresses of people."""
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "surrogatepass")).hexdigest()
