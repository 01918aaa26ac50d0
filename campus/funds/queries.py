"""Every SELECT on funds: their entries, what documents print of them, and the facts files that were loaded."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.funds.models import FactsLoad, Fund, FundEntry, PrintedFigure
from campus.funds.rules import Status
from campus.known import known
from core.errors import NotFound
from core.i18n import gettext as _


def funds(session: Session) -> list[Fund]:
    """All funds, in their order."""
    return list(session.scalars(sa.select(Fund).order_by(Fund.position, Fund.id)))


def fund(session: Session, slug: str) -> Fund:
    """One fund. Raises `NotFound`."""
    found = session.scalar(sa.select(Fund).where(Fund.slug == slug))
    if found is None:
        raise NotFound(_("There is no such fund."))
    return found


def entries(session: Session, at: datetime | None = None, fund_id: int | None = None) -> list[FundEntry]:
    """What counted at an instant, by day; of one fund where it is named."""
    query = sa.select(FundEntry).where(known(FundEntry, at), FundEntry.status == Status.BOOKED)
    if fund_id is not None:
        query = query.where(FundEntry.fund_id == fund_id)
    return list(session.scalars(query.order_by(FundEntry.day, FundEntry.number)))


def amounts(session: Session, at: datetime | None = None) -> Iterable[sa.Row[int, str, date, int, bool]]:
    """The same of all funds as plain rows, which is quick: (fund, kind, day, cents, whether it is planned)."""
    columns = (FundEntry.fund_id, FundEntry.kind, FundEntry.day, FundEntry.cents, FundEntry.planned)
    query = sa.select(*columns).where(known(FundEntry, at), FundEntry.status == Status.BOOKED)
    return session.execute(query.order_by(FundEntry.day, FundEntry.number))


def entry(session: Session, number: int) -> FundEntry:
    """The present version of an entry, a cancelled one too. Raises `NotFound`."""
    found = session.scalar(sa.select(FundEntry).where(FundEntry.number == number, known(FundEntry, None)))
    if found is None:
        raise NotFound(_("There is no such entry."))
    return found


def versions(session: Session, number: int) -> list[FundEntry]:
    """Every version of an entry, the newest first."""
    return list(session.scalars(sa.select(FundEntry).where(FundEntry.number == number).order_by(FundEntry.id.desc())))


def next_number(session: Session) -> int:
    """The number of the next entry; writers queue, so nobody else takes it."""
    return 1 + (session.scalar(sa.select(sa.func.max(FundEntry.number))) or 0)


def printed(session: Session, at: datetime | None = None) -> list[PrintedFigure]:
    """What documents print, as known at an instant, in their order."""
    order = (PrintedFigure.position, PrintedFigure.id)
    return list(session.scalars(sa.select(PrintedFigure).where(known(PrintedFigure, at)).order_by(*order)))


def loads(session: Session) -> list[FactsLoad]:
    """The facts files that were loaded, the last one first."""
    return list(session.scalars(sa.select(FactsLoad).order_by(FactsLoad.id.desc())))


def load(session: Session, load_id: int) -> FactsLoad:
    """One of them. Raises `NotFound`."""
    found = session.get(FactsLoad, load_id)
    if found is None:
        raise NotFound(_("There is no such facts file."))
    return found
