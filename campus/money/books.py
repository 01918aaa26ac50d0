"""How versions of money are kept: who wrote them, their numbers, and the current one of a number."""

from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import Recorded, known
from core import clock
from core.errors import NotFound
from core.i18n import gettext as _

Row = TypeVar("Row", bound=Recorded)


def keep(session: Session, row: Row, actor: str, reason: str = "") -> Row:
    """Write a version as what is believed from now on."""
    row.recorded_at, row.recorded_by, row.reason = clock.now(), actor, reason
    session.add(row)
    session.flush()
    return row


def next_number(session: Session, table: type[Recorded]) -> int:
    """The number of the next thing in a table whose versions are numbered."""
    return (session.scalar(sa.select(sa.func.max(sa.column("number"))).select_from(table)) or 0) + 1


def current(session: Session, table: type[Row], number: int) -> Row:
    """The current version of a number. Raises `NotFound`."""
    found = session.scalar(sa.select(table).where(sa.column("number") == number, known(table, None)))
    if found is None:
        raise no_such_entry()
    return found


def no_such_entry() -> NotFound:
    """What is said of a number that is not there, or belongs to something else."""
    return NotFound(_("There is no such entry."))


def versions(session: Session, table: type[Row], number: int) -> list[Row]:
    """Every version of a number, the newest first."""
    rows = sa.select(table).where(sa.column("number") == number)
    return list(session.scalars(rows.order_by(sa.column("id").desc())))
