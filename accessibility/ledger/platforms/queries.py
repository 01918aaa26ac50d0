"""Every SELECT on platforms."""

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from accessibility.ledger.platforms.models import Platform
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import access
from core.people.access import Platforms
from core.people.models import Person
from core.people.rules import READ


def find(session: Session, slug: str) -> Platform | None:
    """The platform of this slug, active or not."""
    return session.scalar(sa.select(Platform).where(Platform.slug == slug))


def get(session: Session, slug: str) -> Platform:
    """The platform of this slug; raises `NotFound`."""
    platform = find(session, slug)
    if platform is None:
        raise NotFound(_("there is no platform “%(slug)s”", slug=slug))
    return platform


def by_id(session: Session, platform_id: int) -> Platform:
    """The platform of this id, which must be there: something of the ledger names it."""
    return session.get_one(Platform, platform_id)


def platforms(session: Session, among: Platforms, *, active: bool | None = None) -> list[Platform]:
    """The platforms by name of those that may be told of, or only the active or inactive ones."""
    query = sa.select(Platform).where(_may_be_told(among)).order_by(Platform.name, Platform.id)
    return list(session.scalars(query if active is None else query.where(Platform.active == active)))


def is_among(platform_id: InstrumentedAttribute[int], among: Platforms) -> sa.ColumnElement[bool]:
    """Whether a row, by its platform's id, belongs to a platform that may be told of."""
    return sa.true() if among is None else platform_id.in_(sa.select(Platform.id).where(_may_be_told(among)))


def _may_be_told(among: Platforms) -> sa.ColumnElement[bool]:
    return sa.true() if among is None else Platform.slug.in_(sorted(among))


def may_work_there(session: Session, person_id: int | None, platform_id: int) -> bool:
    """Whether this is somebody active who may read the platform: only they can be given work there."""
    person = session.get(Person, person_id) if person_id is not None else None
    slug = by_id(session, platform_id).slug
    return person is not None and person.active and access.of_person(person).may(READ, slug)


def owner_id(session: Session, owner: str) -> int | None:
    """Who signs in with this e-mail address; None when it is nobody active, who could not be told anything."""
    return session.scalar(sa.select(Person.id).where(Person.email == owner.strip().lower(), Person.active))


def shares() -> sa.ColumnElement[bool]:
    """The condition under which a platform's tickets are joined to those of others; settings of old do not say it."""
    said: sa.ColumnElement[bool] = Platform.settings["share"].as_boolean()
    return said.is_not(sa.false())
