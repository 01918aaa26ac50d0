"""An answer point: an address, printed as a QR code, where anybody may answer without an account."""

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.dependencies import TheDatabase
from api.guest_pages import guest_router
from api.pages.survey import answering
from api.pages.survey.answering import Door
from api.pages.survey.posted import TheSent
from campus.feedback.responses import queries, rules
from campus.places.models import Event
from core.errors import NotFound
from core.i18n import gettext as _

router = guest_router()
FORM = "/survey/{key}"


@router.get(FORM)
def first_step(request: Request, key: str, database: TheDatabase) -> Response:
    """The questionnaire of this point."""
    with database.read() as session:
        door = _door(session, key)
    return answering.open_form(request, database, door) if door else answering.closed(request)


@router.post(FORM)
def next_step(request: Request, key: str, database: TheDatabase, sent: TheSent) -> Response:
    """What follows a step."""
    with database.read() as session:
        door = _door(session, key)
    if door is None:
        return answering.closed(request)
    return answering.go_on(request, database, door, sent, lambda _session: True, counted=True)


def _door(session: Session, key: str) -> Door | None:
    """What the point of this key opens; None for an ended one. Raises `NotFound`."""
    point = queries.point_of_key(session, key)
    if point is None:
        raise NotFound(_("There is no such answer point."))
    if point.ended_at:
        return None
    event = session.get(Event, point.event_id) if point.event_id is not None else None
    return Door(
        address=FORM.format(key=point.key),
        questionnaire_id=point.questionnaire_id,
        origin=rules.POINT,
        pavilion_id=point.pavilion_id,
        event_id=point.event_id,
        segment_id=event.segment_id if event else None,
        key=point.key,
    )
