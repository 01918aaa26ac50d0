"""Quarters of the year, the only periods that figures are published for. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import InvalidInput
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter, `number` 1 to 4. Written and stored as `2026-Q3`."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def until(self) -> date:
        """The day after its last."""
        return self.plus(1).first

    def plus(self, quarters: int) -> "Quarter":
        """So many quarters later; negative for earlier."""
        year, number = divmod(4 * self.year + self.number - 1 + quarters, 4)
        return Quarter(year, number + 1)


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in. For a response: that of its week's Monday."""
    return Quarter(day.year, (day.month + 2) // 3)


def week_of(day: date) -> date:
    """The Monday of the week: the only time that is kept of a response."""
    return day - timedelta(days=day.weekday())


def checked_quarter(given: str, place: str = "quarter") -> Quarter:
    """A quarter as people write it. Raises `InvalidInput`."""
    found = re.fullmatch(r"(\d{4})-?Q([1-4])", given.strip().upper(), re.ASCII)
    if not found or not 2000 <= int(found[1]) <= 2999:
        raise InvalidInput(_("must be a quarter, such as 2026-Q3"), place=place)
    return Quarter(int(found[1]), int(found[2]))
