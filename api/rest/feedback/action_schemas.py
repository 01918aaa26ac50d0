"""Improvement actions as JSON. Money is in cents, changes in points of the measure: percentage points for yes or no."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.rest.given import Given
from campus.improvement.models import ActionCheck, ActionVersion
from campus.improvement.queries import Aid, Line
from campus.improvement.rules import Need, Outcome, Stage
from campus.improvement.verdict import Summary, Verdict

MOST_CENTS = 100_000_000_000_00


class SummaryOut(BaseModel):
    """Answers of several quarters and pavilions together."""

    n: int
    mean: float
    deviation: float | None


class PlanningOut(BaseModel):
    """Where the measure stands, and the smallest change that would be found in four of five cases."""

    quarters: list[str]
    baseline: SummaryOut | None
    comparison: SummaryOut | None
    detectable: float | None


class CheckOut(BaseModel):
    """What a check found. `counts`: it gives the action's verdict; the others are looks."""

    checked_at: datetime
    checked_by: str
    counts: bool
    verdict: Verdict
    reason: str = Field(description="Why it is too early: no before, no after, wording, masked or few.")
    change: float | None
    low: float | None
    high: float | None
    before: list[str]
    after: list[str]
    masked: list[str] = Field(description="Suppressed figures, by quarter and pavilion.")
    left_out: list[str] = Field(description="Quarters with another wording.")
    n_before: int
    n_after: int
    cost: int
    cost_per_point: float | None
    cost_per_point_low: float | None
    cost_per_point_high: float | None


class ActionOut(BaseModel):
    """An improvement action, as known now or on a past day."""

    id: int
    stage: Stage
    name: str
    area: str
    hypothesis: str
    measure: str
    expected: float
    pavilions: list[str]
    comparison: list[str]
    cost_planned: int
    cost_actual: int | None
    owner: int | None
    due: date
    check_on: date
    started_on: date | None
    done_on: date | None
    outcome: str
    lesson: str
    follows: int | None
    need: Need | None = Field(description="What somebody has to do: overdue, check or decide.")
    verdict: CheckOut | None = Field(description="The check that gives the verdict.")
    hindsight: bool = Field(description="Figures after it were public already when its measure was settled.")
    planning: PlanningOut | None = Field(description="Before it is done; in lists it is left out.")


class VersionOut(BaseModel):
    """What an action was from an instant on."""

    stage: Stage
    name: str
    measure: str
    expected: float
    due: date
    check_on: date
    done_on: date | None
    recorded_at: datetime
    recorded_by: str
    reason: str


class GivenAction(Given):
    """What an action is to be. Without pavilions it changes the whole campus."""

    name: str = Field(min_length=1, max_length=120)
    area: str = Field(min_length=1, max_length=64)
    hypothesis: str = Field(min_length=1, max_length=1000)
    measure: str = Field(min_length=1, max_length=130)
    expected: float = Field(gt=0, le=100)
    pavilions: list[str] = Field(default_factory=list, max_length=100)
    comparison: list[str] = Field(default_factory=list, max_length=100)
    cost_planned: int = Field(ge=0, le=MOST_CENTS)
    owner: int = Field(ge=1, le=2**31 - 1)
    due: date
    check_on: date


class ChangedAction(GivenAction):
    """The same, and why it is changed."""

    reason: str = Field(min_length=1, max_length=500)


class GivenFollowUp(Given):
    """The action by which an adapted one goes on."""

    name: str = Field(min_length=1, max_length=120)
    due: date
    check_on: date


class GivenStep(Given):
    """A step, with what it needs: `start` its day, `done` day and cost, `decide` outcome and lesson, `abandon` the
    lesson, `without-verdict` and `back` the reason, `undo` nothing."""

    step: Literal["start", "done", "without-verdict", "decide", "abandon", "back", "undo"]
    day: date | None = None
    cost: int | None = Field(None, ge=0, le=MOST_CENTS)
    outcome: Outcome | None = None
    lesson: str = Field("", max_length=1000)
    reason: str = Field("", max_length=500)
    follow_up: GivenFollowUp | None = None


def action_out(line: Line, *, follows: int | None, hindsight: bool, aid: Aid | None = None) -> ActionOut:
    """With its verdict, and what helps to plan it."""
    names = set(ActionOut.model_fields) - {"id", "owner", "follows", "need", "verdict", "hindsight", "planning"}
    return ActionOut(
        id=line.key,
        owner=line.version.owner_id,
        follows=follows,
        need=line.need,
        verdict=check_out(line.counted) if line.counted else None,
        hindsight=hindsight,
        planning=_planning_out(aid) if aid else None,
        **{name: getattr(line.version, name) for name in names},
    )


def check_out(check: ActionCheck) -> CheckOut:
    """With what a point cost."""
    price = check.effect.cost_per_point(check.cost) or (None, None, None)
    names = set(CheckOut.model_fields) - {"cost_per_point", "cost_per_point_low", "cost_per_point_high"}
    return CheckOut(
        **{name: getattr(check, name) for name in names},
        cost_per_point=price[0],
        cost_per_point_low=price[1],
        cost_per_point_high=price[2],
    )


def version_out(version: ActionVersion) -> VersionOut:
    """Of the history."""
    return VersionOut.model_validate(version, from_attributes=True)


def _planning_out(aid: Aid) -> PlanningOut:
    start = aid.baseline
    return PlanningOut(
        quarters=[str(one) for one in start.quarters],
        baseline=_summary_out(start.treated),
        comparison=_summary_out(start.comparison),
        detectable=aid.detectable,
    )


def _summary_out(summary: Summary | None) -> SummaryOut | None:
    return SummaryOut(n=summary.n, mean=summary.mean, deviation=summary.deviation) if summary else None
