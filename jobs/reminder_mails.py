"""How reminders that were made today go out: one mail for each person, at the hour of their digests."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Protocol

from sqlalchemy.orm import Session

from accessibility.ledger.alerts import outbox
from accessibility.ledger.alerts.models import Message
from accessibility.ledger.alerts.rules import REMINDER
from campus.renovation.reminders.queries import by_mail
from core import mail
from core.people.models import Person


class Reminder(Protocol):
    """A row that was made; `uid` becomes that of the mail that tells of it."""

    person_id: int | None
    uid: str


def put_mails(
    session: Session,
    made: Sequence[Reminder],
    may_be_told: Callable[[Person], bool],
    message_of: Callable[[Session, int], Message],
) -> int:
    """Put a mail into the outbox for each person who owns some of them, may be told and wants mails; how many."""
    owned = sorted((one for one in made if one.person_id is not None), key=_owner)
    mails = 0
    for person_id, some in groupby(owned, key=_owner):
        person = session.get_one(Person, person_id)
        if not (mail.is_set_up() and may_be_told(person) and by_mail(session, person_id)):
            continue
        message = message_of(session, person_id)
        for one in some:
            one.uid = message.uid
        session.flush()
        mails += 1
    return mails


def new_message(session: Session, person_id: int) -> Message:
    """A mail of its own."""
    return outbox.put(session, REMINDER, person_id=person_id, due_at=outbox.digest_due(session, person_id))


def message_of_the_day(session: Session, person_id: int) -> Message:
    """The mail of reminders that waits for the person already, or else a new one."""
    return outbox.untried(session, REMINDER, person_id) or new_message(session, person_id)


def _owner(one: Reminder) -> int:
    return one.person_id or 0
