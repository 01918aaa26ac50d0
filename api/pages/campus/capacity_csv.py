"""A capacity report as a table for spreadsheets: the whole, then each month, then each thing of the cut. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import timedelta

from campus.occupancy.bridge import TERMS, Bridge
from campus.occupancy.report import Report
from core.i18n import gettext as _

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate


def written(report: Report, things: Sequence[tuple[str, Bridge]]) -> str:
    """The rows; shares from 0 to 1, amounts in euros. A name that looks like a formula gets an apostrophe."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_headings())
    nights = report.asked.nights
    rows.writerow([_("whole"), "", nights.first, nights.until - timedelta(days=1), *_cells(report.total, report)])
    for part, bridge in report.steps:
        rows.writerow([_("part"), "", part.first, part.until - timedelta(days=1), *_cells(bridge, report)])
    for name, bridge in things:
        last = nights.until - timedelta(days=1)
        rows.writerow([report.asked.cut.value, _text(name), nights.first, last, *_cells(bridge, report)])
    return text.getvalue()


def _headings() -> list[str]:
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


def _text(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULA) else name
