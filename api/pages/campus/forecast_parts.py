"""What the pages of the forecast and of the books' changes share: filters, words, files."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.forms import iso_day
from campus.forecast import methods, weeks
from campus.forecast.backtest import SpanTest
from campus.nights import EARLIEST, LATEST
from campus.places.models import Party, Segment
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import lazy

PAGE = "/rooms/forecast"
METHODS = {
    methods.NAIVE: lazy("As last week (naive)"),
    methods.LAST_YEAR: lazy("Same time last year"),
    "additive pick-up": lazy("Additive pick-up"),
    "multiplicative pick-up": lazy("Multiplicative pick-up"),
    "additive pick-up with groups": lazy("Additive pick-up with held rooms"),
    "multiplicative pick-up with groups": lazy("Multiplicative pick-up with held rooms"),
    "exponential smoothing": lazy("Exponential smoothing"),
    weeks.BOOKED: lazy("What is booked"),
    weeks.BY_SEGMENT: lazy("Best method of each segment"),
}


def segments(session: Session) -> list[Segment]:
    """All segments in their order."""
    return list(session.scalars(sa.select(Segment).order_by(Segment.position, Segment.id)))


def chosen(session: Session, slug: str) -> Segment | None:
    """The segment of this slug; None for all of them. Raises `InvalidInput`."""
    if not slug:
        return None
    found = session.scalar(sa.select(Segment).where(Segment.slug == slug))
    if found is None:
        raise InvalidInput(_("There is no such segment."), place="segment")
    return found


def segment_names(session: Session) -> dict[int, str]:
    """Segment → its name, in their order."""
    return {one.id: one.name for one in segments(session)}


def named(session: Session, by_segment: Mapping[int, object]) -> list[tuple[str, object]]:
    """The segments that a report tells of, by name and in their order, with what it says of each."""
    return [(name, by_segment[number]) for number, name in segment_names(session).items() if number in by_segment]


def party_names(session: Session) -> dict[int, str]:
    """Party → its name."""
    return {row.id: row.name for row in session.execute(sa.select(Party.id, Party.name).order_by(Party.name))}


def options(session: Session) -> list[tuple[str, str]]:
    """What the choice of a segment offers."""
    return [("", _("All segments")), *((one.slug, one.name) for one in segments(session))]


def day(text: str, place: str, default: date) -> date:
    """A day as typed. Raises `InvalidInput`."""
    found = iso_day(text, place)
    if found is None:
        return default
    if not EARLIEST <= found < LATEST:
        raise InvalidInput(_("the year must lie between 1964 and 2199"), place=place)
    return found


def sentence(error: InvalidInput) -> str:
    """What is wrong with an entry, for the place beside it."""
    return error.message[0].upper() + error.message[1:]


def span(test: SpanTest) -> str:
    """The weeks ahead that a back-test speaks for: `5 to 12`."""
    return _("%(first)s to %(last)s", first=test.first + 1, last=test.until)
