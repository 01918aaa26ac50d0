"""Whose account an identity opens: found, linked at the first time, or made where the settings allow it."""

from collections.abc import Mapping

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from core import clock, trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import gettext as _
from core.people import actions, queries, rules
from core.people.models import Person, PersonIdentity
from core.people.oidc.identity import Identity
from core.people.oidc.problem import Problem, Reason
from core.settings import Settings

log = structlog.get_logger()
ACTOR = "oidc"
NEW_ROLE = "viewer"


def account_of(session: Session, identity: Identity, config: Settings) -> Person:
    """The active person whom this identity stands for, linked from now on. Raises `Problem`.

    Linked by issuer and subject; the first time by an e-mail address that the provider has verified. Roles that the
    settings map from a claim are given and taken away with each sign-in.
    """
    link = find_link(session, identity.issuer, identity.subject)
    person = queries.person(session, link.person_id) if link else _first_time(session, identity, config)
    if not person.active:
        raise Problem(Reason.NOBODY, "the account is not active")
    if link:
        link.last_used_at = clock.now()
    if person.must_change_password:
        _end_one_time_password(session, person)
    _follow_claims(session, person, identity, config)
    return person


def find_link(session: Session, issuer: str, subject: str) -> PersonIdentity | None:
    """Which account this identity is linked to."""
    mine = sa.select(PersonIdentity).where(PersonIdentity.issuer == issuer, PersonIdentity.subject == subject)
    return session.scalar(mine)


def link_of(session: Session, person_id: int, issuer: str) -> PersonIdentity | None:
    """With which identity of this issuer a person signs in, if any."""
    mine = sa.select(PersonIdentity).where(PersonIdentity.person_id == person_id, PersonIdentity.issuer == issuer)
    return session.scalar(mine)


def linked_people(session: Session, issuer: str) -> frozenset[int]:
    """The numbers of everybody who signs in with an identity of this issuer."""
    return frozenset(session.scalars(sa.select(PersonIdentity.person_id).where(PersonIdentity.issuer == issuer)))


def unlink(session: Session, actor: str, person_id: int, issuer: str) -> None:
    """Forget the identity of a person, who signs in with their password from now on.

    Raises `NotFound` when there is none, `Conflict` when they have no password.
    """
    link = link_of(session, person_id, issuer)
    if link is None:
        raise NotFound(_("This account is not linked."))
    if not queries.person(session, person_id).password_hash:
        raise Conflict(_("Without a password nobody could sign in to this account: make one first."))
    session.delete(link)
    session.flush()
    trail.record(session, actor, "person.unlink", "person", person_id, before={"issuer": issuer})


def mapped_roles(roles: list[str], claim: object, mapping: Mapping[str, str]) -> list[str]:
    """The roles after a sign-in: those that the mapping can give follow the claim, the others stay. Pure.

    >>> mapped_roles(["quality", "viewer"], ["leads"], {"leads": "accessibility", "staff": "viewer"})
    ['quality', 'accessibility']
    """
    values = [claim] if isinstance(claim, str) else claim if isinstance(claim, list) else []
    given = {mapping[value] for value in values if isinstance(value, str) and value in mapping}
    kept = {role for role in roles if role not in mapping.values()}
    return [role for role in rules.ROLES if role in given | kept]


def _first_time(session: Session, identity: Identity, config: Settings) -> Person:
    if not identity.email:
        raise Problem(Reason.EMAIL, "no verified address")
    if config.oidc_domains and identity.email.rpartition("@")[2] not in config.oidc_domains:
        raise Problem(Reason.EMAIL, "another domain")
    person = queries.person_by_email(session, identity.email)
    if person is None:
        person = _new_account(session, identity, config)
    if not person.active:
        raise Problem(Reason.NOBODY, "the account is not active")
    if link_of(session, person.id, identity.issuer):
        raise Problem(Reason.NOBODY, "the account is linked to another identity")
    now = clock.now()
    session.add(
        PersonIdentity(
            person_id=person.id, issuer=identity.issuer, subject=identity.subject, created_at=now, last_used_at=now
        )
    )
    session.flush()
    trail.record(session, ACTOR, "person.link", "person", person.id, after={"issuer": identity.issuer})
    return person


def _new_account(session: Session, identity: Identity, config: Settings) -> Person:
    if not config.oidc_create:
        raise Problem(Reason.NOBODY, "no account has this address")
    try:
        return actions.create_person(
            session,
            ACTOR,
            email=identity.email,
            name=(identity.name or identity.email)[:120],
            roles=[NEW_ROLE],
            password_hash="",
            one_time=False,
        )
    except InvalidInput as error:
        raise Problem(Reason.EMAIL, f"{error.place} cannot be used") from None


def _end_one_time_password(session: Session, person: Person) -> None:
    """It was for the first sign-in, which was this one. Nobody is asked to change a password they never used."""
    person.password_hash, person.must_change_password = "", False
    session.flush()
    trail.record(session, ACTOR, "person.password", "person", person.id, after={"ended": True})


def _follow_claims(session: Session, person: Person, identity: Identity, config: Settings) -> None:
    if not config.oidc_roles_claim:
        return
    roles = mapped_roles(person.roles, identity.claims.get(config.oidc_roles_claim), config.oidc_role_of)
    if roles == person.roles:
        return
    try:
        with session.begin_nested():
            actions.change_person(session, ACTOR, person.id, person.version, roles=roles)
    except Conflict:  # the provider must not take the last administrator away: they keep their roles
        log.warning("roles of the provider not taken over: nobody would administer the service", person=person.id)
