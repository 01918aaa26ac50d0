"""Every look at people and their keys."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.i18n import gettext as _
from core.people import access
from core.people.access import Platforms
from core.people.models import ApiToken, LoginAttempt, Person, PlatformGrant, SignIn
from core.people.rules import ADMINISTRATOR, READ
from core.secrets import key_hash


def person(session: Session, person_id: int) -> Person:
    """The person of this number. Raises `NotFound`."""
    found = session.get(Person, person_id)
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def person_by_email(session: Session, email: str) -> Person | None:
    """The person who signs in with this address, in lower case."""
    return session.scalar(sa.select(Person).where(Person.email == email))


def people(session: Session) -> list[Person]:
    """Everybody, by name."""
    return list(session.scalars(sa.select(Person).order_by(Person.name, Person.id)))


def people_with(session: Session, scope: str) -> list[Person]:
    """Everybody active whose roles give them this scope everywhere, by name."""
    return [one for one in people(session) if one.active and access.of_person(one).may(scope)]


def people_who_read(session: Session, among: Platforms) -> list[Person]:
    """Everybody active who may read any of these platforms, by name: whom work there can be given to."""
    active = [(one, access.of_person(one)) for one in people(session) if one.active]
    if among is None:
        return [one for one, held in active if held.may_anywhere(READ)]
    return [one for one, held in active if any(held.may(READ, slug) for slug in among)]


def people_granted(session: Session, platform_slug: str) -> list[Person]:
    """Everybody, active or not, who has a role on this platform alone, by name."""
    mine = sa.select(PlatformGrant.person_id).where(PlatformGrant.platform_slug == platform_slug)
    return list(session.scalars(sa.select(Person).where(Person.id.in_(mine)).order_by(Person.name, Person.id)))


def anybody(session: Session) -> bool:
    """Whether the service knows a person at all."""
    return session.scalar(sa.select(Person.id).limit(1)) is not None


def other_administrators(session: Session, person_id: int) -> int:
    """How many active administrators there are besides this person."""
    others = session.scalars(sa.select(Person.roles).where(Person.active, Person.id != person_id))
    return sum(ADMINISTRATOR in roles for roles in others)


def signed_in(session: Session, key: str, now: datetime) -> tuple[SignIn, Person] | None:
    """Whose session this key opens: not when it is over, revoked, or its person is no longer active."""
    query = (
        sa.select(SignIn, Person)
        .join(Person, Person.id == SignIn.person_id)
        .where(SignIn.key_hash == key_hash(key), _lives(SignIn, now), Person.active)
    )
    found = session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def sign_ins(session: Session, person_id: int, now: datetime) -> list[SignIn]:
    """A person's open sessions, the newest first."""
    query = sa.select(SignIn).where(SignIn.person_id == person_id, _lives(SignIn, now))
    return list(session.scalars(query.order_by(SignIn.created_at.desc(), SignIn.id.desc())))


def sign_in_of(session: Session, person_id: int, sign_in_id: int) -> SignIn:
    """One session of this person. Raises `NotFound`."""
    found = session.get(SignIn, sign_in_id)
    if found is None or found.person_id != person_id:
        raise NotFound(_("There is no such session."))
    return found


def tokens(session: Session, person_id: int | None = None) -> list[ApiToken]:
    """Tokens of a person, or of everybody, also those that ended, the newest first."""
    query = sa.select(ApiToken).order_by(ApiToken.id.desc())
    return list(session.scalars(query if person_id is None else query.where(ApiToken.person_id == person_id)))


def token(session: Session, token_id: int) -> ApiToken:
    """The token of this number. Raises `NotFound`."""
    found = session.get(ApiToken, token_id)
    if found is None:
        raise NotFound(_("There is no such token."))
    return found


def token_by_key(session: Session, key: str, now: datetime) -> tuple[ApiToken, Person] | None:
    """Which token this key is, and whose: not when it is over, revoked, or its person is no longer active."""
    query = (
        sa.select(ApiToken, Person)
        .join(Person, Person.id == ApiToken.person_id)
        .where(ApiToken.key_hash == key_hash(key), _lives(ApiToken, now), Person.active)
    )
    found = session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def attempts(session: Session, subject: str, since: datetime) -> list[datetime]:
    """When somebody tried to sign in, by the hashed `subject` of the throttle."""
    query = sa.select(LoginAttempt.at).where(LoginAttempt.subject == subject, LoginAttempt.at > since)
    return list(session.scalars(query))


def _lives(key: type[SignIn] | type[ApiToken], now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(key.revoked_at.is_(None), key.expires_at > now)
