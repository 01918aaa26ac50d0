"""Every two minutes: batches that are over are closed, and some of the guests who wait get their invitation.

The steps are those of `campus/feedback/invitations/sending.py`; no transaction is open while a mail is handed over.
"""

import smtplib
import threading
from collections.abc import Sequence

import structlog

from campus.feedback.invitations import queries, sending
from campus.feedback.invitations.letter import letter
from campus.feedback.invitations.models import InvitationAddress
from campus.feedback.invitations.sending import Ready
from core import clock, mail
from core.database import Database
from core.i18n import today
from core.settings import settings
from jobs.planned_run import describe
from jobs.worker_id import is_gone

OF_THIS_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)  # the others may well arrive

log = structlog.get_logger()


def send_invitations(database: Database, worker: str, stop: threading.Event) -> int:
    """Close what is over and send up to the setting's number, until `stop` is set; how many were sent."""
    close_ended(database)
    free_lost(database)
    if not mail.is_set_up():
        return 0
    with database.read() as session:  # mostly there is nothing: no need to queue for a write
        if not queries.anything_to_send(session, today(), clock.now()):
            return 0
    with database.write() as session:
        taken = sending.take(session, worker, settings().invitations_per_run)
    return _send_all(database, taken, worker, stop)


def close_ended(database: Database) -> None:
    """Close the batches whose last day is over, each in a transaction of its own."""
    with database.read() as session:
        over = queries.to_close(session, today())
    for batch_id in over:
        with database.write() as session:
            sending.close(session, batch_id)


def free_lost(database: Database) -> None:
    """Let addresses be tried anew whose worker died or fell silent while it wrote to them."""
    with database.read() as session:
        lost = [one for one in queries.in_flight(session) if _is_lost(one)]
    for address in lost:
        log.warning("the worker of an invitation was lost", batch=address.batch_id)
        with database.write() as session:
            sending.free(session, address.id, address.worker)


def _send_all(database: Database, taken: Sequence[Ready], worker: str, stop: threading.Event) -> int:
    """Hand over one after the other; a failure shows that the server is away, and the others wait untried."""
    sent, untried = 0, list(taken)
    while untried and not stop.is_set():
        ready = untried.pop()
        outcome = _send(database, ready, worker)
        sent += outcome is True
        if outcome is None:
            break
    if untried:
        with database.write() as session:
            sending.put_back(session, untried, worker)
    return sent


def _send(database: Database, ready: Ready, worker: str) -> bool | None:
    """Whether it was sent; None when the way seems closed for now. The log names the batch, never the guest."""
    try:
        mail.send(letter(ready.email, ready.language, ready.code, ready.closes))
    except mail.Refused as refusal:
        log.warning("an invitation was refused", batch=ready.batch_id, error=_without(ready, str(refusal)))
        with database.write() as session:
            sending.refused(session, ready, worker)
        return False
    except (OSError, smtplib.SMTPException) as error:
        log.warning("an invitation could not be sent", batch=ready.batch_id, error=_without(ready, describe(error)))
        with database.write() as session:
            sending.failed(session, ready, worker)
        return False if isinstance(error, OF_THIS_MAIL) else None
    except Exception as error:  # a fault of ours in one mail must not hold up the others
        log.error("an invitation could not be made", batch=ready.batch_id, error=type(error).__name__)
        with database.write() as session:
            sending.refused(session, ready, worker)
        return False
    with database.write() as session:
        if not sending.sent(session, ready, worker):
            log.warning("an invitation was sent after its claim had ended", batch=ready.batch_id)
    return True


def _without(ready: Ready, text: str) -> str:
    """What a server says of a mail, without the guest's address."""
    return text.replace(ready.email, "…")


def _is_lost(address: InvitationAddress) -> bool:
    return is_gone(address.worker) or address.claimed_until is None or address.claimed_until < clock.now()
