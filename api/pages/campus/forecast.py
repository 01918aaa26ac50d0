"""The forecast: the weeks ahead, how far it can be trusted, and how the year will end."""

from datetime import date, datetime, time
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import bars, charts
from api.bars import Distribution
from api.charts import Chart, Line
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus import forecast_parts as parts
from api.pages.campus.access import Reader
from api.pages.campus.forecast_parts import PAGE
from api.rendering import render
from api.table_files import csv_table
from campus.forecast import queries, told
from campus.forecast.accuracy import A_MONTH, accuracy
from campus.forecast.models import Forecast
from campus.forecast.outlook import chance_said
from campus.forecast.told import Week
from campus.forecast.year_end import YearEnd, distribution
from campus.places.models import Segment
from core.errors import NotFound
from core.i18n import format_number, format_percent, today, zone
from core.i18n import gettext as _

router = page_router()
SHOWN = 26  # weeks in the chart and its table; the file has all
MONTH = 4  # weeks that the sentence tells of


@router.get(PAGE)
def forecast_page(
    request: Request, _person: Reader, session: Reading, segment: str = "", year: int | None = None
) -> Response:
    """The newest forecast that was kept; which day's, where it is not today's."""
    one = parts.chosen(session, segment)
    forecast = queries.latest_forecast(session, today())
    if forecast is None:
        return render(request, "rooms/forecast.html", forecast=None)
    ends = told.years_of(forecast.content)
    shown_year = year if year in ends else min(ends)
    number = one.id if one else None
    weeks = told.weeks_of(forecast.content, number)[:SHOWN]
    return render(
        request,
        "rooms/forecast.html",
        forecast=forecast,
        old=forecast.made_on != today(),
        books_of=date.fromisoformat(forecast.content["books_of"]),
        said=said_of_year(min(ends), ends[min(ends)]),
        segment=one,
        filters=Entered(start={"segment": segment}),
        options=parts.options(session),
        weeks=weeks,
        said_of_weeks=_said_of_weeks(weeks),
        names=parts.METHODS,
        **_trust(session, forecast, one),
        year=shown_year,
        years=list(ends),
        end=ends[shown_year],
        said_of_end=said_of_year(shown_year, ends[shown_year]),
        bins=distribution(ends[shown_year]),
    )


@router.get(f"{PAGE}/weeks.svg")
def weeks_picture(_person: Reader, session: Reading, segment: str = "", narrow: bool = False) -> Response:
    """The weeks ahead: forecast with its interval, what is booked, last year."""
    weeks = _kept_weeks(session, segment)[:SHOWN]
    instants = tuple(datetime.combine(week.first, time(12), zone()) for week in weeks)
    lines = (
        Line(_("Forecast"), tuple(week.nights for week in weeks)),
        Line(_("Last year"), tuple(week.last_year for week in weeks)),
        Line(_("Booked"), tuple(week.sold for week in weeks)),
    )
    band = tuple((week.low, week.high) if week.low is not None and week.high is not None else None for week in weeks)
    return Response(charts.svg(Chart(instants, lines, band=band), narrow=narrow), media_type="image/svg+xml")


@router.get(f"{PAGE}/weeks.csv")
def weeks_file(_person: Reader, session: Reading, segment: str = "") -> Response:
    """All weeks of the forecast, as a table for other programs."""
    heading = ("week_from", "method", "forecast", "low", "high", "booked", "held", "last_year")
    rows = [
        (week.first, week.method, week.nights, week.low, week.high, week.sold, week.held, week.last_year)
        for week in _kept_weeks(session, segment)
    ]
    return csv_table("forecast", heading, rows)


@router.get(f"{PAGE}/year.svg")
def year_picture(_person: Reader, session: Reading, year: int, narrow: bool = False) -> Response:
    """How the year may end, and where the target lies."""
    forecast = queries.latest_forecast(session, today())
    end = told.years_of(forecast.content).get(year) if forecast else None
    if end is None:
        raise NotFound(_("There is no forecast of this year."))
    found = tuple((float(one.first), float(one.until), one.share) for one in distribution(end))
    marks = ((_("Target %(n)s", n=format_number(end.target)), float(end.target)),)
    chart = Distribution(found or ((end.expected, end.expected + 1, 1.0),), marks, _("Room-nights"))
    return Response(bars.svg(chart, narrow=narrow), media_type="image/svg+xml")


def said_of_year(year: int, end: YearEnd) -> str:
    """How the year is expected to end, its interval and the chance of the target, in words."""
    expected, target = format_number(round(end.expected)), format_number(end.target)
    if end.chance is None or end.low is None or end.high is None:
        return _(
            "%(year)s is expected to end with %(expected)s room-nights. How likely %(target)s are is not known: "
            "too few past forecasts went so far ahead.",
            year=year,
            expected=expected,
            target=target,
        )
    return _(
        "%(year)s is expected to end with %(expected)s room-nights, in four of five cases with %(low)s to %(high)s. "
        "The chance of reaching %(target)s is %(chance)s.",
        year=year,
        expected=expected,
        low=format_number(round(end.low)),
        high=format_number(round(end.high)),
        target=target,
        chance=chance_said(end.chance),
    )


def _kept_weeks(session: Session, slug: str) -> list[Week]:
    one = parts.chosen(session, slug)
    forecast = queries.latest_forecast(session, today())
    if forecast is None:
        raise NotFound(_("There is no forecast yet."))
    return told.weeks_of(forecast.content, one.id if one else None)


def _said_of_weeks(weeks: list[Week]) -> str:
    near = weeks[:MONTH]
    if not near:
        return _("This segment has nothing on the books yet, so there is no forecast of it.")
    return _(
        "In the next four weeks %(nights)s room-nights are expected: %(sold)s are booked, %(held)s more are held for "
        "groups. In the same weeks a year before, there were %(before)s.",
        nights=format_number(round(sum(week.nights for week in near))),
        sold=format_number(round(sum(week.sold or 0 for week in near))),
        held=format_number(round(sum(week.held or 0 for week in near))),
        before=format_number(round(sum(week.last_year or 0 for week in near))),
    )


def _trust(session: Session, forecast: Forecast, one: Segment | None) -> dict[str, Any]:
    """The back-test of what is shown, which method each segment uses, and how the kept forecasts did."""
    content = forecast.content
    used = [
        (name, test, told.since(content, number, test))
        for number, name in parts.segment_names(session).items()
        for test in told.tests_of(content, number)
        if one is None or one.id == number
    ]
    did = accuracy(session, today(), one.id if one else None)
    return {
        "tests": [test for test in told.tests_of(content, one.id if one else None) if test.scores],
        "used": used,
        "span": parts.span,
        "did": did,
        "said_of_kept": _said_of_kept(did.forecasts, did.error, did.naive_error, did.within),
        "month_ago": today() - A_MONTH,
    }


def _said_of_kept(number: int, error: float | None, naive: float | None, within: float | None) -> str:
    if error is None or naive is None:
        return _("No forecast has been kept long enough to be held against what came.")
    text = _(
        "In the last three months, %(n)s forecasts of a week up to four weeks ahead were off by %(error)s room-nights "
        "on average; the naive method would have been off by %(naive)s.",
        n=format_number(number),
        error=format_number(round(error)),
        naive=format_number(round(naive)),
    )
    if within is None:
        return text
    share = format_percent(round(within, 2))
    return f"{text} " + _("%(share)s of what came lay within the interval, which is made for 80%%.", share=share)
