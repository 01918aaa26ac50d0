"""When works keep a pavilion closed. Pure."""

from datetime import date, timedelta

from campus.nights import EARLIEST, LATEST, Nights
from campus.renovation.network import Span
from core.errors import InvalidInput
from core.i18n import gettext as _

LONGEST_BUFFER = 366  # days
LONGEST_AHEAD = timedelta(days=3653)  # ten years: rooms are not closed for later nights before those come nearer


def ahead(today: date) -> Nights:
    """The nights to come that works close: the slip of a pen in a year closes no room for centuries."""
    return Nights(today, min(LATEST, today + LONGEST_AHEAD))


def closure(start: Span, finish: Span, before: int, after: int) -> Nights:
    """The nights in which the works keep the pavilion closed; buffers in days. None where the finish lies before.

    From the night of the start's first day, less a buffer, until the night of the finish's last day, plus a buffer:
    guests arrive again on the day after.
    """
    first = max(EARLIEST, start.start - timedelta(before))
    return Nights(first, max(first, min(LATEST, finish.finish + timedelta(after + 1))))


def checked_buffer(days: int, place: str) -> int:
    """0 to 366 days. Raises `InvalidInput`."""
    if not 0 <= days <= LONGEST_BUFFER:
        raise InvalidInput(_("must be 0 to %(most)s days", most=LONGEST_BUFFER), place=place)
    return days
