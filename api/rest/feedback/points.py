"""Answer points: where guests find the questionnaire."""

from datetime import datetime

from fastapi import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from api import rest
from api.answer_point_words import asked_place
from api.dependencies import Id, Reading, Writing
from api.pages.survey.survey import FORM
from api.paging import WantedPart
from api.rest import rest_router
from api.rest.feedback import FeedbackKeeper, FeedbackReader
from api.rest.given import Given
from api.rest.lists import tell_pages
from api.rest.preconditions import ExpectedVersion, etag, must_be
from campus.feedback.questionnaires import queries as questionnaires
from campus.feedback.responses import points, queries
from campus.feedback.responses.queries import PointLine
from core.settings import settings

router = rest_router("feedback")
PATH = "/feedback/points"


class PointOut(BaseModel):
    """An answer point. Neither `pavilion` nor `event`: of the whole campus. `ended_at` is null while it is open."""

    id: int
    questionnaire: str
    pavilion: str | None
    event: str | None
    address: str
    made_at: datetime
    ended_at: datetime | None
    version: int


class GivenPoint(Given):
    """A new point; `place` is `campus`, `pavilion:NAME` or `event:NAME`, by short names."""

    questionnaire: str = Field(max_length=64)
    place: str = Field(max_length=100)


class PointChange(Given):
    """What becomes of a point; what is left out stays. A renewed key makes printed codes worthless."""

    ended: bool | None = None
    renew_key: bool = False


@router.get(PATH)
def list_answer_points(
    _caller: FeedbackReader, session: Reading, part: WantedPart, response: Response
) -> list[PointOut]:
    """All answer points, the open ones first."""
    found = queries.points(session)
    tell_pages(response, part, len(found))
    return [_out(line) for line in found[part.offset : part.offset + part.size]]


@router.post(PATH, status_code=201)
def create_answer_point(given: GivenPoint, caller: FeedbackKeeper, session: Writing, response: Response) -> PointOut:
    """Add a point. One is open at a time for a questionnaire and a place."""
    asked = questionnaires.asked_for(session, given.questionnaire)
    pavilion_id, event_id = asked_place(session, given.place)
    made = points.add(session, caller.actor, asked.id, pavilion_id=pavilion_id, event_id=event_id)
    response.headers["Location"] = f"{rest.PREFIX}{PATH}/{made.id}"
    return _answer(session, made.id, response)


@router.get(f"{PATH}/{{point_id}}")
def get_answer_point(point_id: Id, _caller: FeedbackReader, session: Reading, response: Response) -> PointOut:
    """One point."""
    return _answer(session, point_id, response)


@router.patch(f"{PATH}/{{point_id}}")
def change_answer_point(
    point_id: Id,
    change: PointChange,
    caller: FeedbackKeeper,
    session: Writing,
    version: ExpectedVersion,
    response: Response,
) -> PointOut:
    """End it, reopen it, renew its key."""
    point = queries.point(session, point_id).point
    must_be(point.version, version)
    if change.renew_key:
        points.renew(session, point, caller.actor)
    if change.ended is not None:
        (points.end if change.ended else points.reopen)(session, point, caller.actor)
    return _answer(session, point_id, response)


def _answer(session: Session, point_id: int, response: Response) -> PointOut:
    line = queries.point(session, point_id)
    response.headers["ETag"] = etag(line.point.version)
    return _out(line)


def _out(line: PointLine) -> PointOut:
    return PointOut(
        id=line.point.id,
        questionnaire=line.questionnaire.slug,
        pavilion=line.pavilion.slug if line.pavilion else None,
        event=line.event.slug if line.event else None,
        address=settings().address + FORM.format(key=line.point.key),
        made_at=line.point.made_at,
        ended_at=line.point.ended_at,
        version=line.point.version,
    )
