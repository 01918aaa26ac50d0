"""Every SELECT on invitations. None tells which guest has which code: no row knows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.invitations.models import Invitation, InvitationAddress, InvitationBatch, RecentGuest
from campus.feedback.invitations.rules import Dates, State, state_of
from campus.feedback.questionnaires.models import Questionnaire
from campus.places.models import Event, Pavilion, Segment
from core.errors import NotFound
from core.i18n import gettext as _
from core.i18n import today

MOST_OUT = 500  # digests asked for at once


@dataclass(frozen=True, slots=True)
class Line:
    """A batch, what it is of, and how many of its guests still wait for their mail."""

    batch: InvitationBatch
    questionnaire: Questionnaire
    pavilion: Pavilion | None
    event: Event | None
    segment: Segment | None
    waiting: int

    @property
    def state(self) -> State:
        """How far it is today."""
        one = self.batch
        dates = Dates(one.left_on, one.send_from, one.closes)
        return state_of(dates, today(), stopped=one.stopped_at is not None, waiting=self.waiting, sent=one.codes > 0)


def lines(session: Session, *, offset: int = 0, limit: int = 50) -> tuple[list[Line], int]:
    """The batches, the newest first; and how many there are."""
    total = session.scalar(sa.select(sa.func.count()).select_from(InvitationBatch)) or 0
    rows = session.execute(_lines().order_by(InvitationBatch.id.desc()).offset(offset).limit(limit))
    return [Line(*row) for row in rows], total


def line(session: Session, batch_id: int) -> Line:
    """One batch. Raises `NotFound`."""
    row = session.execute(_lines().where(InvitationBatch.id == batch_id)).one_or_none()
    if row is None:
        raise NotFound(_("There are no such invitations."))
    return Line(*row)


def batch(session: Session, batch_id: int) -> InvitationBatch:
    """One batch. Raises `NotFound`."""
    return line(session, batch_id).batch


def waiting_languages(session: Session, batch_id: int) -> dict[str, int]:
    """Language → how many of the guests who wait will be written to in it."""
    counted = sa.select(InvitationAddress.language, sa.func.count()).where(InvitationAddress.batch_id == batch_id)
    found = session.execute(counted.group_by(InvitationAddress.language).order_by(InvitationAddress.language))
    return {row[0]: row[1] for row in found}


def next_tries(session: Session, batch_id: int) -> tuple[int, datetime | None]:
    """How many mails failed and wait for another try, and when the first of them is tried."""
    failed = sa.and_(InvitationAddress.batch_id == batch_id, InvitationAddress.next_at.is_not(None))
    row = session.execute(sa.select(sa.func.count(), sa.func.min(InvitationAddress.next_at)).where(failed)).one()
    return int(row[0]), row[1]


def emails(session: Session, batch_id: int) -> set[str]:
    """The addresses that wait."""
    return set(session.scalars(sa.select(InvitationAddress.email).where(InvitationAddress.batch_id == batch_id)))


def recent(session: Session, digests: Collection[str], on: date) -> set[str]:
    """Those of the keyed hashes whose guests are left alone that day."""
    wanted, found = sorted(digests), set[str]()
    for start in range(0, len(wanted), MOST_OUT):
        some = RecentGuest.digest.in_(wanted[start : start + MOST_OUT])
        found |= set(session.scalars(sa.select(RecentGuest.digest).where(some, RecentGuest.until >= on)))
    return found


def anything_to_send(session: Session, on: date, now: datetime) -> bool:
    """Whether a mail waits whose time has come."""
    return session.scalar(due(on, now).limit(1)) is not None


def due(on: date, now: datetime) -> sa.Select[InvitationAddress]:
    """The addresses that a mail may go to now, in their random order."""
    ready = sa.or_(InvitationAddress.next_at.is_(None), InvitationAddress.next_at <= now)
    return (
        sa.select(InvitationAddress)
        .join(InvitationBatch, InvitationBatch.id == InvitationAddress.batch_id)
        .where(InvitationBatch.stopped_at.is_(None), InvitationBatch.closed_on.is_(None))
        .where(InvitationBatch.send_from <= on, InvitationBatch.closes >= on)
        .where(InvitationAddress.worker == "", ready)
        .order_by(InvitationAddress.id)
    )


def in_flight(session: Session) -> list[InvitationAddress]:
    """Addresses that a worker writes to just now."""
    return list(session.scalars(sa.select(InvitationAddress).where(InvitationAddress.worker != "")))


def to_close(session: Session, on: date) -> list[int]:
    """The batches whose last day is over and that were not closed yet."""
    over = sa.and_(InvitationBatch.closes < on, InvitationBatch.closed_on.is_(None))
    return list(session.scalars(sa.select(InvitationBatch.id).where(over).order_by(InvitationBatch.id)))


def codes_left(session: Session, batch_id: int) -> int:
    """How many codes of a batch nobody has used."""
    left = sa.select(sa.func.count()).select_from(Invitation).where(Invitation.batch_id == batch_id)
    return session.scalar(left) or 0


def _lines() -> sa.Select[InvitationBatch, Questionnaire, Pavilion, Event, Segment, int]:
    waiting = (
        sa.select(sa.func.count())
        .select_from(InvitationAddress)
        .where(InvitationAddress.batch_id == InvitationBatch.id)
        .scalar_subquery()
    )
    return (
        sa.select(InvitationBatch, Questionnaire, Pavilion, Event, Segment, waiting)
        .join(Questionnaire, Questionnaire.id == InvitationBatch.questionnaire_id)
        .outerjoin(Pavilion, Pavilion.id == InvitationBatch.pavilion_id)
        .outerjoin(Event, Event.id == InvitationBatch.event_id)
        .outerjoin(Segment, Segment.id == InvitationBatch.segment_id)
    )
