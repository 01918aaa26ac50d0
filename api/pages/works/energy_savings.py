"""What a meter's baseline says was avoided: by month, in sum, before and after the works, as known on any day."""

from datetime import date, timedelta

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import actors, energy_charts
from api import energy_words as words
from api.dependencies import Reading
from api.energy_charts import Chart, Point
from api.forms import Entered, iso_day
from api.pages import page_router
from api.pages.campus.access import Reader, keeps
from api.pages.works.energy_meter import ONE
from api.rendering import render
from api.table_files import csv_table
from campus.energy import queries, savings
from campus.energy.baseline import CONFIDENCE
from campus.energy.savings import MonthSaving, Report
from campus.known import checked_as_of, end_of
from core.errors import InvalidInput, NotFound
from core.i18n import format_percent
from core.i18n import gettext as _

router = page_router()


@router.get(f"{ONE}/savings")
def savings_page(request: Request, slug: str, person: Reader, session: Reading, as_of: str = "") -> Response:
    """The report, or what is missing for it."""
    meter = queries.meter(session, slug)
    entered = Entered(start={"as_of": as_of})
    try:
        day = _day(as_of)
    except InvalidInput as error:
        entered.errors["as_of"] = _("The day %(problem)s", problem=error.message)
        day = None
    report = _report(session, slug, day)
    unit = words.figures_unit(meter)
    return render(
        request,
        "works/energy_savings.html",
        status=422 if entered.errors else 200,
        slug=slug,
        meter=meter,
        unit=unit,
        report=report,
        as_of=day,
        confidence=format_percent(CONFIDENCE),
        query=f"as_of={day or ''}",
        lead=words.told(report, unit) if report else _("No baseline was confirmed by then.") if day else "",
        outside=words.outside(report) if report else "",
        works_last=report.works.until - timedelta(days=1) if report and report.works else None,
        phases=[(words.PHASES[phase], one) for phase, one in report.sums.items()] if report else [],
        left_out=sum(one.found is None for one in report.months) if report else 0,
        entered=entered,
        keeper=keeps(person),
        words=words,
        who=actors.names(session),
        history=queries.baselines(session, meter.meter_id),
    )


@router.get(f"{ONE}/savings.svg")
def savings_picture(slug: str, _person: Reader, session: Reading, as_of: str = "", narrow: bool = False) -> Response:
    """Actual and predicted use with its band, the works shaded."""
    report = _needed(_report(session, slug, _day(as_of)))
    return Response(energy_charts.svg(chart_of(report), narrow=narrow), media_type="image/svg+xml")


@router.get(f"{ONE}/savings.csv")
def savings_file(slug: str, _person: Reader, session: Reading, as_of: str = "") -> Response:
    """Every month of the report."""
    report = _needed(_report(session, slug, _day(as_of)))
    heading = (
        *("month", "phase", "actual", "predicted", "avoided", "avoided_low", "avoided_high", "euros"),
        *("heating_degree_days", "cooling_degree_days", "room_nights", "missing"),
    )
    return csv_table(f"savings-{slug}", heading, (_row(one) for one in report.months))


def chart_of(report: Report) -> Chart:
    """What the picture shows."""
    points = tuple(map(_point, report.months))
    labels = str(_("Used")), str(_("Predicted without the works"))
    works = (report.works.first, report.works.until, str(_("Works"))) if report.works else None
    return Chart(points, labels, words.figures_unit(report.meters[0]), works)


def _row(one: MonthSaving) -> tuple[object, ...]:
    row, found = one.row, one.found
    figures: tuple[object, ...] = ("",) * 5
    if found:
        values = (found.actual, found.predicted, found.avoided, found.low, found.high)
        figures = tuple(round(value, 1) for value in values)
    euros = "" if one.cents is None else f"{one.cents / 100:.2f}"
    drives = ("" if value is None else round(value, 2) for value in (row.heating, row.cooling, row.room_nights))
    return (f"{row.first:%Y-%m}", one.phase.value, *figures, euros, *drives, " ".join(row.missing))


def _point(one: MonthSaving) -> Point:
    """The band is of what would have been used: the actual use plus the ends of what was avoided."""
    if one.found is None:
        return Point(one.row.first, None if one.row.covered < len(one.row.month) else one.row.used)
    found = one.found
    return Point(one.row.first, found.actual, found.predicted, found.actual + found.low, found.actual + found.high)


def _report(session: Session, slug: str, day: date | None) -> Report | None:
    try:
        return savings.report(session, slug, end_of(day) if day else None)
    except NotFound:
        if day is None:
            raise
        return None  # the meter was not known then


def _needed(report: Report | None) -> Report:
    if report is None:
        raise NotFound(_("No baseline is confirmed yet."))
    return report


def _day(text: str) -> date | None:
    return checked_as_of(iso_day(text, "as_of"))
