"""Daily counts: listed by period, entered or corrected by night, explained, with everything that was ever entered."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import Path, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import Reading, Writing
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.campus import Keeper, Reader
from api.rest.campus.count_schemas import (
    SLUG,
    CountOut,
    CountVersionOut,
    Day,
    GivenExplanation,
    GivenNight,
    count_out,
    version_out,
)
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.counts import actions, queries
from campus.counts.queries import CountLine, night_of
from campus.counts.rules import Seen
from campus.known import checked_as_of, end_of
from campus.nights import Nights
from campus.places import queries as places
from core.errors import InvalidInput, NotFound
from core.i18n import gettext as _
from core.i18n import today

router = rest_router("counts")
MOST_NIGHTS = 400
Night = Annotated[Day, Path(description="The night, by the date of its evening.")]
PavilionSlug = Annotated[str, Path(pattern=SLUG, max_length=64, description="The pavilion's short name.")]


@router.get("/counts")
def list_counts(
    _caller: Reader,
    session: Reading,
    part: WantedPart,
    response: Response,
    first: Annotated[Day, Query(description="The first night.")],
    until: Annotated[Day, Query(description="The day after the last night.")],
    pavilion: Annotated[str | None, Query(pattern=SLUG, max_length=64, description="Only of this pavilion.")] = None,
    as_of: Annotated[Day | None, Query(description="As it was known at the end of this day.")] = None,
) -> list[CountOut]:
    """Counted and claimed rooms of every pavilion and night of a period, by night and name."""
    nights = Nights.checked(first, until)
    if len(nights) > MOST_NIGHTS:
        raise InvalidInput(_("must be at most %(most)s nights after the first", most=MOST_NIGHTS), place="until")
    checked_as_of(as_of)
    wanted = places.pavilion(session, pavilion).id if pavilion else None
    lines = queries.lines(session, nights, at=end_of(as_of) if as_of else None)
    found = [line for line in lines if wanted in (None, line.pavilion.id)]
    tell_pages(response, part, len(found))
    return [count_out(line) for line in found[part.offset : part.offset + part.size]]


@router.get("/counts/{night}")
def get_night(night: Night, _caller: Reader, session: Reading, response: Response) -> list[CountOut]:
    """One night, pavilion by pavilion; its ETag changes with every count of it."""
    return _answer(session, night, response)


@router.put("/counts/{night}")
def put_night(
    night: Night, given: GivenNight, caller: Keeper, session: Writing, version: ExpectedVersion, response: Response
) -> list[CountOut]:
    """Enter or correct counts of a night. What says the same as before changes nothing; all of it is saved, or none."""
    must_be(_version(_lines(session, night)), version)
    seen: dict[int, Seen] = {}
    for one in given.counts:
        pavilion = places.pavilion(session, one.pavilion)
        if pavilion.id in seen:
            raise InvalidInput(_("stands there twice"), place=one.pavilion)
        seen[pavilion.id] = Seen(one.rooms, one.guests)
    actions.enter(session, night, seen, caller.actor, reason=given.reason)
    return _answer(session, night, response)


@router.put("/counts/{night}/{pavilion}/explanation")
def explain_count(
    night: Night,
    pavilion: PavilionSlug,
    given: GivenExplanation,
    caller: Keeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> list[CountOut]:
    """Say why counted and claimed rooms differ. It holds for the difference as it is now."""
    must_be(_version(_lines(session, night)), version)
    actions.explain(session, places.pavilion(session, pavilion).id, night, given.explanation, caller.actor)
    return _answer(session, night, response)


@router.get("/counts/{night}/{pavilion}/versions")
def list_count_versions(
    night: Night, pavilion: PavilionSlug, _caller: Reader, session: Reading, part: WantedPart, response: Response
) -> list[CountVersionOut]:
    """Everything that was ever entered for a pavilion and night, the newest first."""
    found = queries.versions(session, places.pavilion(session, pavilion).id, night)
    tell_pages(response, part, len(found))
    return [version_out(one) for one in found[part.offset : part.offset + part.size]]


def _answer(session: Session, night: date, response: Response) -> list[CountOut]:
    lines = _lines(session, night)
    response.headers["ETag"] = etag(_version(lines))
    return [count_out(line) for line in lines]


def _lines(session: Session, night: date) -> list[CountLine]:
    """The night's lines. Raises `NotFound` where no pavilion has rooms."""
    lines = queries.lines(session, night_of(night))
    if not lines or night >= today() + timedelta(days=1):
        raise NotFound(_("There is no such night that could be counted."))
    return lines


def _version(lines: list[CountLine]) -> int:
    """The newest of the night's counts; 0 before there is one."""
    return max((line.count.id for line in lines if line.count), default=0)
