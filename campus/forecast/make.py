"""Makes the day's forecast: every segment by its best method, the year's end from past errors, and the back-test."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.capacity.bridge import Bridge
from campus.capacity.queries import capacity
from campus.forecast.methods import HORIZON
from campus.forecast.targets import target_of
from campus.forecast.views import WEEK, Books, weekly_books
from campus.forecast.weeks import Weeks, forecast_segment, together
from campus.forecast.year_end import year_end
from campus.known import end_of
from campus.nights import Nights
from campus.places.models import Segment

COLUMNS = ("nights", "low", "high", "sold", "held", "last_year")


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A year's room-nights as known yesterday evening: sold of nights that are over, and what can be sold."""

    to_date: int
    target: int
    sellable: int
    sellable_still: int


@dataclass(frozen=True, slots=True)
class Known:
    """All that a forecast is made from. `books` are None before the first snapshot."""

    today: date
    books: Books | None
    segments: Sequence[int]
    years: Mapping[int, YearFigures]


def make_forecast(session: Session, today: date) -> dict[str, Any]:
    """Forecast the rest of this year and of the next, from the snapshots of the days before `today` alone."""
    return forecast(known_before(session, today))


def known_before(session: Session, today: date) -> Known:
    """Read what was known yesterday evening."""
    years = {year: _figures(session, Nights.year(year), today) for year in (today.year, today.year + 1)}
    segments = session.scalars(sa.select(Segment.id).order_by(Segment.position, Segment.id))
    return Known(today, weekly_books(session, today), list(segments), years)


def _figures(session: Session, year: Nights, today: date) -> YearFigures:
    yesterday = today - timedelta(days=1)
    middle = min(max(today, year.first), year.until)
    parts = [Nights(year.first, middle), Nights(middle, year.until)]
    found = capacity(session, parts, at=end_of(yesterday), on=yesterday)
    over, still = (found.get((number, None), Bridge()) for number in range(2))
    target = target_of(session, year.first.year)
    return YearFigures(over.sold, target, over.sellable + still.sellable, still.sellable)


def forecast(known: Known) -> dict[str, Any]:
    """The forecast as plain JSON, as `models.Forecast` tells. Pure."""
    books = known.books
    if books is None or not books.segments:
        return {"books_of": None, "begins": None, "segments": [], "all": None, "years": {}}
    begins = books.newest + timedelta(days=1)
    number = 1 + (date(known.today.year + 1, 12, 31) - begins).days // 7
    parts = {one: forecast_segment(books.segments[one]) for one in known.segments if one in books.segments}
    whole = together(list(parts.values()))
    return {
        "books_of": books.newest.isoformat(),
        "begins": begins.isoformat(),
        "segments": [{"segment": one} | _told(part, number) for one, part in parts.items()],
        "all": _told(whole, number),
        "years": {str(year): _year(known, year, begins, whole) for year in known.years},
    }


def _told(part: Weeks, number: int) -> dict[str, Any]:
    """Back-test and weeks of a segment, or of all; a list for each column, room-nights to one decimal."""
    columns = {name: getattr(part, name)[:number] for name in COLUMNS}
    weeks = {
        name: [None if np.isnan(one) else round(float(one), 1) for one in column] for name, column in columns.items()
    }
    return {"tests": [asdict(test) for test in part.spans], "weeks": {"method": part.methods[:number], **weeks}}


def _year(known: Known, year: int, begins: date, whole: Weeks) -> dict[str, Any]:
    """The year's end; the weeks that today or the year's ends cut count with the nights that are left of them."""
    still = Nights(max(date(year, 1, 1), known.today), date(year + 1, 1, 1))
    weeks = [Nights(begins + WEEK * lead, begins + WEEK * (lead + 1)) for lead in range(HORIZON)]
    shares = [len(week.clipped(still)) / 7 for week in weeks]
    return year_end(weeks=whole.nights, shares=shares, paths=whole.paths, **asdict(known.years[year])).as_json()
