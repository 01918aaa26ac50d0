"""A package's plan, its baselines and reports as JSON. Days of difference are calendar days; above 0 is later."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.rest.given import Given
from campus.renovation import rules
from campus.renovation.models import MilestoneReport
from campus.renovation.network import Span, Wanted
from campus.renovation.queries import Plan
from campus.renovation.slips import Move, Standing
from campus.renovation.standing import PackagePlan
from campus.renovation.trend import Trend

Why = Field("", max_length=rules.MOST_TEXT)


class SpanOut(BaseModel):
    """The first and the last day; both are the same for a moment."""

    start: date
    finish: date


class StandingOut(BaseModel):
    """Where a milestone lies and why. `path` and `pushes` hold keys of milestones; the cause of a slip comes first."""

    key: int
    name: str
    weight: int
    state: Literal["planned", "begun", "ended"]
    start: date
    finish: date
    baseline: SpanOut | None
    slip: int | None = Field(description="Days that the finish lies after the baseline; null without one.")
    drift: int | None = Field(description="Days that the last day of reports moved the finish; null before a second.")
    driver: int | None = Field(description="The milestone that pushes it where it lies; null for its own report.")
    path: list[int] = Field(description="What makes it late, the cause first; empty where it is not late.")
    pushes: list[int] = Field(description="Milestones that are late because of it.")


class PlanOut(BaseModel):
    """A package against one of its baselines, as known now or at the end of a past day."""

    works: str
    baseline: int | None
    finish: date | None
    slip: int | None
    last_report: date | None
    milestones: list[StandingOut]


class PointOut(BaseModel):
    """What the reports up to a day forecast."""

    reported_on: date
    finish: date
    own_report: bool
    ended: bool


class TrendOut(BaseModel):
    """How the forecast of a milestone moved."""

    key: int
    name: str
    days: int = Field(description="Last forecast less first forecast, in days.")
    changes: int
    points: list[PointOut]


class BaselineSpanOut(SpanOut):
    """When a baseline plans a milestone."""

    key: int
    weight: int


class BaselineOut(BaseModel):
    """A plan that somebody approved; it is never changed."""

    number: int
    approved_at: datetime
    approved_by: str
    why: str
    milestones: list[BaselineSpanOut]


class GivenBaseline(Given):
    """Why the present plan is approved."""

    why: str = Field(min_length=1, max_length=rules.MOST_TEXT)


class GivenReport(Given):
    """What is known of a milestone: forecasts, or facts as far as its state says."""

    state: Literal["planned", "begun", "ended"]
    start: date
    finish: date
    reported_on: date | None = Field(None, description="The day it was known; today where left out.")
    why: str = Why

    def wanted(self) -> Wanted:
        """The report as the books take it."""
        return Wanted(Span(self.start, self.finish), begun=self.state != "planned", ended=self.state == "ended")


class ReportOut(BaseModel):
    """A report. They are appended, never changed."""

    id: int
    reported_on: date
    state: Literal["planned", "begun", "ended"]
    start: date
    finish: date
    why: str
    recorded_at: datetime
    recorded_by: str


class MoveOut(BaseModel):
    """What a report moves."""

    key: int
    name: str
    before: SpanOut
    after: SpanOut
    days: int = Field(description="By how much the finish moves.")
    driver: int | None


class ReportedOut(BaseModel):
    """What a report moves, and the report where it was stored."""

    report: ReportOut | None
    moves: list[MoveOut]
    counts: bool = Field(description="False where a report of a later day counts, so that nothing moves.")


def state_of(one: MilestoneReport | Wanted) -> Literal["planned", "begun", "ended"]:
    """How far a milestone is."""
    return "ended" if one.ended else "begun" if one.begun else "planned"


def span_out(span: Span) -> SpanOut:
    """A span as JSON."""
    return SpanOut(start=span.start, finish=span.finish)


def plan_out(found: PackagePlan) -> PlanOut:
    """A plan as JSON."""
    return PlanOut(
        works=found.package.slug,
        baseline=found.baseline.number if found.baseline else None,
        finish=found.finish,
        slip=found.slip,
        last_report=found.last_report,
        milestones=[_standing(found.plan, line) for line in found.lines],
    )


def _standing(plan: Plan, line: Standing) -> StandingOut:
    return StandingOut(
        key=line.key,
        name=plan.milestones[line.key].name,
        weight=plan.milestones[line.key].weight,
        state=state_of(plan.wanted[line.key]),
        start=line.placed.span.start,
        finish=line.placed.span.finish,
        baseline=span_out(line.baseline) if line.baseline else None,
        slip=line.slip,
        drift=line.drift,
        driver=line.placed.driver,
        path=list(line.path),
        pushes=list(line.pushes),
    )


def trend_out(name: str, trend: Trend) -> TrendOut:
    """A trend as JSON."""
    points = [
        PointOut(reported_on=one.on, finish=one.finish, own_report=one.reported, ended=one.ended)
        for one in trend.points
    ]
    return TrendOut(key=trend.key, name=name, days=trend.days, changes=trend.changes, points=points)


def report_out(one: MilestoneReport) -> ReportOut:
    """A report as JSON."""
    return ReportOut(
        id=one.id,
        reported_on=one.reported_on,
        state=state_of(one),
        start=one.start,
        finish=one.finish,
        why=one.why,
        recorded_at=one.recorded_at,
        recorded_by=one.recorded_by,
    )


def move_out(plan: Plan, move: Move) -> MoveOut:
    """A move as JSON."""
    return MoveOut(
        key=move.key,
        name=plan.milestones[move.key].name,
        before=span_out(move.before),
        after=span_out(move.after),
        days=move.days,
        driver=move.driver,
    )
