"""Funds, their entries, facts files and discrepancies as JSON. All amounts in cents."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.rest.given import Given
from campus.amounts import MOST_CENTS
from campus.funds.facts import MOST_TEXT

Reason = Field(min_length=1, max_length=500)
Kind = Literal["opening", "receipt", "payment", "commitment"]


class RollOut(BaseModel):
    """A fund over a period: closing = opening + receipts − payments."""

    opening: int
    receipts: int
    payments: int
    closing: int


class FundOut(BaseModel):
    """A fund over a period, its last day included.

    `printed` is the closing balance that a document prints for that day, `difference` printed − planned closing.
    `free` is actual closing − open commitments. The forecast is what came so far, and what is planned by the last day
    and has not come yet; of a period that is over it is what came.
    """

    slug: str
    name: str
    first: date
    last: date
    planned: RollOut
    printed: int | None
    difference: int | None
    actual: RollOut
    open_commitments: int
    free: int
    forecast: RollOut


class GivenFund(Given):
    """A fund to add."""

    name: str = Field(min_length=1, max_length=120)
    slug: str = Field("", max_length=64, description="Made of the name where it is left out.")


class FundEntryOut(BaseModel):
    """One version of an entry. `superseded_at` is null for the present one; `load` is the facts file it came with."""

    number: int
    fund: str
    kind: str
    status: str
    planned: bool
    day: date
    cents: int
    what: str
    load: int | None
    recorded_at: datetime
    recorded_by: str
    superseded_at: datetime | None
    reason: str


class GivenEntry(Given):
    """An amount of a fund; what is `planned` is expected by its day."""

    kind: Kind
    planned: bool = False
    day: date
    cents: int = Field(ge=0, le=MOST_CENTS)
    what: str = Field(min_length=1, max_length=200)


class EntryChange(Given):
    """What to correct of an entry, and why; what is left out stays."""

    reason: str = Reason
    kind: Kind | None = None
    planned: bool | None = None
    day: date | None = None
    cents: int | None = Field(None, ge=0, le=MOST_CENTS)
    what: str | None = Field(None, min_length=1, max_length=200)


class DiscrepancyOut(BaseModel):
    """Two figures for one item. `difference` is printed − other; `other_where` is `computed` for a sum."""

    item: str
    where: str
    printed: int
    other: int
    other_where: str
    difference: int


class ChangeOut(BaseModel):
    """What a facts file changes: from what to what, null for nothing. `unit`: `cents`, `room-nights` or `amounts`."""

    what: str
    before: int | None
    after: int | None
    unit: str


class LeftOutOut(BaseModel):
    """A place in a facts file that could not be loaded."""

    place: str
    why: Literal["no pavilion", "no package", "several packages", "not over", "more received"]


class LoadOut(BaseModel):
    """A facts file and what it changed. `id` is null where nothing was loaded: a preview, or the file loaded last."""

    id: int | None
    at: datetime | None
    by: str | None
    file_name: str
    changes: list[ChangeOut]
    left_out: list[LeftOutOut]


class GivenFacts(Given):
    """A facts file. A preview tells what it would change, and changes nothing."""

    file_name: str = Field(min_length=1, max_length=120)
    text: str = Field(min_length=1, max_length=MOST_TEXT, description="The file's text, TOML.")
    preview: bool = False
