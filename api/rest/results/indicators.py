"""The indicators: how they stand, and what they are. What they were is kept."""

from typing import Annotated

from fastapi import Path, Query, Response
from sqlalchemy.orm import Session

from api import rest
from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from api.rest.results.files import AsOf, moment_of
from api.rest.results.schemas import (
    ChangedIndicator,
    GivenIndicator,
    IndicatorOut,
    VersionOut,
    indicator_out,
    version_out,
)
from campus.capacity.report import Moment
from campus.results import actions, queries
from campus.results.actions import WantedIndicator
from campus.results.rules import Direction, Point
from core.errors import InvalidInput
from core.i18n import gettext as _

router = rest_router("results", "/results")
Slug = Annotated[str, Path(max_length=64)]


@router.get("/indicators")
def list_indicators(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    as_of: AsOf = None,
    references: Annotated[bool, Query(description="The lines of other organisations instead of ours.")] = False,
) -> list[IndicatorOut]:
    """The indicators in their order, each with how it stands."""
    found = queries.lines(session, moment_of(as_of), references=references)
    tell_pages(response, part, len(found))
    return [indicator_out(one) for one in found[part.offset : part.offset + part.size]]


@router.post("/indicators", status_code=201)
def add_indicator(given: GivenIndicator, caller: Keeper, session: Writing, response: Response) -> IndicatorOut:
    """Add an indicator."""
    slug = actions.slug_of(session, actions.add_indicator(session, _wanted(given), caller.actor))
    response.headers["Location"] = f"{rest.PREFIX}/results/indicators/{slug}"
    return _answer(session, slug, response)


@router.get("/indicators/{slug}")
def get_indicator(
    slug: Slug, _caller: Reader, session: Reading, response: Response, as_of: AsOf = None
) -> IndicatorOut:
    """One indicator; its ETag is that of what it is now."""
    return _answer(session, slug, response, moment_of(as_of))


@router.put("/indicators/{slug}")
def put_indicator(
    slug: Slug, given: ChangedIndicator, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> IndicatorOut:
    """Say anew what an indicator is, with a reason. Its unit stays."""
    now = actions.current(session, slug)
    must_be(now.id, version)
    actions.change_indicator(session, now, _wanted(given, now.position), caller.actor, given.reason)
    return _answer(session, slug, response)


@router.delete("/indicators/{slug}", status_code=204)
def drop_indicator(slug: Slug, caller: Keeper, session: Writing, version: ExpectedVersion) -> None:
    """Report an indicator no more. Its values and versions stay, and reports of past days still have it."""
    now = actions.current(session, slug)
    must_be(now.id, version)
    actions.drop(session, now, caller.actor)


@router.get("/indicators/{slug}/versions")
def list_indicator_versions(slug: Slug, _caller: Reader, session: Reading) -> list[VersionOut]:
    """Everything that an indicator ever was, the newest first."""
    now = actions.current(session, slug)
    return [version_out(one) for one in queries.versions(session, now.indicator_id, Moment.now())]


def _answer(session: Session, slug: str, response: Response, moment: Moment | None = None) -> IndicatorOut:
    response.headers["ETag"] = etag(actions.current(session, slug).id)
    return indicator_out(queries.line(session, slug, moment or Moment.now()))


def _wanted(given: GivenIndicator, position: int = 0) -> WantedIndicator:
    if (given.baseline is None) != (given.baseline_on is None):
        raise InvalidInput(_("needs its day, and the day its value"), place="baseline")
    baseline = None
    if given.baseline is not None and given.baseline_on is not None:
        baseline = Point(given.baseline_on, given.baseline)
    goals = [(Point(one.day, one.value), one.kind) for one in given.goals]
    plain = given.model_dump(exclude={"baseline", "baseline_on", "goals", "direction", "reason"})
    return WantedIndicator(
        **plain, baseline=baseline, goals=goals, direction=Direction(given.direction), position=position
    )
