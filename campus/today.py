"""The campus today: last night, who comes and goes, the year against its target. Quick: nothing is forecast here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.counts import turnover
from campus.counts.rules import Seen
from campus.forecast.models import Forecast
from campus.forecast.targets import target_of
from campus.nights import Nights
from campus.occupancy.bridge import Bridge
from campus.occupancy.capacity import capacity


@dataclass(frozen=True, slots=True)
class Day:
    """Figures of a day. `expected`, `low`, `high` (room-nights) and `chance` (a share) are of the forecast kept last;
    None before there was one. `to_date` counts the nights of the year that are over.
    """

    last_night: Bridge
    arrivals: Seen
    departures: Seen
    target: int
    to_date: int
    expected: float | None
    low: float | None
    high: float | None
    chance: float | None
    forecast_on: date | None


def day(session: Session, on: date) -> Day:
    """The figures of this day, as known now."""
    year, one = Nights.year(on.year), timedelta(days=1)
    over, last = Nights(year.first, max(year.first, on)), Nights(on - one, on)
    bridges = capacity(session, [last, over] if len(over) else [last], on=on)
    kept = session.scalar(sa.select(Forecast).where(Forecast.made_on <= on).order_by(Forecast.made_on.desc()).limit(1))
    end: dict[str, Any] = kept.content["years"].get(str(on.year), {}) if kept else {}
    return Day(
        last_night=bridges.get((0, None), Bridge()),
        arrivals=_together(turnover.arrivals(session, Nights(on, on + one)).values()),
        departures=_together(turnover.departures(session, Nights(on, on + one)).values()),
        target=target_of(session, on.year),
        to_date=bridges.get((1, None), Bridge()).sold,
        expected=end.get("expected"),
        low=end.get("low"),
        high=end.get("high"),
        chance=end.get("chance"),
        forecast_on=kept.made_on if kept and end else None,
    )


def _together(seen: Iterable[Seen]) -> Seen:
    every = list(seen)
    return Seen(sum(one.rooms for one in every), sum(one.guests for one in every))
