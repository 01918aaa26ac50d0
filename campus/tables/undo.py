"""An import taken back, as far as that is honest: only what it added, and only while nobody built on it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.counts.models import DailyCount
from campus.energy.models import DegreeDays, MeterReading
from campus.known import Recorded
from campus.months import queries as months
from campus.months.rules import month_of
from campus.nights import EARLIEST, LATEST, Nights
from campus.occupancy.models import Claim, GuestName, RoomNight
from campus.occupancy.rules import Status
from campus.places.models import RoomPeriod
from campus.running_costs.models import CostEntry
from campus.tables import of_costs, of_readings, write_stays
from campus.tables.bulk import Told, chunks, supersede_all
from campus.tables.models import StayReference, TableImport
from campus.tables.rules import Line, Outcome, State, Table
from campus.tables.stay_books import CLAIM, FIELDS
from core import clock, trail
from core.errors import Conflict
from core.i18n import gettext as _
from core.i18n import ngettext


def why_not(session: Session, found: TableImport) -> str:
    """Why an import cannot be undone; "" when it can."""
    if found.state != State.DONE:
        return _("It was not carried out, or is undone already.")
    if not found.counts.get("add") and not found.counts.get("change"):
        return _("It changed nothing.")
    if changed := found.counts.get("change"):
        return ngettext(
            "It changed %(n)s row that was there before: change that back by hand or by another file.",
            "It changed %(n)s rows that were there before: change those back by hand or by another file.",
            int(changed),
        )
    since = sum(_changed_since(session, table, found.written.get(name, [])) for name, table in VERSIONS.items())
    if since:
        return ngettext("%(n)s of its rows was changed since.", "%(n)s of its rows were changed since.", since)
    if Table(found.kind) is Table.ROOMS and _is_used(session, found.written.get("periods", [])):
        return _("Its rooms are in use.")
    if _is_closed(session, found.written.get("counts", [])):
        return _("A month of its counts is closed by now: correct them one by one, with a reason.")
    if of_readings.are_leaned_on(session, found.written.get("readings", [])):
        return _("Readings that were entered since follow from its readings.")
    return ""


VERSIONS: dict[str, type[Recorded]] = {
    "claims": Claim,
    "counts": DailyCount,
    "periods": RoomPeriod,
    "readings": MeterReading,
    "degree_days": DegreeDays,
    "costs": CostEntry,
}


def undo(session: Session, found: TableImport, actor: str) -> None:
    """Take back what an import added: stays are cancelled, all else withdrawn. `Conflict` says why not."""
    if reason := why_not(session, found):
        raise Conflict(_("This import cannot be undone. %(why)s", why=reason))
    said = _("import %(number)s undone", number=found.id)
    _cancel_stays(session, found.written.get("claims", []), actor, said)
    _withdraw(session, DailyCount, found.written.get("counts", []), actor, "count.withdraw", "count")
    _withdraw(session, RoomPeriod, found.written.get("periods", []), actor, "room.withdraw", "room")
    _withdraw(session, MeterReading, found.written.get("readings", []), actor, "reading.withdraw", "reading")
    _withdraw(session, DegreeDays, found.written.get("degree_days", []), actor, "degree_days.withdraw", "degree_days")
    of_costs.withdraw(session, found.written.get("costs", []), actor, said)
    found.state, found.ended_at, found.ended_by = State.UNDONE.value, clock.now(), actor
    trail.record(session, actor, "import.undo", "import", found.id)


def _changed_since(session: Session, table: type[Any], ids: list[int]) -> int:
    """How many of these versions are no longer what the books believe."""
    return sum(
        session.scalar(
            sa.select(sa.func.count()).select_from(table).where(table.id.in_(part), table.superseded_at.is_not(None))
        )
        or 0
        for part in chunks(ids)
    )


def _is_closed(session: Session, counts: list[int]) -> bool:
    closed = set(months.closed(session, Nights(EARLIEST, LATEST)))
    return bool(closed) and any(
        month_of(night) in closed
        for part in chunks(counts)
        for night in session.scalars(sa.select(DailyCount.night).where(DailyCount.id.in_(part)))
    )


def _is_used(session: Session, periods: list[int]) -> bool:
    for part in chunks(periods):
        until = sa.func.coalesce(RoomPeriod.until, LATEST)
        meets = RoomNight.room_id == RoomPeriod.room_id, RoomNight.night >= RoomPeriod.first, RoomNight.night < until
        if session.scalar(
            sa.select(RoomNight.claim_id).join(RoomPeriod, sa.and_(*meets)).where(RoomPeriod.id.in_(part)).limit(1)
        ):
            return True
    return False


def _cancel_stays(session: Session, ids: list[int], actor: str, reason: str) -> None:
    lines, booked = [], []
    for part in chunks(ids):
        for row in session.execute(CLAIM.where(Claim.id.in_(part))):
            stay = dict(zip(FIELDS, row, strict=True))
            if stay["status"] == Status.BOOKED:
                values = stay | {"status": Status.CANCELLED.value, "reason": reason}
                line = Line(0, Outcome.CHANGE, values, before={"status": stay["status"]}, target=stay["number"])
                line.was = stay
                lines.append(line)
            booked.append(stay["number"])
    for part in chunks(booked):  # a stay that was added here is the first of its booking
        session.execute(sa.delete(StayReference).where(StayReference.claim_number.in_(part)))
        session.execute(sa.delete(GuestName).where(GuestName.booking.in_(part)))
    write_stays.write(session, lines, actor)


def _withdraw(session: Session, table: type[Any], ids: list[int], actor: str, action: str, subject: str) -> None:
    supersede_all(session, table, ids)
    told = Told(session, actor, action, subject)
    for row_id in ids:
        told.add(row_id, None, None)
    told.write()
