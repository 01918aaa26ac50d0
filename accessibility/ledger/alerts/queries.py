"""Every SELECT on alerts, but those by which the outbox is worked off."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accessibility.ledger.alerts import rules
from accessibility.ledger.alerts.models import (
    Choice,
    DigestTime,
    Message,
    MessageItem,
    Occasion,
    OverdueNotice,
    Webhook,
)
from accessibility.ledger.alerts.rules import KINDS, Pace
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets.models import Ticket
from accessibility.ledger.tickets.rules import WAITING
from core.errors import NotFound
from core.i18n import gettext as _
from core.people import access
from core.people.models import Person
from core.people.rules import READ


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person is told of a platform; `chosen` or by default."""

    pace: Pace
    kinds: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class OutboxState:
    """What the outbox holds. `oldest`: since when the longest waiting message should be out."""

    waiting: int
    given_up: int
    oldest: datetime | None
    last_sent: datetime | None


def wish(session: Session, person: Person, platform: Platform) -> Wish:
    """How this person is told of this platform."""
    return _wish(choice(session, person.id, platform.id), person, platform)


def choice(session: Session, person_id: int, platform_id: int) -> Choice | None:
    """What a person chose for a platform, if anything."""
    return session.scalar(sa.select(Choice).where(Choice.person_id == person_id, Choice.platform_id == platform_id))


def wishes(session: Session, person: Person, platforms: Sequence[Platform]) -> dict[int, Wish]:
    """Platform's id to how this person is told of it."""
    made = {one.platform_id: one for one in session.scalars(sa.select(Choice).where(Choice.person_id == person.id))}
    return {platform.id: _wish(made.get(platform.id), person, platform) for platform in platforms}


def readers(session: Session, platform: Platform, kind: str) -> list[tuple[Person, Pace]]:
    """Whom to tell of such an occasion at this platform: active people who may read it, in order of their number."""
    made = {one.person_id: one for one in session.scalars(sa.select(Choice).where(Choice.platform_id == platform.id))}
    found: list[tuple[Person, Pace]] = []
    for person in session.scalars(sa.select(Person).where(Person.active).order_by(Person.id)):
        if not access.of_person(person).may(READ, platform.slug):
            continue
        wanted = _wish(made.get(person.id), person, platform)
        if wanted.pace is not Pace.NEVER and kind in wanted.kinds:
            found.append((person, wanted.pace))
    return found


def _wish(choice: Choice | None, person: Person, platform: Platform) -> Wish:
    if choice is not None:
        return Wish(Pace(choice.pace), tuple(choice.kinds), chosen=True)
    owner = str(platform.settings.get("owner", "")).strip().lower()
    return Wish(
        rules.default_pace(access.roles_on(person, platform.slug), owner=owner == person.email), KINDS, chosen=False
    )


def digest_time(session: Session, person_id: int) -> tuple[int, str]:
    """Hour and time zone of a person's digest; "" is the campus's zone."""
    found = session.get(DigestTime, person_id)
    return (found.hour, found.zone) if found else (rules.DIGEST_HOUR, "")


def webhooks(session: Session, platform_id: int) -> list[Webhook]:
    """The webhooks of a platform, by name."""
    query = sa.select(Webhook).where(Webhook.platform_id == platform_id)
    return list(session.scalars(query.order_by(Webhook.name, Webhook.id)))


def webhook(session: Session, platform_id: int, webhook_id: int) -> Webhook:
    """One webhook of this platform. Raises `NotFound`."""
    found = session.get(Webhook, webhook_id)
    if found is None or found.platform_id != platform_id:
        raise NotFound(_("There is no such webhook."))
    return found


def latest_calls(session: Session, webhook_ids: Collection[int]) -> dict[int, Message]:
    """Webhook's id to its last message that was tried or still waits."""
    last = sa.select(sa.func.max(Message.id)).where(Message.webhook_id.in_(webhook_ids)).group_by(Message.webhook_id)
    return {one.webhook_id or 0: one for one in session.scalars(sa.select(Message).where(Message.id.in_(last)))}


