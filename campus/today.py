"""The campus today: last night, who comes and goes, the year against its target. Quick: nothing is forecast here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from campus.capacity.bridge import Bridge
from campus.capacity.queries import capacity
from campus.counts import turnover
from campus.counts.rules import Seen
from campus.forecast.outlook import Outlook, outlook
from campus.forecast.targets import target_of
from campus.nights import Nights


@dataclass(frozen=True, slots=True)
class Day:
    """Figures of a day. `to_date` counts the nights of the year that are over."""

    last_night: Bridge
    arrivals: Seen
    departures: Seen
    target: int
    to_date: int
    end: Outlook


def day(session: Session, on: date) -> Day:
    """The figures of this day, as known now."""
    year, one = Nights.year(on.year), timedelta(days=1)
    over, last = Nights(year.first, max(year.first, on)), Nights(on - one, on)
    bridges = capacity(session, [last, over] if len(over) else [last], on=on)
    target = target_of(session, on.year)
    return Day(
        last_night=bridges.get((0, None), Bridge()),
        arrivals=_together(turnover.arrivals(session, Nights(on, on + one)).values()),
        departures=_together(turnover.departures(session, Nights(on, on + one)).values()),
        target=target,
        to_date=bridges.get((1, None), Bridge()).sold,
        end=outlook(session, on.year, target, on),
    )


def _together(seen: Iterable[Seen]) -> Seen:
    every = list(seen)
    return Seen(sum(one.rooms for one in every), sum(one.guests for one in every))
