"""Pace: what is on the books, against the same weekdays a year before, by month of stay and by segment."""

from datetime import datetime, time

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import charts
from api.charts import Chart, Line
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus import forecast_parts as parts
from api.pages.campus.access import Reader
from api.rendering import render
from api.table_files import csv_table
from campus.forecast import queries
from campus.forecast.pace import A_YEAR, PaceReport
from campus.forecast.pace import pace as pace_of
from core.errors import InvalidInput
from core.i18n import format_date, format_number, zone
from core.i18n import gettext as _

router = page_router()
PAGE = f"{parts.PAGE}/pace"


@router.get(PAGE)
def pace_page(request: Request, _person: Reader, session: Reading, on: str = "", segment: str = "") -> Response:
    """The books of an evening, the newest where none is asked for; where last year's is not there, it is said so."""
    one = parts.chosen(session, segment)
    newest = queries.newest_snapshot(session)
    entered = Entered(start={"on": on or (newest.isoformat() if newest else ""), "segment": segment})
    report = None
    if newest is not None:
        try:
            report = _report(session, on)
        except InvalidInput as error:
            entered.errors[error.place] = parts.sentence(error)
    number = one.id if one else None
    return render(
        request,
        "rooms/pace.html",
        status=422 if entered.errors and on else 200,
        entered=entered,
        options=parts.options(session),
        segment=one,
        report=report,
        some=newest is not None,
        said=_said(report, number) if report else "",
        months=report.by_month(number) if report else {},
        segments=parts.named(session, report.by_segment()) if report else [],
        total=report.total(number) if report else None,
        year_before=report.on - A_YEAR if report else None,
        query=f"on={report.on}&segment={segment}" if report else "",
    )


@router.get(f"{PAGE}.svg")
def picture(_person: Reader, session: Reading, on: str, segment: str = "", narrow: bool = False) -> Response:
    """Month by month: on the books now, then, and what became of it."""
    one = parts.chosen(session, segment)
    months = _report(session, on).by_month(one.id if one else None)
    instants = tuple(datetime.combine(month.replace(day=15), time(12), zone()) for month in months)
    lines = (
        Line(_("On the books"), tuple(float(pace.now) for pace in months.values())),
        Line(_("A year before"), tuple(float(pace.then) for pace in months.values())),
        Line(_("Became"), tuple(float(pace.became) for pace in months.values())),
    )
    return Response(charts.svg(Chart(instants, lines), narrow=narrow), media_type="image/svg+xml")


@router.get(f"{PAGE}.csv")
def file(_person: Reader, session: Reading, on: str) -> Response:
    """Every month of stay and segment."""
    report = _report(session, on)
    heading = ("month", "segment", "sold_now", "sold_then", "pace", "became", "held_now", "held_then")
    rows = [
        (f"{month:%Y-%m}", name, one.now, one.then, one.ahead, one.became, one.held_now, one.held_then)
        for number, name in parts.segment_names(session).items()
        for month, one in report.by_month(number).items()
    ]
    return csv_table(f"pace-{report.on}", heading, rows)


def _report(session: Session, on: str) -> PaceReport:
    newest = queries.newest_snapshot(session)
    if newest is None:
        raise InvalidInput(_("there is no snapshot yet"), place="on")
    return pace_of(session, parts.day(on, "on", newest))


def _said(report: PaceReport, segment: int | None) -> str:
    total = report.total(segment)
    values = {
        "now": format_number(total.now),
        "difference": format_number(abs(total.ahead)),
        "day": format_date(report.on - A_YEAR),
    }
    if total.ahead < 0:
        return _(
            "%(now)s room-nights of the next 52 weeks are on the books: %(difference)s fewer than on %(day)s for the "
            "same weekdays a year before.",
            **values,
        )
    return _(
        "%(now)s room-nights of the next 52 weeks are on the books: %(difference)s more than on %(day)s for the same "
        "weekdays a year before.",
        **values,
    )
