"""Pick-up: what the books gained between two evenings, by month of stay and by segment."""

from datetime import date, timedelta

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import bars
from api.bars import Bars
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus import forecast_parts as parts
from api.pages.campus.access import Reader
from api.rendering import render
from api.table_files import csv_table
from campus.forecast import queries
from campus.forecast.pickup import Change, PickUp, pick_up
from core.errors import InvalidInput
from core.i18n import format_date, format_month, format_number, ngettext
from core.i18n import gettext as _

router = page_router()
PAGE = f"{parts.PAGE}/pick-up"
A_WEEK = timedelta(days=7)


@router.get(PAGE)
def pickup_page(
    request: Request, _person: Reader, session: Reading, since: str = "", until: str = "", segment: str = ""
) -> Response:
    """Two evenings compared, the last week where none are asked for; an evening that is not there is said so."""
    entered = Entered(start={"since": since, "until": until, "segment": segment})
    one = parts.chosen(session, segment)
    report = None
    if queries.newest_snapshot(session) is not None:
        try:
            report = _report(session, since, until)
        except InvalidInput as error:
            entered.errors[error.place] = parts.sentence(error)
    if report:
        entered = Entered(start=_filters(report, segment))
    number = one.id if one else None
    return render(
        request,
        "rooms/forecast_pickup.html",
        status=422 if entered.errors else 200,
        entered=entered,
        options=parts.options(session),
        segment=one,
        report=report,
        some=report or entered.errors,
        said=_said(report, number) if report else "",
        months=_months(report, number) if report else {},
        segments=parts.named(session, report.by_segment()) if report else [],
        total=report.total(number) if report else None,
        query="&".join(f"{name}={value}" for name, value in _filters(report, segment).items()) if report else "",
    )


@router.get(f"{PAGE}.svg")
def picture(
    _person: Reader, session: Reading, since: str, until: str, segment: str = "", narrow: bool = False
) -> Response:
    """The pick-up of each month of stay."""
    one = parts.chosen(session, segment)
    months = _months(_report(session, since, until), one.id if one else None)
    found = tuple((format_month(month, short=True), float(change.picked_up)) for month, change in months.items())
    return Response(bars.svg(Bars(found), narrow=narrow), media_type="image/svg+xml")


@router.get(f"{PAGE}.csv")
def file(_person: Reader, session: Reading, since: str, until: str) -> Response:
    """Every month of stay and segment."""
    report = _report(session, since, until)
    heading = ("month", "segment", "sold_before", "sold_after", "pick_up", "held_before", "held_after")
    rows = [
        (f"{month:%Y-%m}", name, one.before, one.after, one.picked_up, one.held_before, one.held_after)
        for number, name in parts.segment_names(session).items()
        for month, one in report.by_month(number).items()
    ]
    return csv_table(f"pick-up-{report.since}-{report.until}", heading, rows)


def _report(session: Session, since: str, until: str) -> PickUp:
    newest = queries.newest_snapshot(session)
    if newest is None:
        raise InvalidInput(_("there is no snapshot yet"), place="until")
    last = parts.day(until, "until", newest)
    return pick_up(session, parts.day(since, "since", last - A_WEEK), last)


def _months(report: PickUp, segment: int | None) -> dict[date, Change]:
    """Month by month, as far ahead as anything is on the books."""
    months = report.by_month(segment)
    last = max((month for month, change in months.items() if change != Change()), default=min(months))
    return {month: change for month, change in months.items() if month <= last}


def _filters(report: PickUp, segment: str) -> dict[str, str | list[str]]:
    return {"since": report.since.isoformat(), "until": report.until.isoformat(), "segment": segment}


def _said(report: PickUp, segment: int | None) -> str:
    total = report.total(segment)
    days = (report.until - report.since).days
    period = ngettext(
        "In the day until the evening of %(day)s",
        "In the %(n)s days until the evening of %(day)s",
        days,
        day=format_date(report.until),
    )
    number = format_number(abs(total.picked_up))
    if total.picked_up < 0:
        return _("%(period)s, the books lost %(n)s room-nights.", period=period, n=number)
    return _("%(period)s, the books gained %(n)s room-nights.", period=period, n=number)
