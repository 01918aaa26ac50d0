"""Counts and closed months as JSON."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from api.rest.given import Given
from campus.counts.models import DailyCount
from campus.counts.queries import CountLine
from campus.counts.rules import LONGEST_TEXT, MOST_GUESTS_A_ROOM, Standing
from campus.months.models import Adjustment
from campus.months.queries import Statement
from campus.nights import EARLIEST, LATEST
from core.i18n import gettext as _

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
MOST_ROOMS = 10_000


def _day(given: Any) -> Any:
    """No numbers: they would be read as seconds since 1970."""
    if isinstance(given, date) or (isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given)):
        return given
    raise ValueError(_("must be a date such as 2026-01-31"))


Day = Annotated[date, BeforeValidator(_day), Field(ge=EARLIEST, le=LATEST)]


class SeenOut(BaseModel):
    """Rooms and guests of one pavilion in one night."""

    rooms: int
    guests: int


class CountOut(BaseModel):
    """A pavilion in a night. `counted` is null before anybody counted; `difference` is rooms counted less claimed."""

    night: date
    pavilion: str
    rooms: int = Field(description="Rooms that the pavilion has in this night, open or closed.")
    claimed: SeenOut
    counted: SeenOut | None
    standing: Standing
    difference: int
    explanation: str
    reason: str
    recorded_at: datetime | None
    recorded_by: str | None


class CountVersionOut(BaseModel):
    """What was entered at one time. `explained` is the difference that the explanation speaks of."""

    rooms: int
    guests: int
    explained: int | None
    explanation: str
    reason: str
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None


class GivenCount(Given):
    """The count of a pavilion."""

    pavilion: str = Field(pattern=SLUG, max_length=64, description="The pavilion's short name.")
    rooms: int = Field(ge=0, le=MOST_ROOMS)
    guests: int = Field(ge=0, le=MOST_ROOMS * MOST_GUESTS_A_ROOM)


class GivenNight(Given):
    """Counts of a night; pavilions that are left out stay as they are. A correction needs the reason."""

    counts: list[GivenCount] = Field(min_length=1, max_length=500)
    reason: str = Field("", max_length=LONGEST_TEXT)


class GivenExplanation(Given):
    """Why counted and claimed rooms differ."""

    explanation: str = Field(min_length=1, max_length=LONGEST_TEXT)


class MonthOut(BaseModel):
    """A closed month. Figures are room-nights, but `guest_nights` and `guests_counted`, which are guest-nights.

    `at_closing` plus `adjusted` is `present`, unless `unexplained` names what else changed.
    """

    month: str = Field(examples=["2026-09"])
    closed_at: datetime
    closed_by: str
    at_closing: dict[str, int]
    adjusted: dict[str, int]
    present: dict[str, int]
    unexplained: dict[str, int]
    adjustments: int


class AdjustmentOut(BaseModel):
    """A change of a closed month, and what it adds to the month's figures."""

    id: int
    subject: str
    number: int
    changes: dict[str, int]
    why: str
    recorded_at: datetime
    recorded_by: str


def count_out(line: CountLine) -> CountOut:
    """A line of a night."""
    count = line.count
    return CountOut(
        night=line.night,
        pavilion=line.pavilion.slug,
        rooms=line.rooms,
        claimed=SeenOut(rooms=line.claimed.rooms, guests=line.claimed.guests),
        counted=SeenOut(rooms=count.rooms, guests=count.guests) if count else None,
        standing=line.standing,
        difference=line.difference,
        explanation=count.explanation if count else "",
        reason=count.reason if count else "",
        recorded_at=count.recorded_at if count else None,
        recorded_by=count.recorded_by if count else None,
    )


def version_out(count: DailyCount) -> CountVersionOut:
    """One version of a count."""
    return CountVersionOut(**{name: getattr(count, name) for name in CountVersionOut.model_fields})


def month_out(statement: Statement) -> MonthOut:
    """A closed month."""
    return MonthOut(
        month=f"{statement.month.month:%Y-%m}",
        closed_at=statement.month.closed_at,
        closed_by=statement.month.closed_by,
        at_closing=statement.month.figures,
        adjusted=statement.adjusted,
        present=statement.present,
        unexplained=statement.unexplained,
        adjustments=len(statement.adjustments),
    )


def adjustment_out(one: Adjustment) -> AdjustmentOut:
    """One change."""
    return AdjustmentOut(**{name: getattr(one, name) for name in AdjustmentOut.model_fields})
