"""A year of the campus: how it stands to the target by both its readings, the bridge, occupancy, months and a cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Query, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api import charts
from api.charts import Chart, Line
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus import figures
from api.pages.campus.access import Reader, keeps
from api.pages.campus.asked import Asked, cut_in, entries, past_day_in
from api.rendering import render
from campus.capacity.report import Moment, Question, make_report
from campus.capacity.things import OF_ROOMS, things_of
from campus.forecast.outlook import chance_said
from campus.forecast.targets import target, target_of
from campus.nights import Nights
from campus.places.models import Pavilion
from campus.year import YearReport, year_report
from core.i18n import format_number, today, zone
from core.i18n import gettext as _

router = page_router()
PAGE = "/rooms"
Year = Annotated[int | None, Query(ge=2000, le=2100)]
FIRST_YEAR = 2022


@dataclass(frozen=True, slots=True)
class TargetReading:
    """One of the two things that the target means: of the nights that are over, and of the whole year."""

    title: str
    to_date: int
    whole: int | None
    target: int

    @property
    def less_target(self) -> str:
        """By how much the whole year lies over the target, or under it; empty where that is not known."""
        if self.whole is None:
            return ""
        difference = self.whole - self.target
        return f"{'+' if difference > 0 else '−' if difference else ''}{format_number(abs(difference))}"


@router.get(PAGE)
def year_view(request: Request, person: Reader, session: Reading, year: Year = None) -> Response:
    """The year in one sentence, its figures, months, and the cut that was asked for."""
    year = year or today().year
    params = request.query_params
    entered = Entered(FormData(dict(params)))
    with entered.shown_again(lambda: _page(request, session, year, entered)):
        as_of, cut = past_day_in(params), cut_in(params)
    report = year_report(session, year, Moment.evening(as_of), cut)
    start = entries("as_of", as_of) | {"year": str(year), "cut": cut.value}
    asked = Asked(report.report.asked, as_of, {})
    entered = Entered(start=start)
    return _page(request, session, year, entered, report=report, asked=asked, keeper=keeps(person))


@router.get(f"{PAGE}/year.svg")
def picture(
    request: Request,
    _person: Reader,
    session: Reading,
    year: Annotated[int, Query(ge=2000, le=2100)],
    narrow: bool = False,
) -> Response:
    """Room-nights sold so far, month by month, against the year before and the target."""
    moment = Moment.evening(past_day_in(request.query_params))
    return Response(charts.svg(chart_of(session, year, moment), narrow=narrow), media_type="image/svg+xml")


def _page(
    request: Request,
    session: Session,
    year: int,
    entered: Entered,
    *,
    report: YearReport | None = None,
    asked: Asked | None = None,
    keeper: bool = False,
) -> Response:
    """With the report; without it the form alone, and what is wrong with it."""
    last = max(today().year + 1, year)
    shown = _shown(session, report, asked) if report and asked else {}
    return render(
        request,
        "rooms/year.html",
        year=year,
        report=report,
        keeper=keeper,
        entered=entered,
        years=[(one, str(one)) for one in range(min(FIRST_YEAR, year), last + 1)],
        cuts=[(one.value, title) for one, title in figures.cuts().items()],
        **shown,
    )


def _shown(session: Session, report: YearReport, asked: Asked) -> dict[str, Any]:
    made, cut = report.report, report.report.asked.cut
    span = made.asked.nights
    entered = target(session, report.year, made.moment.at)
    return {
        "said": said_of(report),
        "known_on": asked.as_of,
        "source": entered.source if entered else _("published in the Programme and Budget proposals for 2024-25"),
        "readings": _readings(report),
        "bar": _bar(report),
        "chance": chance_said(report.end.chance),
        "steps": figures.steps(report.bridge),
        "bed_steps": figures.bed_steps(report.bridge),
        "bridge_said": figures.bridge_said(report.bridge),
        "occupancy": figures.occupancy(report.bridge),
        "months": [(figures.period_name(nights, span), bridge) for nights, bridge in made.steps],
        "cut": cut,
        "thing": figures.cuts()[cut],
        "things": figures.named(things_of(session, cut), made.things, cut),
        "of_rooms": cut in OF_ROOMS,
        "invented": session.scalar(sa.select(Pavilion.id).where(Pavilion.invented).limit(1)) is not None,
        "address": f"{PAGE}/year.svg?year={report.year}&as_of={asked.as_of or ''}",
        "query": asked.query(),
    }


def said_of(report: YearReport) -> str:
    """The year in one sentence."""
    end, target = report.end, format_number(report.target)
    values = {"year": report.year, "target": target, "sold": format_number(report.to_date)}
    if end.expected is None:
        return _("%(sold)s room-nights of %(year)s are sold so far; the target is %(target)s.", **values)
    values["expected"] = format_number(round(end.expected))
    if report.ended:
        return _("%(year)s ended with %(expected)s room-nights; the target was %(target)s.", **values)
    if end.chance is None:
        return _("%(year)s is on its way to %(expected)s room-nights; the target is %(target)s.", **values)
    return _(
        "%(year)s is expected to end with %(expected)s room-nights. The chance of reaching %(target)s is %(chance)s.",
        **values,
        chance=chance_said(end.chance),
    )


def _readings(report: YearReport) -> list[TargetReading]:
    """The source means both: rooms after closures, and nights sold."""
    expected = None if report.end.expected is None else round(report.end.expected)
    sellable = report.report.over.sellable
    return [
        TargetReading(_("Can be sold, after closures"), sellable, report.bridge.sellable, report.target),
        TargetReading(_("Sold"), report.to_date, expected, report.target),
    ]


def _bar(report: YearReport) -> dict[str, float]:
    """Where sold, the expected range and the target lie, as parts of 1000 of the bar's width."""
    low, high = report.end.low or 0.0, report.end.high or 0.0
    scale = 1000 / (1.03 * max(report.target, high, report.to_date))
    places = {"sold": report.to_date, "low": low, "high": high, "target": report.target}
    return {name: round(value * scale, 1) for name, value in places.items()}


def chart_of(session: Session, year: int, moment: Moment) -> Chart:
    """Sums by the end of each month; this year's line ends with the last month that is over."""
    months = Nights.year(year).months()
    ends = tuple(datetime.combine(month.until - timedelta(days=1), time(12), zone()) for month in months)
    this, before = _sums(session, year, moment), _sums(session, year - 1, moment)
    until = [value if month.until <= moment.on else None for value, month in zip(this, months, strict=True)]
    lines = [Line(str(year), tuple(until))]
    if any(before):
        lines.append(Line(str(year - 1), tuple(before)))
    goal = target_of(session, year, moment.at)
    label = _("Target %(n)s", n=format_number(goal))
    return Chart(ends, tuple(lines), ((label, float(goal)),), top=None)


def _sums(session: Session, year: int, moment: Moment) -> list[float]:
    sold: Sequence[int] = [
        bridge.sold for _month, bridge in make_report(session, Question(Nights.year(year)), moment).steps
    ]
    return [float(sum(sold[: number + 1])) for number in range(len(sold))]
