"""The codes of invitations: each opens the questionnaire once. Its use deletes the row and leaves nothing behind."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.invitations.models import Invitation, InvitationBatch
from core.i18n import today
from core.secrets import key_hash


def batch_of(session: Session, code: str) -> InvitationBatch | None:
    """The batch that a code opens now; None alike for one that is forged, used or past its day.

    Whoever has a mail may answer, also when the sending of the others was stopped.
    """
    batch = session.scalar(
        sa.select(InvitationBatch)
        .join(Invitation, Invitation.batch_id == InvitationBatch.id)
        .where(Invitation.code_hash == key_hash(code))
    )
    return batch if batch is not None and today() <= batch.closes else None


def use(session: Session, code: str) -> bool:
    """Delete the code, in the transaction of the response; False when it opens nothing (any more)."""
    if batch_of(session, code) is None:
        return False
    session.execute(sa.delete(Invitation).where(Invitation.code_hash == key_hash(code)))
    return True
