"""The outbox: messages are put in with what they tell of, claimed by one worker each, and marked as sent.

What it promises: every message is sent at least once, and by one worker at a time. It can arrive twice only when a
worker or the line dies between the recipient's yes and our mark; its `uid` is then the same. A message whose worker is
lost `MOST_LOST` times is given up, so that this has an end.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.alerts import queries, rules
from accessibility.ledger.alerts.models import Message, MessageItem, Occasion
from accessibility.ledger.alerts.rules import ALERT, DIGEST, GIVEN_UP, SENDING, SENT, TEST, WAITING, Pace
from accessibility.ledger.claim import claim_first
from core import clock, trail
from core.errors import Conflict
from core.i18n import gettext as _
from core.i18n import zone

CLAIM = timedelta(minutes=5)  # far longer than a try can take
ERROR_LENGTH = 1000


def tell_person(session: Session, occasion: Occasion, person_id: int, pace: Pace) -> None:
    """Put the occasion into the person's next mail: the one of this moment, or the next digest.

    A mail that was tried once is closed: what happens later goes into another one.
    """
    kind = DIGEST if pace is Pace.DAILY else ALERT
    message = untried(session, kind, person_id)
    if message is None:
        message = put(session, kind, person_id=person_id, due_at=_due(session, person_id, pace))
    session.add(MessageItem(message_id=message.id, occasion_id=occasion.id, person_id=person_id))
    session.flush()


def untried(session: Session, kind: str, person_id: int) -> Message | None:
    """A person's mail of this kind that waits and was never tried, so that more can go into it."""
    waiting = sa.select(Message).where(
        Message.person_id == person_id, Message.kind == kind, Message.state == WAITING, Message.tries == 0
    )
    return session.scalar(waiting.order_by(Message.id).limit(1))


def _due(session: Session, person_id: int, pace: Pace) -> datetime:
    if pace is Pace.AT_ONCE:
        return clock.now()
    hour, chosen = queries.digest_time(session, person_id)
    return rules.next_digest(clock.now(), hour, chosen or zone().key)


def tell_webhook(session: Session, occasion: Occasion, webhook_id: int) -> None:
    """A call of the webhook for this occasion alone."""
    message = put(session, ALERT, webhook_id=webhook_id)
    session.add(MessageItem(message_id=message.id, occasion_id=occasion.id, webhook_id=webhook_id))
    session.flush()


def put(
    session: Session,
    kind: str,
    *,
    person_id: int | None = None,
    webhook_id: int | None = None,
    due_at: datetime | None = None,
) -> Message:
    """A message to be sent when it is due, by default now."""
    now = clock.now()
    message = Message(
        uid=secrets.token_hex(16),
        kind=kind,
        person_id=person_id,
        webhook_id=webhook_id,
        created_at=now,
        due_at=due_at or now,
        next_at=due_at or now,
    )
    session.add(message)
    session.flush()
    return message


def put_test(session: Session, actor: str, *, person_id: int | None = None, webhook_id: int | None = None) -> Message:
    """A message that says nothing but that the way to its recipient works."""
    message = put(session, TEST, person_id=person_id, webhook_id=webhook_id)
    trail.record(session, actor, "alert.test", "alert", message.id, after={"webhook": webhook_id, "person": person_id})
    return message


def digest_due(session: Session, person_id: int) -> datetime:
    """When the next digest of a person is due."""
    return _due(session, person_id, Pace.DAILY)


def move_digest(session: Session, person_id: int) -> None:
    """A digest that waits follows the hour that its person chose."""
    waiting = sa.select(Message).where(
        Message.person_id == person_id, Message.kind == DIGEST, Message.state == WAITING, Message.tries == 0
    )
    for message in session.scalars(waiting):
        message.due_at = message.next_at = _due(session, person_id, Pace.DAILY)


def anything_due(session: Session) -> bool:
    """Whether a message waits whose time has come."""
    due = sa.select(Message.id).where(Message.state == WAITING, Message.next_at <= clock.now())
    return session.scalar(due.limit(1)) is not None


