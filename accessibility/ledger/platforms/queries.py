"""Every SELECT on platforms."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.platforms.models import Platform
from core.errors import NotFound
from core.i18n import gettext as _
from core.people.models import Person


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


def platforms(session: Session, *, active: bool | None = None) -> list[Platform]:
    """All platforms by name, or only the active or inactive ones."""
    query = sa.select(Platform).order_by(Platform.name, Platform.id)
    return list(session.scalars(query if active is None else query.where(Platform.active == active)))


def owner_id(session: Session, owner: str) -> int | None:
    """Who signs in with this e-mail address; None when it is nobody active, who could not be told anything."""
    return session.scalar(sa.select(Person.id).where(Person.email == owner.strip().lower(), Person.active))


def shares() -> sa.ColumnElement[bool]:
    """The condition under which a platform's tickets are joined to those of others; settings of old do not say it."""
    said: sa.ColumnElement[bool] = Platform.settings["share"].as_boolean()
    return said.is_not(sa.false())
