"""Groups: what they make of the rooms they contract, by weeks before they come, by segment and by party."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import Query, Request
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
from campus.forecast.materialisation import Before, Group, Materialisation, by, groups, materialisation
from campus.nights import Nights
from core.i18n import format_number, format_percent, ngettext, today
from core.i18n import gettext as _

router = page_router()
PAGE = f"{parts.PAGE}/groups"
SHOWN = (26, 20, 16, 12, 10, 8, 6, 4, 3, 2, 1, 0)  # weeks before, in the table
Months = Annotated[int, Query(ge=1, le=120)]


@router.get(PAGE)
def groups_page(
    request: Request,
    _person: Reader,
    session: Reading,
    months: Months = 12,
    segment: str = "",
    before: Before = Before.ARRIVAL,
) -> Response:
    """The groups of the last months, all of them or those of a segment."""
    one = parts.chosen(session, segment)
    every = _groups(session, months, before)
    some = [group for group in every if one is None or group.segment_id == one.id]
    report = materialisation(some)
    return render(
        request,
        "rooms/forecast_groups.html",
        filters=Entered(start={"months": str(months), "segment": segment, "before": before.value}),
        periods=[(str(number), _("the last %(n)s months", n=number)) for number in (3, 6, 12, 24, 36)],
        sides=[(Before.ARRIVAL.value, _("the group's arrival")), (Before.CUT_OFF.value, _("the cut-off"))],
        options=parts.options(session),
        segment=one,
        report=report,
        said=_said(report),
        weeks=[week for week in report.weeks if week.before in SHOWN],
        segments=_named(parts.segment_names(session), by(some, "segment_id")),
        parties=_named(parts.party_names(session), by(some, "party_id")),
        query=f"months={months}&segment={segment}&before={before.value}",
    )


@router.get(f"{PAGE}.svg")
def picture(
    _person: Reader,
    session: Reading,
    months: Months = 12,
    segment: str = "",
    before: Before = Before.ARRIVAL,
    narrow: bool = False,
) -> Response:
    """The share of what was contracted that was picked up, by weeks before."""
    one = parts.chosen(session, segment)
    some = [group for group in _groups(session, months, before) if one is None or group.segment_id == one.id]
    report = materialisation(some)
    found = tuple((str(week.before), week.share) for week in report.weeks if week.share is not None)
    final = None if report.wash is None else 1 - report.wash
    rule = (_("In the end %(share)s", share=format_percent(final)), final) if final is not None else None
    chart = Bars(found, rule, _("Weeks before"), percent=True)
    return Response(bars.svg(chart, narrow=narrow), media_type="image/svg+xml")


@router.get(f"{PAGE}.csv")
def file(_person: Reader, session: Reading, months: Months = 12, before: Before = Before.ARRIVAL) -> Response:
    """Every segment and party, week by week."""
    every = _groups(session, months, before)
    things = [
        *(("segment", *one) for one in _named(parts.segment_names(session), by(every, "segment_id"))),
        *(("party", *one) for one in _named(parts.party_names(session), by(every, "party_id"))),
    ]
    heading = ("cut", "name", "weeks_before", "groups", "share_of_contracted", "share_of_final", "low", "high")
    rows = [
        (cut, name, week.before, week.groups, week.share, week.of_final, week.low, week.high)
        for cut, name, report in things
        for week in report.weeks
        if week.groups
    ]
    return csv_table("groups", heading, rows)


def _groups(session: Session, months: int, before: Before) -> list[Group]:
    first = today() - timedelta(days=round(months * 365.25 / 12))
    return groups(session, Nights(first, today()), today(), before)


def _named(names: Mapping[int, str], found: Mapping[int, Materialisation]) -> list[tuple[str, Materialisation]]:
    return [(name, found[number]) for number, name in names.items() if number in found]


def _said(report: Materialisation) -> str:
    if report.wash is None or report.expected_wash is None:
        return ""
    values = {
        "contracted": format_number(report.contracted),
        "share": format_percent(report.final / report.contracted),
        "wash": format_percent(report.wash),
        "expected": format_percent(report.expected_wash),
    }
    return ngettext(
        "%(n)s group contracted %(contracted)s room-nights and used %(share)s of them: a wash of %(wash)s, where "
        "%(expected)s was expected.",
        "%(n)s groups contracted %(contracted)s room-nights and used %(share)s of them: a wash of %(wash)s, where "
        "%(expected)s was expected.",
        report.groups,
        **values,
    )
