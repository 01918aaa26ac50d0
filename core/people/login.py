"""Proving who one is. Unlike the actions these take the database, for two reasons: a wrong password must be counted
although the step fails, and no transaction may be open during the costly work of argon2.
"""

import hashlib
from dataclasses import dataclass

import structlog

from core import clock
from core.database import Database
from core.errors import InvalidInput, NotAllowed, TooManyAttempts
from core.i18n import gettext as _
from core.people import actions, keys, passwords, queries, rules
from core.people.models import Person
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
        if previous_key:
            keys.end_sign_in(session, previous_key)
        key = keys.start_sign_in(session, person.id, user_agent, settings().session_hours)
        actions.forget_attempts(session, _subject("email", attempt.email), attempt.ids)
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
        actions.forget_attempts(session, _subject("email", email), attempt.ids)


def _begin(database: Database, email: str, address: str) -> _Attempt:
    """Count the try before its outcome is known, so that many at once cannot slip through."""
    limits = {
        _subject("email", email): rules.TRIES_PER_EMAIL,
        _subject("address", rules.network(address)): rules.TRIES_PER_ADDRESS,
    }
    now = clock.now()
    with database.write() as session:
        wait = max(
            rules.seconds_to_wait(queries.attempts(session, subject, now - rules.WINDOW), allowed, now)
            for subject, allowed in limits.items()
        )
        if wait:
            log.warning("sign-in throttled", address=address, retry_after=wait)
            raise TooManyAttempts(_("Too many attempts. Try again later."), retry_after=wait)
        ids = actions.count_attempts(session, limits)
        return _Attempt(email, ids, queries.person_by_email(session, email))


def _proven(attempt: _Attempt, password: str, address: str) -> Person:
    right = passwords.matches(password, attempt.person.password_hash if attempt.person else None)
    if attempt.person is None or not right:
        raise _refused(address)
    return attempt.person


def _refused(address: str) -> NotAllowed:
    log.warning("sign-in refused", address=address)
    return NotAllowed(_("The e-mail address or the password is wrong."))


def _subject(kind: str, value: str) -> str:
    """Hashed, so that the table holds no addresses of people."""
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "surrogatepass")).hexdigest()
