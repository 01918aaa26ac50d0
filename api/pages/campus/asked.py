"""What a capacity page is asked, as it stands in its address: a period, a cut, what it is narrowed to, as known when.

A date may be typed in three fields (`first-day`, `first-month`, `first-year`) or stand as one, `first=2026-01-31`, as
links have it. The last day of a period is the last night that counts: people say "until 31 December".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from api.forms import DATE_PARTS
from campus.capacity import things
from campus.capacity.queries import Cut
from campus.capacity.report import Moment, Question
from campus.nights import Nights
from core.errors import InvalidInput
from core.i18n import gettext as _
from core.i18n import today


def day_in(params: Mapping[str, str], name: str) -> date | None:
    """A date of the address; None where there is none. Raises `InvalidInput` naming the field."""
    day, month, year = (params.get(f"{name}-{part}", "").strip() for part in DATE_PARTS)
    text = f"{year}-{month:0>2}-{day:0>2}" if day or month or year else params.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(_("Enter a real date, such as 27 3 2027."), place=name) from None


def past_day_in(params: Mapping[str, str], name: str = "as_of") -> date | None:
    """A date of the address that has come already."""
    day = day_in(params, name)
    if day and day > today():
        raise InvalidInput(_("Enter a day that is not in the future."), place=name)
    return day


def cut_in(params: Mapping[str, str]) -> Cut:
    """The cut of the address; by pavilion where it names none."""
    try:
        return Cut(params.get("cut") or Cut.PAVILION)
    except ValueError:
        raise InvalidInput(_("Choose one of the options."), place="cut") from None


def entries(name: str, day: date | None) -> dict[str, str]:
    """What stands in the three fields of a date."""
    return {f"{name}-{part}": str(getattr(day, part)) if day else "" for part in DATE_PARTS}


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, the moment, and the slugs by field that it is narrowed to."""

    question: Question
    as_of: date | None
    slugs: Mapping[str, str]

    @property
    def moment(self) -> Moment:
        """Whose knowledge counts."""
        return Moment.evening(self.as_of)

    @property
    def last(self) -> date:
        """The last night of the period."""
        return self.question.nights.until - timedelta(days=1)

    def start(self) -> dict[str, str]:
        """What stands in the form."""
        dates = entries("first", self.question.nights.first) | entries("last", self.last)
        return dates | entries("as_of", self.as_of) | {"cut": self.question.cut.value} | dict(self.slugs)

    def query(self, nights: Nights | None = None, **changes: object) -> str:
        """The parameters that ask the same, of another period where one is given."""
        nights = nights or self.question.nights
        asked = {
            "first": nights.first.isoformat(),
            "last": (nights.until - timedelta(days=1)).isoformat(),
            "cut": self.question.cut.value,
            **self.slugs,
            "as_of": self.as_of.isoformat() if self.as_of else "",
            **changes,
        }
        return urlencode({name: value for name, value in asked.items() if value})


def asked_in(session: Session, params: Mapping[str, str]) -> Asked:
    """The question of an address; this year by pavilions where it asks nothing. Raises `InvalidInput`."""
    year = Nights.year(today().year)
    first, last = day_in(params, "first") or year.first, day_in(params, "last")
    first = Nights.of(first, "first").first
    until = Nights.of(last, "last").until if last else Nights.year(first.year).until
    if until <= first:
        raise InvalidInput(_("The last day must not come before the first one."), place="last")
    slugs = {field: slug for field in things.FIELDS.values() if (slug := params.get(field, ""))}
    question = Question(Nights.checked(first, until, "last"), cut_in(params), things.only(session, slugs))
    return Asked(question, past_day_in(params), slugs)
