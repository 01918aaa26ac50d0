"""Nights are local dates, ranges of them half-open: a stay from the 3rd until the 5th takes two nights.

Dates, never instants: the night in which the clocks change is one night.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import InvalidInput
from core.i18n import gettext as _

EARLIEST, LATEST = date(1964, 1, 1), date(2200, 1, 1)  # the campus opened in 1964; anything else is a slip of the pen


@dataclass(frozen=True, slots=True)
class Nights:
    """The nights from `first` until the day before `until`, which is the day of departure."""

    first: date
    until: date

    @classmethod
    def checked(cls, first: date, until: date, place: str = "until") -> "Nights":
        """At least one night in sensible years. Raises `InvalidInput` naming `place`."""
        if until <= first:
            raise InvalidInput(_("the departure must be after the arrival"), place=place)
        if first < EARLIEST or until > LATEST:
            raise InvalidInput(_("the year must lie between 1964 and 2199"), place=place)
        return cls(first, until)

    @classmethod
    def of(cls, night: date, place: str = "night") -> "Nights":
        """One night, in a sensible year: the calendar has no day after its last. Raises `InvalidInput`."""
        if not EARLIEST <= night < LATEST:
            raise InvalidInput(_("the year must lie between 1964 and 2199"), place=place)
        return cls(night, night + timedelta(days=1))

    @classmethod
    def year(cls, year: int) -> "Nights":
        """All nights of a calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    def __len__(self) -> int:
        return max(0, (self.until - self.first).days)

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(len(self)))

    def __contains__(self, night: date) -> bool:
        return self.first <= night < self.until

    def clipped(self, to: "Nights") -> "Nights":
        """The nights that lie within both; none where they do not meet."""
        first = max(self.first, to.first)
        return Nights(first, max(first, min(self.until, to.until)))

    def months(self) -> list["Nights"]:
        """The same nights, parted at the first of each month."""
        parts, first = [], self.first
        while first < self.until:
            following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            parts.append(Nights(first, min(following, self.until)))
            first = following
        return parts
