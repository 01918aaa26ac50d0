"""Every page of the campus's books, with the addresses that show its states."""

from datetime import timedelta

from core.i18n import today
from tests.campus.sample_counts import closed_month, open_month

LAST, DIFFERS, CLOSED = (today() - timedelta(days=1), today() - timedelta(days=2), closed_month())
PICTURES = {"/rooms/year.svg", "/rooms/counts.svg"}
FILES: set[str] = set()
ADDRESSES: dict[str, list[str]] = {
    "/today": ["/today"],
    "/rooms/counts": [
        f"/rooms/counts?month={DIFFERS:%Y-%m}",
        f"/rooms/counts?month={CLOSED:%Y-%m}",
        f"/rooms/counts?month={CLOSED:%Y-%m}&as_of={CLOSED}",
        "/rooms/counts?month=1970-01",
    ],
    "/rooms/counts/months": ["/rooms/counts/months"],
    "/rooms/counts/months/{month}": [f"/rooms/counts/months/{CLOSED:%Y-%m}"],
    "/rooms/counts/months/{month}/close": [
        f"/rooms/counts/months/{open_month():%Y-%m}/close",
        f"/rooms/counts/months/{today():%Y-%m}/close",
    ],
    "/rooms/counts/{night}": [f"/rooms/counts/{LAST}", f"/rooms/counts/{DIFFERS}", f"/rooms/counts/{CLOSED}"],
    "/rooms": ["/rooms", "/rooms?year=2026&cut=segment", "/rooms?year=2030"],
}
