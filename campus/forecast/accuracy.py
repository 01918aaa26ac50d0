"""How the kept forecasts did: what was said a month ago, beside what came."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy.orm import Session

from campus.forecast import queries, told
from campus.forecast.models import Forecast
from campus.forecast.views import WEEK
from campus.nights import Nights

DAYS = 91  # forecasts kept in the last three months
LEADS = 4  # weeks ahead: what a month shows
A_MONTH = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Said:
    """A week that is over: what the forecast made on a day said, what came, and what the naive method had said."""

    made_on: date
    first: date
    nights: float
    low: float | None
    high: float | None
    came: int
    naive: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Kept forecasts of the next four weeks: mean absolute error a week, beside the naive one's.

    `within` is the share that came within its interval, of those that had one; None where there is nothing to tell.
    """

    forecasts: int
    error: float | None
    naive_error: float | None
    within: float | None
    month_ago: Sequence[Said]


def accuracy(session: Session, today: date, segment: int | None) -> Accuracy:
    """Of one segment, or of all together; `month_ago` are the weeks of the forecast of 28 days ago, if it was kept."""
    kept = queries.forecasts_between(session, today - timedelta(days=DAYS), today)
    came = _came(session, Nights(today - timedelta(days=DAYS + 14), today), segment)
    said = [one for forecast in kept for one in _said(forecast, came, segment)]
    errors, naive = [abs(one.came - one.nights) for one in said], [abs(one.came - one.naive) for one in said]
    inside = [one.low <= one.came <= one.high for one in said if one.low is not None and one.high is not None]
    ago = [one for one in said if one.made_on == today - A_MONTH]
    return Accuracy(len(said), _mean(errors), _mean(naive), _mean(inside), ago)


def _came(session: Session, nights: Nights, segment: int | None) -> Mapping[date, int | None]:
    """Night → rooms sold in the end; None where there is no snapshot of it."""
    last = queries.last_evening_of(nights, nights.until - timedelta(days=1))
    there = queries.evenings_there(session, last.values())
    came: dict[date, int | None] = {night: 0 if evening in there else None for night, evening in last.items()}
    sums: dict[date, int] = defaultdict(int)
    for (night, one), (sold, _held) in queries.stood(session, last).items():
        sums[night] += sold if segment in (None, one) else 0
    return came | sums


def _said(forecast: Forecast, came: Mapping[date, int | None], segment: int | None) -> list[Said]:
    """The first weeks of a forecast that are over, where what came is known."""
    weeks = told.weeks_of(forecast.content, segment)[:LEADS]
    naive = _week(came, weeks[0].first - WEEK) if weeks else None
    found = []
    for week in weeks:
        sold = _week(came, week.first)
        if sold is not None and naive is not None:
            found.append(Said(forecast.made_on, week.first, week.nights, week.low, week.high, sold, naive))
    return found


def _week(came: Mapping[date, int | None], first: date) -> int | None:
    nights = [came.get(night) for night in Nights(first, first + WEEK)]
    return None if None in nights else sum(night or 0 for night in nights)


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None
