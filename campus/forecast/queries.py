"""Every SELECT on snapshots and forecasts that reports need."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast.models import Forecast, OnTheBooks, Snapshot
from campus.forecast.replay import BEFORE
from core.errors import InvalidInput, NotFound
from core.i18n import format_date
from core.i18n import gettext as _

Stood: TypeAlias = Mapping[tuple[date, int], tuple[int, int]]  # (night, segment) → rooms sold, rooms held


def stood(session: Session, evening_of: Mapping[date, date]) -> Stood:
    """What stood in the books of each night on the evening that is given for it; nothing where nothing did."""
    if not evening_of:
        return {}
    columns = sa.column("night", sa.Date), sa.column("evening", sa.Date)
    wanted = sa.values(*columns, name="wanted").data(list(evening_of.items())).cte("wanted")
    found = session.execute(
        sa.select(OnTheBooks.night, OnTheBooks.segment_id, OnTheBooks.sold, OnTheBooks.held).join(
            wanted, sa.and_(OnTheBooks.taken_on == wanted.c.evening, OnTheBooks.night == wanted.c.night)
        )
    )
    return {(night, segment): (sold, held) for night, segment, sold, held in found}


def evenings_there(session: Session, evenings: Iterable[date]) -> set[date]:
    """Those of the evenings that have a snapshot."""
    wanted = set(evenings)
    if not wanted:
        return set()
    among = Snapshot.taken_on.between(min(wanted), max(wanted))
    return set(session.scalars(sa.select(Snapshot.taken_on).where(among))) & wanted


def last_evening_of(nights: Iterable[date], last: date) -> dict[date, date]:
    """Night → the last evening whose snapshot holds it: a week after it, when everything is entered, or `last`."""
    return {night: min(last, night + timedelta(days=BEFORE)) for night in nights}


def newest_snapshot(session: Session) -> date | None:
    """The evening of the last snapshot."""
    found: date | None = session.scalar(sa.select(sa.func.max(Snapshot.taken_on)))
    return found


def must_be_there(session: Session, evening: date, place: str) -> None:
    """Raises `InvalidInput` naming `place` where there is no snapshot of the evening."""
    if session.get(Snapshot, evening) is None:
        day = format_date(evening)
        raise InvalidInput(_("there is no snapshot of %(day)s, so what stood then is not known", day=day), place=place)


def snapshots(session: Session, offset: int, limit: int) -> tuple[list[tuple[Snapshot, int, int]], int]:
    """Snapshots with the room-nights sold and held that they hold, the newest first; and how many there are in all."""
    total = session.scalar(sa.select(sa.func.count()).select_from(Snapshot)) or 0
    shown = sa.select(Snapshot).order_by(Snapshot.taken_on.desc()).offset(offset).limit(limit)
    some = list(session.scalars(shown))
    sums: dict[date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    found = session.execute(
        sa.select(OnTheBooks.taken_on, sa.func.sum(OnTheBooks.sold), sa.func.sum(OnTheBooks.held))
        .where(OnTheBooks.taken_on.in_([one.taken_on for one in some]))
        .group_by(OnTheBooks.taken_on)
    )
    sums.update({evening: (int(sold), int(held)) for evening, sold, held in found})
    return [(one, *sums[one.taken_on]) for one in some], total


def books_of(session: Session, evening: date, offset: int, limit: int) -> tuple[list[OnTheBooks], int]:
    """What stood in the books on an evening, by night and segment. Raises `NotFound` without its snapshot."""
    if session.get(Snapshot, evening) is None:
        raise NotFound(_("There is no snapshot of this day."))
    rows = sa.select(OnTheBooks).where(OnTheBooks.taken_on == evening)
    total = session.scalar(sa.select(sa.func.count()).select_from(rows.subquery())) or 0
    ordered = rows.order_by(OnTheBooks.night, OnTheBooks.segment_id).offset(offset).limit(limit)
    return list(session.scalars(ordered)), total


def latest_forecast(session: Session, until: date | None = None) -> Forecast | None:
    """The newest forecast, of those made on a day or before it."""
    query = sa.select(Forecast).order_by(Forecast.made_on.desc()).limit(1)
    return session.scalar(query.where(Forecast.made_on <= until) if until else query)


def forecast_of(session: Session, day: date) -> Forecast:
    """The forecast that was kept on a day. Raises `NotFound`."""
    found = session.get(Forecast, day)
    if found is None:
        raise NotFound(_("No forecast was kept on this day."))
    return found


def forecasts_between(session: Session, first: date, until: date) -> list[Forecast]:
    """The forecasts kept from `first` to before `until`, the oldest first."""
    within = sa.and_(Forecast.made_on >= first, Forecast.made_on < until)
    return list(session.scalars(sa.select(Forecast).where(within).order_by(Forecast.made_on)))


def forecast_days(session: Session, offset: int, limit: int) -> tuple[list[Forecast], int]:
    """Kept forecasts, the newest first; and how many there are in all."""
    total = session.scalar(sa.select(sa.func.count()).select_from(Forecast)) or 0
    return list(
        session.scalars(sa.select(Forecast).order_by(Forecast.made_on.desc()).offset(offset).limit(limit))
    ), total
