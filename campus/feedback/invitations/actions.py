"""Every change that staff make to invitations. The trail names batches and numbers, never an address."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.invitations import queries, rules
from campus.feedback.invitations.models import InvitationAddress, InvitationBatch
from campus.feedback.invitations.recent import digest
from campus.feedback.invitations.rules import Guest
from campus.feedback.questionnaires import queries as questionnaires
from campus.places import queries as places
from campus.places.models import Event, Pavilion, Segment
from campus.places.queries import Named
from campus.places.rules import checked_name
from core import clock, trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import format_number, today
from core.i18n import gettext as _

SUBJECT = "invitation_batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A batch to be made, by short names; empty ones for none. `left_on` may be left out where there is an event."""

    name: str
    questionnaire: str
    pavilion: str = ""
    event: str = ""
    segment: str = ""
    left_on: date | None = None
    send_from: date | None = None
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a list of addresses; `left_out` are the lines whose guests were invited of late."""

    added: int
    left_out: list[int]


def make(session: Session, wanted: Wanted, actor: str) -> InvitationBatch:
    """Make a batch without addresses. Raises `InvalidInput` naming the field, `NotFound` for an unknown short name."""
    made = InvitationBatch(**_checked(session, wanted))
    session.add(made)
    session.flush()
    trail.record(session, actor, "invitations.make", SUBJECT, made.id, after=_told(made))
    return made


def current(session: Session, batch_id: int, version: int) -> InvitationBatch:
    """The batch, which must still be in the version that somebody saw. Raises `Conflict` or `NotFound`."""
    found = queries.batch(session, batch_id)
    if found.version != version:
        raise Conflict(_("Somebody changed it meanwhile. Look at what it is now, then do it again."))
    return found


def change(session: Session, batch: InvitationBatch, wanted: Wanted, actor: str) -> None:
    """Plan it otherwise. Raises `Conflict` once a mail was sent: what guests were told then stays as it is."""
    if batch.codes or batch.invited:
        raise Conflict(_("Mails of these invitations are sent already: they cannot be changed any more."))
    _check_open(batch)
    before = _told(batch)
    for name, value in _checked(session, wanted).items():
        setattr(batch, name, value)
    session.flush()
    trail.record(session, actor, "invitations.change", SUBJECT, batch.id, before=before, after=_told(batch))


def add_addresses(session: Session, batch: InvitationBatch, guests: list[Guest], actor: str) -> Added:
    """Add guests to be invited: all of them, or none.

    Guests who were invited of late are left out. Raises `InvalidInput` naming the lines of those who wait already, and
    `Conflict` for a batch that is over.
    """
    _check_open(batch)
    there = queries.emails(session, batch.id)
    if len(there) + len(guests) > rules.MOST_ADDRESSES:
        raise InvalidInput(
            _("A list may hold at most %(n)s addresses.", n=format_number(rules.MOST_ADDRESSES)), place="addresses"
        )
    if again := [str(one.line) for one in guests if one.email in there]:
        lines = ", ".join(again[: rules.MOST_NAMED])
        raise InvalidInput(
            _("Addresses that wait already stand in these lines: %(lines)s", lines=lines), place="addresses"
        )
    digests = {one.email: digest(one.email) for one in guests}
    recent = queries.recent(session, set(digests.values()), today())
    new = [one for one in guests if digests[one.email] not in recent]
    session.add_all(InvitationAddress(batch_id=batch.id, email=one.email, language=one.language) for one in new)
    session.flush()
    left_out = [one.line for one in guests if digests[one.email] in recent]
    told = {"added": len(new), "left_out": len(left_out)}
    trail.record(session, actor, "invitations.add", SUBJECT, batch.id, after=told)
    return Added(len(new), left_out)


def clear(session: Session, batch: InvitationBatch, actor: str) -> int:
    """Delete the addresses that wait, such as those of a wrong list; how many."""
    _check_open(batch)
    deleted = _delete_waiting(session, batch.id)
    trail.record(session, actor, "invitations.clear", SUBJECT, batch.id, after={"deleted": deleted})
    return deleted


def stop(session: Session, batch: InvitationBatch, actor: str) -> int:
    """Send no further mail, and delete the addresses that wait; how many. Who has a mail may answer until the end."""
    _check_open(batch)
    batch.stopped_at = clock.now()
    deleted = _delete_waiting(session, batch.id)
    session.flush()
    trail.record(session, actor, "invitations.stop", SUBJECT, batch.id, after={"deleted": deleted})
    return deleted


def _delete_waiting(session: Session, batch_id: int) -> int:
    """But those whose mail a worker is handing over at this moment."""
    waiting = sa.and_(InvitationAddress.batch_id == batch_id, InvitationAddress.worker == "")
    return len(session.execute(sa.delete(InvitationAddress).where(waiting).returning(InvitationAddress.id)).all())


def _check_open(batch: InvitationBatch) -> None:
    if batch.stopped_at is not None:
        raise Conflict(_("These invitations were stopped."))
    if batch.closed_on is not None or batch.closes < today():
        raise Conflict(_("These invitations are closed."))


def _checked(session: Session, wanted: Wanted) -> dict[str, object]:
    """The columns of a batch."""
    questionnaire = questionnaires.asked_for(session, wanted.questionnaire)
    if questionnaires.published(session, questionnaire.id) is None:
        raise InvalidInput(_("has no version that is published"), place="questionnaire")
    event = _asked_for(session, Event, wanted.event, "event")
    pavilion = _asked_for(session, Pavilion, wanted.pavilion, "pavilion")
    segment = _asked_for(session, Segment, wanted.segment, "segment")
    left_on = wanted.left_on
    if event is not None:
        ends = event.until - timedelta(days=1)
        left_on = left_on or ends
        if left_on < ends:
            raise InvalidInput(_("must not be before the event's last day"), place="left_on")
    if left_on is None:
        raise InvalidInput(_("is needed where no event is chosen"), place="left_on")
    dates = rules.checked_dates(left_on, wanted.send_from, wanted.closes)
    if dates.closes < today():
        raise InvalidInput(_("must not be in the past"), place="closes")
    return {
        "name": checked_name(wanted.name),
        "questionnaire_id": questionnaire.id,
        "pavilion_id": pavilion.id if pavilion else None,
        "event_id": event.id if event else None,
        "segment_id": segment.id if segment else None,
        **asdict(dates),
    }


def _asked_for(session: Session, table: type[Named], slug: str, place: str) -> Named | None:
    """What a form or a body names; None for nothing. Raises `InvalidInput` where it is not there."""
    try:
        return places.by_slug(session, table, slug) if slug else None
    except NotFound as error:
        raise InvalidInput(str(error), place=place) from None


def _told(batch: InvitationBatch) -> dict[str, object]:
    dates = ("left_on", "send_from", "closes")
    plain = ("name", "questionnaire_id", "pavilion_id", "event_id", "segment_id")
    return {name: getattr(batch, name) for name in plain} | {name: getattr(batch, name).isoformat() for name in dates}
