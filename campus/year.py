"""A year of the campus in figures: the bridge, occupancy by every denominator, and how it stands to the target."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from campus.forecast.make import make_forecast
from campus.forecast.models import Forecast
from campus.forecast.targets import target_of
from campus.known import end_of
from campus.nights import Nights
from campus.occupancy.bridge import Bridge
from campus.occupancy.capacity import capacity, total
from core.i18n import today

TERMS = ("inventory", "extended_closed", "out_of_order", "house_use", "sellable", "sold", "held", "free")


@dataclass(frozen=True, slots=True)
class YearReport:
    """A year as known on a day. `to_date` are the nights sold that are over; the forecast is None without snapshots."""

    year: int
    as_of: date
    bridge: Bridge
    target: int
    to_date: int
    expected: float | None
    low: float | None
    high: float | None
    chance: float | None

    def as_json(self) -> dict[str, Any]:
        """Room-nights by name, shares from 0 to 1."""
        return {
            **{name: getattr(self.bridge, name) for name in TERMS},
            "occupancy": self.bridge.occupancy,
            "target": self.target,
            "to_date": self.to_date,
            "expected": None if self.expected is None else round(self.expected),
            "chance_of_target": self.chance,
            "year": self.year,
            "as_of": self.as_of.isoformat(),
        }


def year_report(session: Session, year: int, as_of: date | None = None) -> YearReport:
    """The year as known at the end of a past day, or now."""
    on = as_of or today()
    at = end_of(as_of) if as_of else None
    nights = Nights.year(year)
    over = Nights(nights.first, max(nights.first, min(on, nights.until)))
    to_date = total(capacity(session, [over], at=at, on=on)).sold if len(over) else 0
    end = _year_end(session, year, as_of)
    if nights.until <= on:
        end = {"expected": to_date, "low": to_date, "high": to_date}
        end["chance"] = float(to_date >= target_of(session, year))
    return YearReport(
        year=year,
        as_of=on,
        bridge=total(capacity(session, [nights], at=at, on=on)),
        target=target_of(session, year),
        to_date=to_date,
        expected=end.get("expected"),
        low=end.get("low"),
        high=end.get("high"),
        chance=end.get("chance"),
    )


def _year_end(session: Session, year: int, as_of: date | None) -> dict[str, Any]:
    """What the kept forecast of the day says, or one that is made anew from what was known then."""
    kept = session.get(Forecast, as_of + timedelta(days=1) if as_of else today())
    content = kept.content if kept else make_forecast(session, as_of + timedelta(days=1) if as_of else today())
    return dict(content["years"].get(str(year), {}))
