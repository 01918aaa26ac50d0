"""A capacity report as a table for spreadsheets: the whole, then each month, then each thing of the cut. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from campus.capacity.bridge import TERMS, Bridge
from campus.capacity.report import Report
from core.i18n import gettext as _


def rows(report: Report, things: Sequence[tuple[str, Bridge]]) -> Iterator[list[object]]:
    """Shares from 0 to 1, amounts in euros."""
    nights = report.asked.nights
    last = nights.until - timedelta(days=1)
    yield [_("whole"), "", nights.first, last, *_cells(report.total, report)]
    for part, bridge in report.steps:
        yield [_("part"), "", part.first, part.until - timedelta(days=1), *_cells(bridge, report)]
    for name, bridge in things:
        yield [report.asked.cut.value, name, nights.first, last, *_cells(bridge, report)]


def headings() -> list[str]:
    """What stands above the columns."""
    shares = [f"occupancy_{name}" for name in Bridge().occupancy]
    return ["of", "name", "first", "last", *TERMS, "guest_nights", "bed_nights", "beds_closed", "revenue_eur", *shares]


def _cells(bridge: Bridge, report: Report) -> Iterable[object]:
    """What has no inventory (a segment, a party) has neither terms of rooms nor an occupancy: their cells are empty."""
    of_rooms = bool(bridge.inventory) and not report.asked.only.of_demand
    for name in TERMS:
        yield getattr(bridge, name) if of_rooms or name in ("sold", "held") else ""
    yield bridge.guest_nights
    yield from (bridge.bed_nights, bridge.beds_closed) if of_rooms else ("", "")
    yield f"{bridge.revenue_cents / 100:.2f}"
    for share in bridge.occupancy.values():
        yield "" if share is None or not of_rooms else round(share, 6)
