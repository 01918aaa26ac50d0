"""What REST says and takes of closures. Dates are nights and days of departure, as of claims; amounts are cents."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from api.rest.given import Given


class SpanOut(BaseModel):
    """Nights from `first` until the day before `until`."""

    first: date
    until: date


class RuleOut(BaseModel):
    """When a package's pavilion is closed; milestones by their numbers, buffers in days."""

    start: int
    days_before: int
    finish: int
    days_after: int
    closure: SpanOut | None = Field(description="The nights after the plan as it is; null with a dropped milestone.")
    recorded_at: datetime
    recorded_by: str
    reason: str


class GivenRule(Given):
    """A rule. `adopt`: extended closures that stand in the pavilion in these nights become those of the works."""

    start: int = Field(ge=1, le=2**31 - 1)
    days_before: int = Field(0, ge=0, le=366)
    finish: int = Field(ge=1, le=2**31 - 1)
    days_after: int = Field(0, ge=0, le=366)
    adopt: bool = False
    reason: str = Field("", max_length=500)


class RoomChangeOut(BaseModel):
    """The nights to close and to reopen of a room."""

    room: int
    name: str
    close: list[SpanOut]
    reopen: list[SpanOut]


class WayOutOut(BaseModel):
    """A room that fits a claim in conflict."""

    room: int
    name: str
    same_type: bool
    out_of_service: bool


class ConflictOut(BaseModel):
    """A stay or house use in nights to be closed. `move_to` is the room proposed; null where none fits."""

    claim: int
    kind: str
    room: int
    first: date
    until: date
    nights_to_close: int
    move_to: int | None
    rooms: list[WayOutOut]


class ShortOut(BaseModel):
    """A block that lacks rooms of a type. `rooms` by night; `instead`: other types free in all of these nights."""

    block: int
    type: str
    rooms: dict[date, int]
    instead: dict[str, int]


class EndOut(BaseModel):
    """How a year would end: room-nights, and the chance of its target, 0 to 1."""

    expected: float
    chance: float | None


class YearOut(BaseModel):
    """What becomes of a year. Ends are null where no forecast of it is kept."""

    year: int
    lost: int = Field(description="Room-nights that can be sold no more; below 0 more can be.")
    waiting: int = Field(description="Room-nights that stay open because a conflict is left.")
    lost_stays: int = Field(description="Nights of stays that no other room fits.")
    no_longer_fits: float = Field(description="Room-nights of the forecast that no longer fit; below 0 more fit.")
    income_cents: dict[str, int] = Field(description="Income lost, by segment; below 0 is regained.")
    target: int | None
    before: EndOut | None
    demand_moves: EndOut | None = Field(description="Reading a: demand moves into rooms that are still open.")
    demand_stays_away: EndOut | None = Field(description="Reading b: none of it moves elsewhere.")


class ProposalOut(BaseModel):
    """What the plan asks of the rooms. `digest` names it: whoever confirms sends it back."""

    closure: SpanOut
    digest: str
    matches: bool
    room_nights_to_close: int
    room_nights_to_reopen: int
    rooms: list[RoomChangeOut]
    conflicts: list[ConflictOut]
    blocks: list[ShortOut]
    forecast_of: date | None = Field(description="Day of the forecast that years are compared with.")
    years: list[YearOut]


class GivenChoice(Given):
    """What becomes of a claim in conflict: it moves to a room, or is left (`room` null)."""

    claim: int = Field(ge=1, le=2**31 - 1)
    room: int | None = Field(None, ge=1, le=2**31 - 1)


class GivenConfirmation(Given):
    """Confirm a proposal. Claims that are not named get the room that is proposed."""

    digest: str = Field(min_length=1, max_length=64)
    why: str = Field(min_length=1, max_length=500)
    choices: list[GivenChoice] = Field(default_factory=list, max_length=2000)


class ClosureOut(BaseModel):
    """A package with a rule, and how far the books are from the plan."""

    works: str
    matches: bool
    closure: SpanOut | None
    room_nights_to_close: int
    room_nights_to_reopen: int
    conflicts: int


class ChangedClaimOut(BaseModel):
    """The versions of a claim before and after a change; without one before, the change made the claim."""

    claim: int
    before: int | None
    after: int


class ChangeOut(BaseModel):
    """A confirmed change. `why_not` says why it cannot be undone; empty when it can."""

    id: int
    works: str
    confirmed_at: datetime
    confirmed_by: str
    why: str
    undone_at: datetime | None
    why_not: str
    claims: list[ChangedClaimOut]


class GivenDates(Given):
    """Other dates of a milestone."""

    milestone: int = Field(ge=1, le=2**31 - 1)
    start: date
    finish: date


class GivenScenario(Given):
    """A scenario to be kept."""

    name: str = Field(min_length=1, max_length=120)
    note: str = Field("", max_length=500)
    dates: list[GivenDates] = Field(min_length=1, max_length=50)


class DatesOut(BaseModel):
    """When a milestone lies in a scenario."""

    milestone: int
    start: date
    finish: date


class ScenarioOut(BaseModel):
    """A scenario, computed against the books as they are now."""

    id: int
    name: str
    note: str
    made_at: datetime
    made_by: str
    dates: list[DatesOut]
    closures: dict[str, SpanOut] = Field(description="Works → the nights that they would close.")
    room_nights_lost: int
    conflicts: int
    conflicts_without_room: int
    income_cents: int
    years: list[YearOut]
