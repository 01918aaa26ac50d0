"""Indicators and their values as JSON. Shares are from 0 to 1."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.rest.given import Given
from campus.results.models import IndicatorValue, IndicatorVersion
from campus.results.queries import Line

Unit = Literal["number", "share", "room-nights", "days", "euros", "points", "kWh"]
MeasureName = Literal[
    "",
    "room-nights",
    "conformity",
    "satisfaction",
    "progress",
    "slip",
    "free-funds",
    "avoided-energy",
    "room-night-cost",
]
MOST = 1e12


class GoalOut(BaseModel):
    """What is to be reached by a day."""

    day: date
    kind: str
    value: float


class ValueOut(BaseModel):
    """What was reported of a day; `value` is null where there was none, and `note` says why."""

    day: date
    value: float | None
    n: int | None
    note: str
    url: str
    by_hand: bool
    recorded_at: datetime
    recorded_by: str


class IndicatorOut(BaseModel):
    """An indicator, and how it stands by the published rule."""

    slug: str
    code: str
    name: str
    about: str
    unit: str
    direction: str
    verification: str
    measure: str
    measured_of: str
    reference: bool
    baseline: float | None
    baseline_on: date | None
    goals: list[GoalOut]
    status: str = Field(description="on track, at risk, off track or not reported.")
    required: float | None = Field(description="What was required on the day of the last value.")
    last: ValueOut | None


class VersionOut(BaseModel):
    """What an indicator was from an instant on."""

    name: str
    baseline: float | None
    goals: list[GoalOut]
    dropped: bool
    recorded_at: datetime
    recorded_by: str
    reason: str


class GivenGoal(Given):
    """A goal."""

    day: date
    kind: Literal["milestone", "target"] = "target"
    value: float = Field(ge=-MOST, le=MOST)


class GivenIndicator(Given):
    """What an indicator is to be. A baseline needs its day."""

    name: str = Field(min_length=1, max_length=160)
    unit: Unit
    direction: Literal["higher", "lower"]
    code: str = Field("", max_length=40)
    about: str = Field("", max_length=500)
    verification: str = Field("", max_length=300)
    measure: MeasureName = ""
    measured_of: str = Field("", max_length=64)
    reference: bool = False
    baseline: float | None = Field(None, ge=-MOST, le=MOST)
    baseline_on: date | None = None
    goals: list[GivenGoal] = Field(default_factory=list, max_length=20)


class ChangedIndicator(GivenIndicator):
    """The same, and why it is changed."""

    reason: str = Field(min_length=1, max_length=500)


class GivenValue(Given):
    """What is reported of a day; without a value the note must say why there is none."""

    day: date
    value: float | None = Field(None, ge=-MOST, le=MOST)
    n: int | None = Field(None, ge=0, le=10**9)
    note: str = Field("", max_length=1000)
    url: str = Field("", max_length=500)


def value_out(one: IndicatorValue) -> ValueOut:
    """As it was reported."""
    return ValueOut.model_validate(one, from_attributes=True)


def goals_out(version: IndicatorVersion) -> list[GoalOut]:
    """By day."""
    return [GoalOut(day=goal.day, kind=goal.kind, value=goal.value) for goal in version.goals]


def indicator_out(line: Line) -> IndicatorOut:
    """With what was reported last."""
    version = line.version
    kinds = {goal.day: goal.kind for goal in version.goals}
    names = ("code", "name", "about", "unit", "direction", "verification", "measure", "measured_of", "reference")
    return IndicatorOut(
        slug=line.slug,
        **{name: getattr(version, name) for name in names},
        baseline=version.baseline,
        baseline_on=version.baseline_on,
        goals=[GoalOut(day=one.day, kind=kinds.get(one.day, "target"), value=one.value) for one in line.course.goals],
        status=line.status.value,
        required=line.required,
        last=value_out(line.last) if line.last else None,
    )


def version_out(version: IndicatorVersion) -> VersionOut:
    """Of the history."""
    return VersionOut(
        name=version.name,
        baseline=version.baseline,
        goals=goals_out(version),
        dropped=version.dropped,
        recorded_at=version.recorded_at,
        recorded_by=version.recorded_by,
        reason=version.reason,
    )
