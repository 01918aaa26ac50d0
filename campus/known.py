"""The books as they were known on a past day: nothing in them is overwritten, so any report can be printed again.

A row that is `Recorded` is one version of a fact. A change writes a new version and says of the old one when it ended
to be what we believed; the days a fact is about are columns of its own.
"""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import clock
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today, zone


class Recorded:
    """Columns of a versioned fact. `recorded_by` is an actor as in the audit trail, `reason` why it was changed."""

    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(sa.String(80))
    superseded_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(sa.String(500), default="")


def one_current(name: str, *columns: str) -> sa.Index:
    """Of all versions with the same `columns` only one is the current one; `name` is that of the table."""
    current = sa.text("superseded_at IS NULL")
    return sa.Index(f"uq_{name}_current", *columns, unique=True, sqlite_where=current, postgresql_where=current)


def known(table: type[Recorded], at: datetime | None) -> sa.ColumnElement[bool]:
    """The versions that were believed at this instant; None for now."""
    if at is None:
        return table.superseded_at.is_(None)
    unended = sa.or_(table.superseded_at.is_(None), table.superseded_at > at)
    return sa.and_(table.recorded_at <= at, unended)


def end_of(day: date) -> datetime:
    """The instant at which a day at the campus is over: a report as of that day knows all that was recorded on it."""
    return datetime.combine(day + timedelta(days=1), time.min, zone())


def checked_as_of(day: date | None) -> date | None:
    """A day whose knowledge counts, None for now. Raises `InvalidInput` for one that has not come."""
    if day is not None and day > today():
        raise InvalidInput(_("must not lie in the future"), place="as_of")
    return day


def supersede(session: Session, version: Recorded) -> None:
    """From now on the books believe something else. The row must be the current version."""
    version.superseded_at = clock.now()
    session.flush()
