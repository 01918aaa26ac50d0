"""A year of the campus: from inventory to free rooms, occupancy with its denominators, and how the target stands."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

import sqlalchemy as sa
from fastapi import Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import charts
from api.charts import Chart, Line
from api.dependencies import Reading
from api.forms import Entered
from api.pages import page_router
from api.pages.campus.access import Reader
from api.pages.campus.known_on import past_day
from api.rendering import render
from campus.known import end_of
from campus.nights import Nights
from campus.occupancy.bridge import Bridge
from campus.occupancy.capacity import Cut, capacity
from campus.places.models import Party, Pavilion, RoomType, Segment
from campus.year import YearReport, year_report
from core.i18n import format_month, format_number, format_percent, today, zone
from core.i18n import gettext as _

router = page_router()
PAGE = "/rooms"
Year = Annotated[int | None, Query(ge=2000, le=2100)]
Shown = Literal[Cut.PAVILION, Cut.ROOM_TYPE, Cut.SEGMENT, Cut.PARTY]
FIRST_YEAR = 2022
THINGS: dict[Cut, type[Pavilion | RoomType | Segment | Party]] = {
    Cut.PAVILION: Pavilion,
    Cut.ROOM_TYPE: RoomType,
    Cut.SEGMENT: Segment,
    Cut.PARTY: Party,
}


@router.get(PAGE)
def year_view(
    request: Request, _person: Reader, session: Reading, year: Year = None, cut: Shown = Cut.PAVILION, as_of: str = ""
) -> Response:
    """The year in one sentence, its figures, months, and the cut that was asked for."""
    known_on = past_day(as_of)
    year = year or today().year
    report = year_report(session, year, known_on)
    at, on = (end_of(known_on), known_on) if known_on else (None, today())
    months = Nights.year(year).months()
    by_month = capacity(session, months, at=at, on=on)
    cuts = {
        Cut.PAVILION: _("Pavilion"),
        Cut.ROOM_TYPE: _("Room type"),
        Cut.SEGMENT: _("Segment"),
        Cut.PARTY: _("Party"),
    }
    thing = cuts.get(cut, "")
    invented = session.scalar(sa.select(Pavilion.id).where(Pavilion.invented).limit(1)) is not None
    return render(
        request,
        "rooms/year.html",
        report=report,
        said=_said(report),
        known_on=known_on,
        months=[
            (format_month(month.first), by_month.get((number, None), Bridge())) for number, month in enumerate(months)
        ],
        cut=cut,
        things=_things(session, year, cut, at, on),
        occupancy=_occupancy(report.bridge),
        thing=thing,
        cut_title=_("By %(thing)s", thing=thing[0].lower() + thing[1:]),
        of_rooms=cut in (Cut.PAVILION, Cut.ROOM_TYPE),
        invented=invented,
        filters=Entered(start={"year": str(year), "cut": cut.value, "as_of": as_of}),
        years=[(one, str(one)) for one in range(FIRST_YEAR, today().year + 2)],
        cuts=[(one.value, title) for one, title in cuts.items()],
        address=f"{PAGE}/year.svg?year={year}&as_of={as_of}",
    )


@router.get(f"{PAGE}/year.svg")
def picture(_person: Reader, session: Reading, year: int, as_of: str = "", narrow: bool = False) -> Response:
    """Room-nights sold so far, month by month, against the year before and the target."""
    known_on = past_day(as_of)
    report = year_report(session, year, known_on)
    return Response(charts.svg(_chart(session, report, known_on), narrow=narrow), media_type="image/svg+xml")


def _occupancy(bridge: Bridge) -> list[tuple[str, int, int, float | None]]:
    """Denominator, what is occupied, what is available, the share."""
    shares = bridge.occupancy
    closed = bridge.extended_closed
    return [
        (_("All rooms (total inventory)"), bridge.sold, bridge.inventory, shares["total_inventory"]),
        (_("Rooms that are not closed (USALI)"), bridge.sold, bridge.inventory - closed, shares["usali"]),
        (_("Rooms that can be sold (net sellable)"), bridge.sold, bridge.sellable, shares["net_sellable"]),
        (
            _("Beds that are not closed, in guest-nights (Eurostat)"),
            bridge.guest_nights,
            bridge.bed_nights - bridge.beds_closed,
            shares["eurostat_bed_places"],
        ),
    ]


def _said(report: YearReport) -> str:
    if report.expected is None:
        return _("Nothing is on the books of %(year)s yet.", year=report.year)
    expected, target = format_number(round(report.expected)), format_number(report.target)
    values = {"year": report.year, "expected": expected, "target": target}
    if Nights.year(report.year).until <= report.as_of:
        return _("%(year)s ended with %(expected)s room-nights; the target was %(target)s.", **values)
    if report.chance is None:
        return _("%(year)s is on its way to %(expected)s room-nights; the target is %(target)s.", **values)
    chance = format_percent(report.chance)
    return _(
        "%(year)s is expected to end with %(expected)s room-nights. The chance of reaching %(target)s is %(chance)s.",
        **values,
        chance=chance,
    )


def _things(session: Session, year: int, cut: Cut, at: datetime | None, on: date) -> list[tuple[str, Bridge]]:
    """Each thing of the cut with its bridge, by name; what belongs to none comes last."""
    table = THINGS[cut]
    names = {row.id: row.name for row in session.execute(sa.select(table.id, table.name))}
    found = capacity(session, [Nights.year(year)], cut, at=at, on=on)
    things = [(names.get(key, ""), bridge) for (_part, key), bridge in found.items() if key is not None]
    rest = [bridge for (_part, key), bridge in found.items() if key is None and (bridge.held or bridge.sold)]
    return [*sorted(things, key=lambda one: one[0]), *((_("Held, no room chosen yet"), one) for one in rest)]


def _chart(session: Session, report: YearReport, known_on: date | None) -> Chart:
    """Sums by the end of each month; this year's line ends with the last month that is over."""
    at, on = (end_of(known_on), known_on) if known_on else (None, today())
    months = Nights.year(report.year).months()
    ends = tuple(datetime.combine(month.until - timedelta(days=1), time(12), zone()) for month in months)
    this = _sums(session, report.year, at, on)
    until = [value if month.until <= on else None for value, month in zip(this, months, strict=True)]
    before = _sums(session, report.year - 1, at, on)
    lines = [Line(str(report.year), tuple(until))]
    if any(before):
        lines.append(Line(str(report.year - 1), tuple(before)))
    label = _("Target %(n)s", n=format_number(report.target))
    return Chart(ends, tuple(lines), (label, float(report.target)), top=None)


def _sums(session: Session, year: int, at: datetime | None, on: date) -> list[float]:
    months = Nights.year(year).months()
    found = capacity(session, months, at=at, on=on)
    sums: Sequence[int] = [found.get((number, None), Bridge()).sold for number in range(len(months))]
    return [float(sum(sums[: number + 1])) for number in range(len(months))]
