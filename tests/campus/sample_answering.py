"""Where guests of the sample campus answer: an open point, an ended one, and an invitation."""

from datetime import timedelta

from sqlalchemy.orm import Session

from campus.feedback.invitations.models import Invitation, InvitationBatch
from campus.feedback.responses import points
from core.i18n import today
from core.secrets import key_hash
from tests.campus.books import TEST, Campus

OPEN, ENDED = "sampleopenpoint", "sampleendedpoint"
CODE = "sample-invitation-of-one-guest"


def add_answering(session: Session, campus: Campus) -> None:
    """Points with keys that tests know, and an invitation that nobody has used."""
    for key, pavilion in ((OPEN, None), (ENDED, campus.pavilions[1])):
        point = points.add(session, TEST, 1, pavilion_id=pavilion)
        point.key = key
        if key == ENDED:
            points.end(session, point, TEST)
    batch = InvitationBatch(
        name="Sample invitations",
        questionnaire_id=1,
        left_on=today(),
        send_from=today(),
        closes=today() + timedelta(days=30),
    )
    session.add(batch)
    session.flush()
    session.add(Invitation(code_hash=key_hash(CODE), batch_id=batch.id))
