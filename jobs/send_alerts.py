"""Works off the outbox: mails by the mail server, webhooks by a call each. Every few seconds in every worker.

No transaction is open while anything is sent: a message is claimed in one, sent, and marked in another.
"""

import smtplib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage

import structlog
from sqlalchemy.orm import Session

from accessibility.ledger.alerts import outbox, queries, webhook_body, wording
from accessibility.ledger.alerts.letter import letter
from accessibility.ledger.alerts.models import Message, Webhook
from accessibility.ledger.alerts.rules import REMINDER
from accessibility.ledger.platforms.models import Platform
from core import clock, i18n, mail, secrets
from core.database import Database
from core.errors import Unavailable
from core.people import access
from core.people.models import Person
from core.people.rules import READ
from core.settings import settings
from jobs import action_reminders, works_reminders
from jobs.planned_run import describe
from jobs.webhook_call import CallFailed, call
from jobs.worker_id import is_gone

log = structlog.get_logger()


class GiveUp(Exception):
    """This message can never be sent; the text says why."""


@dataclass(frozen=True)
class Call:
    """A webhook's call, ready to go out."""

    address: str
    content: bytes
    headers: dict[str, str]
    allow_private: bool


def send_alerts(database: Database, worker: str, stop: threading.Event) -> int:
    """Send what is due, until nothing is or `stop` is set; how many were sent.

    A mail server or webhook that just failed is left alone until the next time: one try shows that it is away.
    """
    free_lost(database)
    sent, mail_away, webhooks_away = 0, not mail.is_set_up(), set[int]()
    while not stop.is_set():
        message = _take(database, worker, not mail_away, webhooks_away)
        if message is None:
            break
        if _send(database, message, worker):
            sent += 1
        elif message.webhook_id is not None:
            webhooks_away.add(message.webhook_id)
        else:
            mail_away = True
    return sent


def _take(database: Database, worker: str, by_mail: bool, webhooks_away: set[int]) -> Message | None:
    with database.read() as session:  # mostly there is nothing: no need to queue for a write
        if not outbox.anything_due(session):
            return None
    with database.write() as session:
        return outbox.take_next(session, worker, mail=by_mail, except_webhooks=webhooks_away)


def _send(database: Database, message: Message, worker: str) -> bool:
    """Send one claimed message and mark it. False when its way seems closed for now."""
    try:
        with database.read() as session:
            ready = _prepared(session, message)
        if isinstance(ready, EmailMessage):
            mail.send(ready)
        else:
            call(ready.address, ready.content, ready.headers, allow_private=ready.allow_private)
    except (GiveUp, mail.Refused) as refusal:
        log.warning("a message was given up", message=message.id, error=str(refusal))
        _mark_failed(database, message, worker, str(refusal), for_good=True)
        return True  # the way is open: the next may well arrive
    except (OSError, smtplib.SMTPException, CallFailed, Unavailable) as error:
        text = str(error) if isinstance(error, CallFailed | Unavailable) else describe(error)
        log.warning("a message could not be sent", message=message.id, error=text)
        _mark_failed(database, message, worker, text)
        return False
    except Exception as error:  # a fault of ours in one message must not hold up the others
        log.exception("a message could not be made", message=message.id)
        _mark_failed(database, message, worker, describe(error))
        return True
    with database.write() as session:
        if not outbox.mark_sent(session, message.id, worker):
            log.warning("a message was sent after its claim had ended", message=message.id)
    return True


def _mark_failed(database: Database, message: Message, worker: str, error: str, *, for_good: bool = False) -> None:
    with database.write() as session:
        outbox.mark_failed(session, message.id, worker, error, for_good=for_good)


def _prepared(session: Session, message: Message) -> EmailMessage | Call:
    told = queries.occasions_of(session, message.id)
    if message.person_id is None:
        webhook = session.get_one(Webhook, message.webhook_id)
        platform = session.get_one(Platform, webhook.platform_id)
        content = webhook_body.body(message, platform, [occasion for occasion, _platform in told])
        secret = secrets.decrypt(webhook.secret).decode()
        headers = webhook_body.headers(message.uid, clock.now(), content, secret)
        return Call(webhook.address, content, headers, webhook.allow_private)
    person = session.get_one(Person, message.person_id)
    if not person.active:
        raise GiveUp("the person has no access any more")
    if message.kind == REMINDER:
        return _reminder(session, message, person)
    readable = access.of_person(person)
    may_be_told = [(one, platform) for one, platform in told if readable.may(READ, platform.slug)]
    if told and not may_be_told:
        raise GiveUp("the person may no longer see this platform")
    with i18n.using(person.language or settings().language):
        notices = [wording.notice(one.kind, one.facts, platform.slug, platform.name) for one, platform in may_be_told]
        return _letter(message, person, notices)


def _reminder(session: Session, message: Message, person: Person) -> EmailMessage:
    tellers = [one for one in (works_reminders, action_reminders) if one.may_be_told(person)]
    if not tellers:
        raise GiveUp("the person may no longer see what they are reminded of")
    with i18n.using(person.language or settings().language):
        notices = [notice for one in tellers for notice in one.notices(session, message.uid)]
        if not notices:
            raise GiveUp("nothing of it is to be done any more")
        return _letter(message, person, notices)


def _letter(message: Message, person: Person, notices: Sequence[wording.Notice]) -> EmailMessage:
    try:
        return letter(message.uid, message.kind, person.name, person.email, notices)
    except (ValueError, IndexError, MessageError) as error:
        raise GiveUp(f"no mail can be addressed to this person: {describe(error)}") from error


def free_lost(database: Database) -> None:
    """Let messages be tried anew whose worker died or fell silent while it sent them."""
    with database.read() as session:
        lost = [one for one in outbox.in_flight(session) if _is_lost(one)]
    for message in lost:
        log.warning("the worker of a message was lost", message=message.id)
        with database.write() as session:
            outbox.mark_lost(session, message.id, message.worker)


def _is_lost(message: Message) -> bool:
    return is_gone(message.worker) or message.claimed_until is None or message.claimed_until < clock.now()
