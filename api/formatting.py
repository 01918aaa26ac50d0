"""How templates show dates, times and numbers: in the visitor's language and the campus's time zone.

Filters: `date` (a local day), `moment` (date and time of an instant), `time`, `duration` (seconds), `number`, `percent`
(a share of 1), `machine` (an instant for the `datetime` attribute), `browser` (a User-Agent header).
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from core import i18n

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def machine(instant: datetime) -> str:
    """The instant as ISO 8601 in UTC: `2026-11-20T01:00:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(instant: datetime) -> str:
    """Date and time without seconds."""
    return f"{i18n.format_date(instant.astimezone(i18n.zone()).date())}, {i18n.format_time(instant)}"


def browser(user_agent: str) -> str:
    """The browser and system of a User-Agent header, roughly; empty when it says neither."""
    name = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (name, system) if part)


FILTERS: dict[str, Callable[..., Any]] = {
    "date": i18n.format_date,
    "moment": moment,
    "time": i18n.format_time,
    "duration": i18n.format_duration,
    "number": i18n.format_number,
    "percent": i18n.format_percent,
    "machine": machine,
    "browser": browser,
}
