"""Capacity reports and prints as JSON."""

from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel, Field

from api.rest.given import Given
from campus.capacity.bridge import Bridge
from campus.capacity.models import LONGEST_TITLE, CapacityPrint
from campus.capacity.prints import Difference
from campus.capacity.queries import Cut
from campus.capacity.report import Report
from campus.capacity.things import FIELDS, Thing
from campus.year import YearReport


class OccupancyOut(BaseModel):
    """Shares from 0 to 1 by what they are measured against; null where there is nothing to fill.

    `total_inventory`: rooms sold of all rooms. `usali`: of rooms that are not closed. `net_sellable`: of rooms that can
    be sold. `eurostat_bed_places`: guest-nights of bed places that are not closed.
    """

    total_inventory: float | None
    usali: float | None
    net_sellable: float | None
    eurostat_bed_places: float | None


class BridgeOut(BaseModel):
    """From all rooms to the free ones, in room-nights. Of a segment or a party only what is sold and held is known."""

    inventory: int | None
    extended_closed: int | None
    out_of_order: int | None
    house_use: int | None
    sellable: int | None
    sold: int
    held: int
    free: int | None
    bed_nights: int | None
    beds_closed: int | None
    guest_nights: int
    revenue_cents: int
    occupancy: OccupancyOut | None

    @classmethod
    def of(cls, bridge: Bridge, *, rooms: bool) -> "BridgeOut":
        """With its rooms, or of demand alone."""
        names = set(cls.model_fields) - {"occupancy"}
        demand = {"sold", "held", "guest_nights", "revenue_cents"}
        values = {name: getattr(bridge, name) if rooms or name in demand else None for name in names}
        return cls(occupancy=OccupancyOut(**bridge.occupancy) if rooms else None, **values)


class PartOut(BridgeOut):
    """A month of the period, or a year of a long one."""

    first: date
    last: date


class ThingOut(BridgeOut):
    """One thing of the cut; `slug` and `name` are null for what belongs to none, such as held rooms of no pavilion."""

    slug: str | None
    name: str | None


class CapacityOut(BaseModel):
    """A capacity report. `to_date` are the nights that are over, `parts` the months, `things` those of the cut."""

    first: date
    last: date
    as_of: date
    cut: Cut
    total: BridgeOut
    to_date: BridgeOut
    parts: list[PartOut]
    things: list[ThingOut]


class YearOut(BaseModel):
    """A year, as `campus capacity YEAR --json` prints it, and the day of the forecast that `expected` comes from."""

    year: int
    as_of: date
    inventory: int
    extended_closed: int
    out_of_order: int
    house_use: int
    sellable: int
    sold: int
    held: int
    free: int
    occupancy: OccupancyOut
    target: int
    to_date: int
    sellable_to_date: int
    expected: int | None
    chance_of_target: float | None
    forecast_of: date | None


class GivenPrint(Given):
    """A report to keep as it stands now: the same parameters as `GET /capacity`, and what it is for."""

    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    first: date
    last: date
    cut: Cut = Cut.WHOLE
    as_of: date | None = None
    pavilion: str = ""
    room_type: str = ""
    segment: str = ""
    party: str = ""


class PrintOut(BaseModel):
    """A print that was kept. `known_at` is the instant whose knowledge it shows."""

    id: int
    title: str
    made_at: datetime
    made_by: str
    known_at: datetime
    as_of: date
    first: date
    last: date
    cut: Cut


class DifferenceOut(BaseModel):
    """A figure that a replay tells otherwise. `section`: total, over, steps (by first day), things (by number)."""

    section: str
    key: str
    figure: str
    printed: int
    replayed: int


class WholePrintOut(PrintOut):
    """A print with its figures, and what the same report says when it is made again as known at its instant."""

    content: dict[str, Any]
    equal: bool
    differences: list[DifferenceOut]


def report_out(report: Report, things: list[Thing]) -> CapacityOut:
    """A report."""
    asked = report.asked
    rooms = not asked.only.of_demand
    of_rooms = rooms and asked.cut not in (Cut.SEGMENT, Cut.PARTY)
    names = {one.id: one for one in things}
    return CapacityOut(
        first=asked.nights.first,
        last=_last(asked.nights.until),
        as_of=report.moment.on,
        cut=asked.cut,
        total=BridgeOut.of(report.total, rooms=rooms),
        to_date=BridgeOut.of(report.over, rooms=rooms),
        parts=[
            PartOut(first=nights.first, last=_last(nights.until), **BridgeOut.of(bridge, rooms=rooms).model_dump())
            for nights, bridge in report.steps
        ],
        things=[
            ThingOut(
                slug=names[key].slug if key in names else None,
                name=names[key].name if key in names else None,
                **BridgeOut.of(bridge, rooms=of_rooms or (key is None and rooms)).model_dump(),
            )
            for key, bridge in sorted(report.things.items(), key=lambda one: (one[0] is None, one[0] or 0))
        ]
        if asked.cut in FIELDS
        else [],
    )


def year_out(report: YearReport) -> YearOut:
    """A year."""
    over = report.report.over
    return YearOut(**report.as_json(), sellable_to_date=over.sellable, forecast_of=report.end.made_on)


def print_out(kept: CapacityPrint) -> PrintOut:
    """A line of the list."""
    return PrintOut(**_print(kept))


def whole_print_out(kept: CapacityPrint, differences: list[Difference]) -> WholePrintOut:
    """A print beside its replay."""
    told = [DifferenceOut.model_validate(one, from_attributes=True) for one in differences]
    return WholePrintOut(**_print(kept), content=kept.content, equal=not told, differences=told)


def _print(kept: CapacityPrint) -> dict[str, Any]:
    names = ("id", "title", "made_at", "made_by", "known_at", "first", "cut")
    return {name: getattr(kept, name) for name in names} | {"as_of": kept.known_on, "last": _last(kept.until)}


def _last(until: date) -> date:
    return until - timedelta(days=1)
