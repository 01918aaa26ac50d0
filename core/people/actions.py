"""Every change of people. Each leaves an entry in the trail, without names, passwords or keys."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _
from core.people import passwords, queries, rules
from core.people.keys import end_every_sign_in, revoke_every_token
from core.people.models import LoginAttempt, Person

FIRST_ADMINISTRATOR = "admin@localhost"


def create_person(
    session: Session,
    actor: str,
    *,
    email: str,
    name: str,
    roles: Iterable[str],
    password_hash: str,
    one_time: bool = True,
) -> Person:
    """A new person. `password_hash` is of `passwords.hash_new`; a `one_time` password must be changed at first use.

    Raises `InvalidInput` for a wrong or taken address, a wrong name or role.
    """
    person = Person(
        email=rules.checked_email(email),
        name=rules.checked_name(name),
        roles=rules.checked_roles(roles),
        password_hash=password_hash,
        must_change_password=one_time,
        created_at=clock.now(),
        grants=[],
    )
    if queries.person_by_email(session, person.email):
        raise InvalidInput(_("somebody else has this address"), place="email")
    session.add(person)
    session.flush()
    trail.record(session, actor, "person.create", "person", person.id, after={"roles": person.roles})
    return person


def change_person(
    session: Session,
    actor: str,
    person_id: int,
    version: int,
    *,
    name: str | None = None,
    roles: Iterable[str] | None = None,
    active: bool | None = None,
    language: str | None = None,
) -> Person:
    """Change what is given. Whoever becomes inactive is signed out everywhere, and their tokens end.

    Raises `Conflict` when `version` is not the present one, or when no active administrator would be left.
    """
    person = queries.person(session, person_id)
    if person.version != version:
        raise Conflict(_("Somebody else has changed this person meanwhile."))
    before = _recorded(person)
    renamed = name is not None and rules.checked_name(name) != person.name
    person.name = rules.checked_name(name) if name is not None else person.name
    person.roles = rules.checked_roles(roles) if roles is not None else person.roles
    person.active = active if active is not None else person.active
    person.language = rules.checked_language(language) if language is not None else person.language
    _keep_an_administrator(session, person, before)
    after = _recorded(person)
    changed = {key for key in after if after[key] != before[key]}
    if changed or renamed:
        session.flush()
        action = "person.rename" if renamed and not changed else "person.change"
        old, new = ({key: values[key] for key in sorted(changed)} for values in (before, after))
        trail.record(session, actor, action, "person", person.id, before=old, after=new)
    if before["active"] and not person.active:
        end_every_sign_in(session, actor, person.id)
        revoke_every_token(session, actor, person.id)
    return person


def _recorded(person: Person) -> dict[str, Any]:
    return {"roles": list(person.roles), "active": person.active, "language": person.language}


def _keep_an_administrator(session: Session, person: Person, before: dict[str, Any]) -> None:
    was = before["active"] and rules.ADMINISTRATOR in before["roles"]
    stays = person.active and rules.ADMINISTRATOR in person.roles
    if was and not stays and not queries.other_administrators(session, person.id):
        raise Conflict(_("This is the last active administrator: appoint another one first."))


def set_password(
    session: Session,
    actor: str,
    person_id: int,
    password_hash: str,
    *,
    one_time: bool = False,
    keep_sign_in: int | None = None,
) -> None:
    """Store the hash of `passwords.hash_new` and end every session of the person except `keep_sign_in`."""
    person = queries.person(session, person_id)
    person.password_hash = password_hash
    person.must_change_password = one_time
    session.flush()
    trail.record(session, actor, "person.password", "person", person.id, after={"one_time": one_time})
    end_every_sign_in(session, actor, person.id, keep=keep_sign_in)


def ensure_first_administrator(session: Session) -> str | None:
    """On a service that knows nobody, make its administrator. Returns the one-time password, to be printed once."""
    if queries.anybody(session):
        return None
    password = passwords.one_time()
    create_person(
        session,
        "command",
        email=FIRST_ADMINISTRATOR,
        name="Administrator",
        roles=[rules.ADMINISTRATOR],
        password_hash=passwords.hash_new(password, FIRST_ADMINISTRATOR),
    )
    return password


def count_attempts(session: Session, subjects: Iterable[str]) -> list[int]:
    """Count one try to sign in for each subject of the throttle, and drop those that no longer matter. Returns ids."""
    now = clock.now()
    session.execute(sa.delete(LoginAttempt).where(LoginAttempt.at <= now - rules.WINDOW))
    counted = [LoginAttempt(subject=subject, at=now) for subject in subjects]
    session.add_all(counted)
    session.flush()
    return [attempt.id for attempt in counted]


def forget_attempts(session: Session, subject: str, ids: Iterable[int]) -> None:
    """After a good sign-in neither the person's earlier tries nor this one count any longer."""
    session.execute(sa.delete(LoginAttempt).where(sa.or_(LoginAttempt.subject == subject, LoginAttempt.id.in_(ids))))