def message(session: Session, message_id: int) -> Message:
    """The message of this number. Raises `NotFound`."""
    found = session.get(Message, message_id)
    if found is None:
        raise NotFound(_("There is no such message."))
    return found


def occasions_of(session: Session, message_id: int) -> list[tuple[Occasion, Platform]]:
    """What a message tells of, the most urgent kind first, each with its platform."""
    query = (
        sa.select(Occasion, Platform)
        .join(MessageItem, MessageItem.occasion_id == Occasion.id)
        .join(Platform, Platform.id == Occasion.platform_id)
        .where(MessageItem.message_id == message_id)
        .order_by(Occasion.id)
    )
    found = [(occasion, platform) for occasion, platform in session.execute(query)]
    return sorted(found, key=lambda one: KINDS.index(one[0].kind))


def outbox_state(session: Session, now: datetime) -> OutboxState:
    """How the outbox stands. Digests whose hour has not come do not wait yet."""
    late = sa.and_(Message.state.in_((rules.WAITING, rules.SENDING)), Message.due_at <= now)
    row = session.execute(
        sa.select(
            sa.func.count().filter(late),
            sa.func.count().filter(Message.state == rules.GIVEN_UP),
            sa.func.min(Message.due_at).filter(late),
            sa.func.max(Message.ended_at).filter(Message.state == rules.SENT),
        )
    ).one()
    return OutboxState(*row)


def messages(session: Session, state: str, *, offset: int, limit: int) -> tuple[list[tuple[Message, str, str]], int]:
    """Messages of a state ("" for all), the newest first, each with recipient and address; and how many in all."""
    wanted = Message.state == state if state else sa.true()
    total = session.scalar(sa.select(sa.func.count()).select_from(Message).where(wanted)) or 0
    query = (
        sa.select(
            Message,
            sa.func.coalesce(Person.name, Webhook.name),
            sa.func.coalesce(Person.email, Platform.name),
        )
        .outerjoin(Person, Person.id == Message.person_id)
        .outerjoin(Webhook, Webhook.id == Message.webhook_id)
        .outerjoin(Platform, Platform.id == Webhook.platform_id)
        .where(wanted)
        .order_by(Message.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [(one, name, address) for one, name, address in session.execute(query)], total


def kinds_of(session: Session, message_ids: Collection[int]) -> dict[int, list[str]]:
    """Message's id to the kinds of what it tells of, the most urgent first."""
    query = (
        sa.select(MessageItem.message_id, Occasion.kind)
        .join(Occasion, Occasion.id == MessageItem.occasion_id)
        .where(MessageItem.message_id.in_(message_ids))
        .distinct()
    )
    found: dict[int, list[str]] = defaultdict(list)
    for message_id, kind in session.execute(query):
        found[message_id].append(kind)
    return {one: sorted(kinds, key=KINDS.index) for one, kinds in found.items()}


def newly_overdue(session: Session, today: date) -> list[Ticket]:
    """Unfinished tickets of active platforms whose due date has passed and that nobody was told of."""
    known = sa.select(OverdueNotice.ticket_id).where(
        OverdueNotice.ticket_id == Ticket.id, OverdueNotice.due == Ticket.due
    )
    query = (
        sa.select(Ticket)
        .join(Platform, Platform.id == Ticket.platform_id)
        .where(
            Platform.active, Ticket.state.in_([state.value for state in WAITING]), Ticket.due < today, ~known.exists()
        )
        .order_by(Ticket.platform_id, Ticket.impact_rank, Ticket.due, Ticket.id)
    )
    return list(session.scalars(query))


def new_critical(session: Session, platform_id: int, number: int) -> list[Ticket]:
    """Critical tickets that audit `number` opened or saw come back."""
    query = sa.select(Ticket).where(
        Ticket.platform_id == platform_id,
        Ticket.impact_rank == 0,
        sa.or_(Ticket.opened_in == number, Ticket.reopened_in == number),
    )
    return list(session.scalars(query.order_by(Ticket.id)))
