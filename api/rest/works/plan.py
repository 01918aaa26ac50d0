"""A package's plan: slips and their causes, the trend of its milestones, its baselines, and reports of milestones."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Query, Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import LARGEST_ID, Id, Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.works.plan_schemas import (
    BaselineOut,
    BaselineSpanOut,
    GivenBaseline,
    GivenReport,
    PlanOut,
    ReportedOut,
    ReportOut,
    TrendOut,
    move_out,
    plan_out,
    report_out,
    trend_out,
)
from campus.known import checked_as_of, end_of
from campus.renovation import actions, queries, reporting
from campus.renovation.models import Baseline, WorksPackage
from campus.renovation.standing import history_of, package_plan
from campus.renovation.trend import trends
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import today

router = rest_router("works")

AsOf = Annotated[
    date | None, Query(description="As it was known at the end of this day; left out: as it is known now.")
]
Number = Annotated[
    int | None, Query(ge=1, le=LARGEST_ID, description="The baseline to measure against; left out: the newest.")
]


@router.get("/works/{slug}/plan")
def get_plan(slug: str, _caller: Reader, session: Reading, as_of: AsOf = None, baseline: Number = None) -> PlanOut:
    """Where the milestones lie, how late they are, what causes it and what they push."""
    return plan_out(package_plan(session, queries.package(session, slug), _at(as_of), baseline))


@router.get("/works/{slug}/trend")
def get_trend(slug: str, _caller: Reader, session: Reading, as_of: AsOf = None) -> list[TrendOut]:
    """What was forecast of each milestone by the day of the report."""
    package, at = queries.package(session, slug), _at(as_of)
    plan = queries.plan(session, at)
    found = trends(history_of(session, plan, at), plan.dependencies, plan.of(package.id))
    return [trend_out(plan.milestones[one.key].name, one) for one in found]


@router.get("/works/{slug}/baselines")
def list_works_baselines(
    slug: str, _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[BaselineOut]:
    """The approved baselines of a package, the first one first, each with its dates."""
    found = queries.baselines(session, queries.package(session, slug).id, _at(as_of))
    tell_pages(response, part, len(found))
    return [_baseline(session, one) for one in found[part.offset : part.offset + part.size]]


@router.post("/works/{slug}/baselines", status_code=201)
def approve_works_baseline(slug: str, given: GivenBaseline, caller: Keeper, session: Writing) -> BaselineOut:
    """Keep where the milestones lie now as the next baseline."""
    made = actions.approve_baseline(session, queries.package(session, slug), caller.actor, given.why)
    return _baseline(session, made)


@router.get("/works/{slug}/milestones/{key}/reports")
def list_reports(
    slug: str, key: Id, _caller: Reader, session: Reading, part: WantedPart, response: Response, as_of: AsOf = None
) -> list[ReportOut]:
    """All reports of a milestone by their days; the last one counts."""
    _must_be_of(session, queries.package(session, slug), key)
    found = queries.reports(session, [key], _at(as_of))
    tell_pages(response, part, len(found))
    return [report_out(one) for one in found[part.offset : part.offset + part.size]]


@router.post("/works/{slug}/milestones/{key}/reports", status_code=201)
def report_milestone(
    slug: str,
    key: Id,
    given: GivenReport,
    caller: Keeper,
    session: Writing,
    response: Response,
    preview: Annotated[bool, Query(description="Only tell what it would move; nothing is stored.")] = False,
) -> ReportedOut:
    """Append a report of a milestone, and tell what it moves."""
    _must_be_of(session, queries.package(session, slug), key)
    plan, on = queries.plan(session), given.reported_on or today()
    seen = reporting.preview(session, plan, {key: given.wanted()}, on)
    stored = None
    if preview:
        response.status_code = 200
    else:
        stored = actions.report(session, key, on, given.wanted(), caller.actor, given.why)
        response.headers["Location"] = f"{rest.PREFIX}/works/{slug}/milestones/{key}/reports"
    return ReportedOut(
        report=report_out(stored) if stored else None,
        moves=[move_out(plan, one) for one in seen.moves],
        counts=not seen.superseded,
    )


def _at(as_of: date | None) -> datetime | None:
    return end_of(as_of) if checked_as_of(as_of) and as_of else None


def _must_be_of(session: Session, package: WorksPackage, key: int) -> None:
    if key not in queries.plan(session).of(package.id):
        raise NotFound(_("There is no such milestone."))


def _baseline(session: Session, one: Baseline) -> BaselineOut:
    spans = queries.baseline_spans(session, one.id)
    return BaselineOut(
        number=one.number,
        approved_at=one.approved_at,
        approved_by=one.approved_by,
        why=one.why,
        milestones=[
            BaselineSpanOut(key=key, start=span.start, finish=span.finish, weight=span.weight)
            for key, span in spans.items()
        ],
    )
