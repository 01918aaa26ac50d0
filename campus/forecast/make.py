"""Makes the day's forecast: every segment by its best method, the year's end by drawing, and the back-test of both."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast.backtest import SpanTest, back_test, span_of
from campus.forecast.methods import METHODS, NAIVE, View
from campus.forecast.models import Forecast
from campus.forecast.targets import target_of
from campus.forecast.views import WeeklyBooks, first_of, week_of, weekly_books
from campus.forecast.year_end import OpenWeek, YearEnd, year_end
from campus.known import end_of
from campus.nights import Nights
from campus.occupancy.capacity import capacity, total
from campus.places.models import Segment
from core import clock

ORIGINS = 39  # Mondays from which the back-test forecasts: three quarters of a year


def keep_forecast(session: Session, today: date) -> Forecast:
    """Make the day's forecast and keep it in place of an earlier one of the day."""
    forecast = session.get(Forecast, today) or Forecast(made_on=today)
    forecast.made_at, forecast.content = clock.now(), make_forecast(session, today)
    session.add(forecast)
    session.flush()
    return forecast


def make_forecast(session: Session, today: date) -> dict[str, Any]:
    """Forecast the rest of this year and of the next, from the snapshots of the days before `today` alone."""
    origin = week_of(today)
    years = [Nights.year(today.year), Nights.year(today.year + 1)]
    open_weeks: dict[int, list[OpenWeek]] = {year.first.year: [] for year in years}
    segments = []
    names = {one.id: one.name for one in session.scalars(sa.select(Segment).order_by(Segment.position))}
    books = weekly_books(session, today)
    for segment_id in names:
        if segment_id in books:
            tests, weeks = _segment(books[segment_id], origin, week_of(years[-1].until))
            segments.append({"segment": segment_id, "tests": [asdict(test) for test in tests], "weeks": weeks})
            for year in years:
                open_weeks[year.first.year] += _open_weeks(weeks, tests, year, today)
    ends = {str(year.first.year): asdict(_year_end(session, year, today, open_weeks)) for year in years}
    return {"segments": segments, "years": ends}


def _segment(books: WeeklyBooks, origin: int, until: int) -> tuple[list[SpanTest], list[dict[str, Any]]]:
    """The back-test of a segment, and its weeks from the origin on."""
    view = books.view(origin)
    tests = back_test([books.view(one) for one in books.origins(origin - 1, ORIGINS)], view.finals)
    return tests, [_week(view, week, tests) for week in range(origin, until + 1)]


def _week(view: View, week: int, tests: list[SpanTest]) -> dict[str, Any]:
    """By the first method that knows enough: the best one, then last year's week, then what is booked."""
    test = span_of(tests, view.lead(week))
    order = (test.best if test else NAIVE, "same time last year", NAIVE)
    booked = view.booked.get(week, 0.0)
    for name in order:
        value = METHODS[name](view, week)
        if value is not None:
            return {"week": week, "method": name, "nights": max(value, booked), "booked": booked}
    return {"week": week, "method": "booked", "nights": booked, "booked": booked}


def _open_weeks(weeks: list[dict[str, Any]], tests: list[SpanTest], year: Nights, today: date) -> list[OpenWeek]:
    """What is still to come in the year: whole weeks, and the parts of those that today or the year cuts."""
    still = Nights(max(year.first, today), year.until)
    found = []
    for week in weeks:
        monday = first_of(week["week"])
        share = len(Nights(monday, monday + timedelta(days=7)).clipped(still)) / 7
        if share:
            test = span_of(tests, week["week"] - week_of(today))
            found.append(OpenWeek(week["nights"] * share, test.errors if test else (), share, week["booked"] * share))
    return found


def _year_end(session: Session, year: Nights, today: date, open_weeks: Mapping[int, list[OpenWeek]]) -> YearEnd:
    over = Nights(year.first, max(year.first, min(today, year.until)))
    yesterday = today - timedelta(days=1)
    to_date = total(capacity(session, [over], at=end_of(yesterday), on=yesterday)).sold if len(over) else 0
    return year_end(to_date, open_weeks[year.first.year], target_of(session, year.first.year))
