"""How templates show dates, times and numbers: in the visitor's language and the campus's time zone.

Filters: `date` (a local day), `month` and `weekday` (of a day), `moment` (date and time of an instant), `time`,
`duration` (seconds), `number`, `percent` (a share of 1), `bytes` (a size), `machine` (an instant for the `datetime`
attribute), `browser` (a User-Agent header), `day` (the local date of an instant), `long_day` (with its weekday),
`whole` and `tenths` (a score), `change` (from one score to another), `euros` (cents), `in_words` (a text of ours in the
visitor's language, somebody else's as it is), `web_address` (an address if it may become a link).
"""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from campus.amounts import euros
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


def day(instant: datetime) -> date:
    """The campus's date at that instant."""
    return instant.astimezone(i18n.zone()).date()


def long_day(instant: datetime) -> str:
    """The campus's date with its weekday."""
    return i18n.format_date(day(instant), "full")


def whole(score: float) -> int:
    """A score as people read it, rounded down: 100 means all of it."""
    return int(score)


def tenths(score: float) -> float:
    """A score to one decimal, rounded down as `whole` is."""
    return math.floor(score * 10) / 10


def change(scores: tuple[float, float]) -> str:
    """The change to the first score from the second, as they are read: `(+3)`; empty when they read the same."""
    difference = whole(scores[0]) - whole(scores[1])
    return f"({'+' if difference > 0 else '−'}{abs(difference)})" if difference else ""


def web_address(address: str) -> str:
    """The address if it may become a link (http or https), else nothing: texts of audited pages are not trusted."""
    try:
        return address if urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:
        return ""


FILTERS: dict[str, Callable[..., Any]] = {
    "date": i18n.format_date,
    "moment": moment,
    "month": i18n.format_month,
    "weekday": i18n.format_weekday,
    "time": i18n.format_time,
    "duration": i18n.format_duration,
    "number": i18n.format_number,
    "percent": i18n.format_percent,
    "bytes": i18n.format_bytes,
    "machine": machine,
    "browser": browser,
    "day": day,
    "long_day": long_day,
    "whole": whole,
    "tenths": tenths,
    "change": change,
    "web_address": web_address,
    "euros": euros,
    "in_words": i18n.gettext,
}
