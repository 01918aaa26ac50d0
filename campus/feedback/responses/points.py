"""Every change of answer points. A key that is renewed opens nothing from then on; an ended point says it is closed."""

from sqlalchemy.orm import Session

from campus.feedback.responses import queries
from campus.feedback.responses.models import AnswerPoint
from campus.printed_keys import new_key
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import gettext as _

SUBJECT = "answer_point"


def add(
    session: Session, actor: str, questionnaire_id: int, *, pavilion_id: int | None = None, event_id: int | None = None
) -> AnswerPoint:
    """A point of a pavilion, of an event, or of the whole campus with neither. Raises `InvalidInput`."""
    if pavilion_id is not None and event_id is not None:
        raise InvalidInput(_("must be of a pavilion or of an event, not of both"), place="place")
    if queries.open_point_at(session, questionnaire_id, pavilion_id, event_id):
        raise InvalidInput(_("has an answer point for this questionnaire already"), place="place")
    point = AnswerPoint(
        key=new_key(),
        questionnaire_id=questionnaire_id,
        pavilion_id=pavilion_id,
        event_id=event_id,
        made_at=clock.now(),
    )
    session.add(point)
    session.flush()
    made = {"questionnaire": questionnaire_id, "pavilion": pavilion_id, "event": event_id}
    trail.record(session, actor, "answer_point.add", SUBJECT, point.id, after=made)
    return point


def end(session: Session, point: AnswerPoint, actor: str) -> None:
    """Take no more answers there; nothing happens to an ended one."""
    if point.ended_at is None:
        point.ended_at = clock.now()
        trail.record(session, actor, "answer_point.end", SUBJECT, point.id)
        session.flush()


def reopen(session: Session, point: AnswerPoint, actor: str) -> None:
    """Take answers again, by the same key. Raises `Conflict` where another point took its place meanwhile."""
    if point.ended_at is None:
        return
    if queries.open_point_at(session, point.questionnaire_id, point.pavilion_id, point.event_id):
        raise Conflict(_("Another answer point took its place meanwhile; end that one first."))
    point.ended_at = None
    trail.record(session, actor, "answer_point.reopen", SUBJECT, point.id)
    session.flush()


def renew(session: Session, point: AnswerPoint, actor: str) -> None:
    """Make its key anew: codes that are printed no longer work."""
    point.key = new_key()
    trail.record(session, actor, "answer_point.renew", SUBJECT, point.id)
    session.flush()