def take_next(session: Session, worker: str, *, mail: bool, except_webhooks: Collection[int] = ()) -> Message | None:
    """Claim the message that waits longest, of those that may be tried now; None when there is none."""
    now = clock.now()
    reachable = sa.or_(
        sa.and_(Message.person_id.is_not(None), sa.true() if mail else sa.false()),
        sa.and_(Message.webhook_id.is_not(None), Message.webhook_id.not_in(list(except_webhooks))),
    )
    return claim_first(
        session,
        Message,
        sa.and_(Message.state == WAITING, Message.next_at <= now, reachable),
        Message.next_at,
        state=SENDING,
        worker=worker,
        claimed_until=now + CLAIM,
        tries=Message.tries + 1,
    )


def in_flight(session: Session) -> list[Message]:
    """Messages that a worker has claimed and said nothing of yet."""
    return list(session.scalars(sa.select(Message).where(Message.state == SENDING).order_by(Message.id)))


def mark_sent(session: Session, message_id: int, worker: str) -> bool:
    """The recipient has it. False when the message is no longer this worker's."""
    return _end_try(session, message_id, worker, state=SENT, ended_at=clock.now(), error="")


def mark_failed(session: Session, message_id: int, worker: str, error: str, *, for_good: bool = False) -> bool:
    """The try failed: another one follows after a pause, or, `for_good` or after a week, none. False as above."""
    message = session.get(Message, message_id)
    if message is None:  # its webhook was removed meanwhile
        return False
    now, text = clock.now(), error.replace("\x00", "")[:ERROR_LENGTH]
    if for_good or rules.is_hopeless(message.due_at, now):
        ended = _end_try(session, message_id, worker, state=GIVEN_UP, ended_at=now, error=text)
        if ended:
            _note_given_up(session, message_id)
        return ended
    return _end_try(session, message_id, worker, state=WAITING, next_at=now + rules.pause(message.tries), error=text)


def mark_lost(session: Session, message_id: int, worker: str) -> bool:
    """The worker that claimed it is gone, and perhaps sent it: try at once, but not for ever. False as above."""
    message = session.get(Message, message_id)
    if message is None:
        return False
    lost, error = message.lost + 1, "the worker was lost while it sent this; it may have arrived"
    if lost < rules.MOST_LOST:
        return _end_try(session, message_id, worker, state=WAITING, next_at=clock.now(), lost=lost, error=error)
    ended = _end_try(session, message_id, worker, state=GIVEN_UP, ended_at=clock.now(), lost=lost, error=error)
    if ended:
        _note_given_up(session, message_id)
    return ended


def send_again(session: Session, actor: str, message_id: int) -> Message:
    """Try a message anew that was given up or that waits. Raises `Conflict` for any other."""
    message = queries.message(session, message_id)
    if message.state not in (GIVEN_UP, WAITING):
        raise Conflict(_("Only a message that was given up or that waits can be sent again."))
    now = clock.now()
    message.state, message.ended_at = WAITING, None
    message.due_at = message.next_at = now  # `tries` stays: what was tried once stays as it is
    message.lost = 0
    session.flush()
    trail.record(session, actor, "alert.again", "alert", message.id)
    return message


def forget(session: Session, before: datetime) -> int:
    """Delete messages that ended before this moment, and occasions that no message tells of. How many messages."""
    ended = Message.state.in_((SENT, GIVEN_UP))
    gone = sa.delete(Message).where(ended, Message.ended_at < before).returning(Message.id)
    deleted = len(session.execute(gone).all())
    told = sa.select(MessageItem.id).where(MessageItem.occasion_id == Occasion.id)
    session.execute(sa.delete(Occasion).where(Occasion.at < before, ~told.exists()))
    return deleted


def _end_try(session: Session, message_id: int, worker: str, **values: object) -> bool:
    ours = sa.update(Message).where(Message.id == message_id, Message.state == SENDING, Message.worker == worker)
    ended = session.execute(ours.values(worker="", claimed_until=None, **values).returning(Message.id))
    return ended.first() is not None


def _note_given_up(session: Session, message_id: int) -> None:
    trail.record(session, "clock", "alert.give_up", "alert", message_id)
