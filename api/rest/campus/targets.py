"""The targets of the years, with their sources and everything that was ever entered."""

from datetime import datetime
from typing import Annotated

from fastapi import Path, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.given import Given
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.forecast import targets
from campus.forecast.models import LONGEST_SOURCE, Target
from campus.forecast.targets import MOST, PUBLISHED

router = rest_router("capacity")
Year = Annotated[int, Path(ge=2000, le=2100)]


class TargetOut(BaseModel):
    """A year's target. Where nobody entered one it is the published one, whose `source` is null."""

    year: int
    room_nights: int
    source: str | None
    entered_at: datetime | None
    entered_by: str | None
    reason: str | None


class GivenTarget(Given):
    """A target and where it comes from."""

    room_nights: int = Field(ge=1, le=MOST)
    source: str = Field(min_length=1, max_length=LONGEST_SOURCE)
    reason: str = Field("", max_length=500, description="Why it is changed.")


@router.get("/targets")
def list_targets(_caller: Reader, session: Reading, part: WantedPart, response: Response) -> list[TargetOut]:
    """The targets that were entered, the latest year first."""
    found = targets.targets(session)
    tell_pages(response, part, len(found))
    return [_out(one.year, one) for one in found[part.offset : part.offset + part.size]]


@router.get("/targets/{year}")
def get_target(year: Year, _caller: Reader, session: Reading, response: Response) -> TargetOut:
    """A year's target; its ETag is `"v0"` as long as nobody entered one."""
    return _answer(session, year, response)


@router.put("/targets/{year}")
def put_target(
    year: Year, given: GivenTarget, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> TargetOut:
    """Enter a year's target, or change it. What was entered before is kept."""
    now = targets.target(session, year)
    must_be(now.id if now else 0, version)
    targets.set_target(session, year, given.room_nights, given.source, caller.actor, given.reason)
    return _answer(session, year, response)


@router.get("/targets/{year}/versions")
def list_target_versions(year: Year, _caller: Reader, session: Reading) -> list[TargetOut]:
    """Everything that was ever entered for a year, the newest first."""
    return [_out(year, one) for one in targets.versions(session, year)]


def _answer(session: Session, year: int, response: Response) -> TargetOut:
    now = targets.target(session, year)
    response.headers["ETag"] = etag(now.id if now else 0)
    return _out(year, now)


def _out(year: int, now: Target | None) -> TargetOut:
    return TargetOut(
        year=year,
        room_nights=now.room_nights if now else PUBLISHED,
        source=now.source if now else None,
        entered_at=now.recorded_at if now else None,
        entered_by=now.recorded_by if now else None,
        reason=now.reason if now else None,
    )
