"""A calendar as iCalendar (RFC 5545), for programs that subscribe to it. Pure.

Nights are half-open, and so are all-day events: a stay from the 3rd until the 5th begins on the 3rd and has `DTEND` on
the 5th, which iCalendar does not count. Calendars show it on the 3rd and the 4th: the days whose nights it takes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vText

from campus.nights import Nights

PRODUCT = "-//Campus//Books//EN"
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """An all-day event. `name` is the same in all its revisions; `sequence` counts them from 0."""

    name: str
    nights: Nights
    text: str
    revised: datetime
    sequence: int


def calendar(title: str, entries: Iterable[Entry], host: str) -> bytes:
    """The calendar. Its events' UIDs are those names at `host`; the same entries give the same bytes."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("name", vText(_line(title)))  # RFC 7986; the next line says it to programs that are older
    found.add("x-wr-calname", vText(_line(title)))
    found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        found.add_component(_event(entry, host))
    return bytes(found.to_ical())


def _event(entry: Entry, host: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.name}@{host}")
    event.add("dtstamp", entry.revised.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", entry.nights.first)
    event.add("dtend", entry.nights.until)
    event.add("sequence", entry.sequence)
    event.add("summary", vText(_line(entry.text)))
    event.add("transp", "TRANSPARENT")  # a room that is taken makes nobody busy
    return event


def _line(text: str) -> str:
    """In one line: what some programs take for the end of a line is a blank."""
    return " ".join(text.split())
