"""A sample of invitations that are over: the guests of one event, as many of whom answered as the sample says."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.invitations.models import InvitationBatch
from campus.feedback.invitations.rules import OPEN_DAYS, SMALLEST
from campus.feedback.questionnaires.models import Questionnaire
from campus.feedback.responses.models import Response
from campus.places.models import Event
from core import trail
from core.i18n import today

LEFT_OUT, UNDELIVERED = 2, 1


def write_invitations(session: Session, actor: str) -> int:
    """Write them; how many guests got a mail. Needs the sample's responses."""
    over = today() - timedelta(days=OPEN_DAYS + 7)
    answered = sa.func.count(Response.id)
    events = sa.select(Event, answered).join(Response, Response.event_id == Event.id).where(Event.until < over)
    events = events.group_by(Event.id).having(answered >= SMALLEST).order_by(Event.until.desc(), Event.id)
    event, answers = session.execute(events.limit(1)).one()
    invited = max(event.on_site, answers + LEFT_OUT + UNDELIVERED) - LEFT_OUT - UNDELIVERED
    batch = InvitationBatch(
        name=f"Guests of {event.name}",
        questionnaire_id=session.scalars(sa.select(Questionnaire.id)).one(),
        event_id=event.id,
        segment_id=event.segment_id,
        left_on=event.until - timedelta(days=1),
        send_from=event.until,
        closes=event.until + timedelta(days=OPEN_DAYS),
        invited=invited,
        left_out=LEFT_OUT,
        undelivered=UNDELIVERED,
        codes=invited,
        answered=answers,
        closed_on=event.until + timedelta(days=OPEN_DAYS + 1),
    )
    session.add(batch)
    session.flush()
    trail.record(session, actor, "invitations.make", "invitation_batch", batch.id, after={"name": batch.name})
    return invited
