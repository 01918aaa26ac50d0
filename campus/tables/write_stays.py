"""Stays of a file into the books, all at once: as single bookings write them, in a few statements."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.months import adjustments
from campus.months import queries as months
from campus.months.rules import month_of
from campus.nights import EARLIEST, LATEST, Nights
from campus.occupancy import queries
from campus.occupancy.actions import TOLD, VERSIONED
from campus.occupancy.models import Claim, GuestName, RoomNight
from campus.occupancy.rules import Kind, Status, takes_nights
from campus.tables.bulk import Told, chunks, insert, supersede_all
from campus.tables.models import StayReference
from campus.tables.rules import Line
from core import clock
from core.settings import settings

Written = dict[str, list[int]]
CLAIM_ONLY = {"reference", "names"}  # what is changed beside the claim


def write(session: Session, lines: list[Line], actor: str) -> Written:
    """Write what the lines add and change. They must have been planned in this transaction."""
    versions = [line for line in lines if line.target is None or set(line.before) - CLAIM_ONLY]
    changed = [line.values["id"] for line in versions if line.target is not None]
    _number(session, [line for line in lines if line.target is None])
    for part in chunks(changed):
        session.execute(sa.delete(RoomNight).where(RoomNight.claim_id.in_(part)))
    supersede_all(session, Claim, changed)
    ids = insert(session, Claim, [_version(line, actor) for line in versions])
    _take_nights(session, versions, ids)
    _adjust(session, versions, ids)
    _tell(session, versions, actor)
    _refer(session, lines)
    _name(session, lines)
    return {"claims": ids, "stays": [line.values["number"] for line in lines if line.target is None]}


def _number(session: Session, lines: list[Line]) -> None:
    for number, line in enumerate(lines, queries.next_number(session)):
        line.values["number"] = line.values["booking"] = number


def _version(line: Line, actor: str) -> dict[str, Any]:
    written = {"recorded_at": clock.now(), "recorded_by": actor, "superseded_at": None}
    return {name: line.values[name] for name in VERSIONED} | written | {"reason": line.values["reason"]}


def _take_nights(session: Session, lines: list[Line], ids: list[int]) -> None:
    rows = [
        {"room_id": line.values["room_id"], "night": night, "claim_id": claim_id}
        for line, claim_id in zip(lines, ids, strict=True)
        if takes_nights(Kind.STAY, Status(line.values["status"]))
        for night in Nights(line.values["first"], line.values["until"])
    ]
    if rows:
        session.execute(sa.insert(RoomNight), rows)


def _adjust(session: Session, lines: list[Line], ids: list[int]) -> None:
    """Note what is changed in closed months, which is little: whole claims are loaded for those lines alone."""
    closed = set(months.closed(session, Nights(EARLIEST, LATEST)))
    for line, claim_id in zip(lines, ids, strict=True):
        spans = [Nights(one["first"], one["until"]) for one in (line.was, line.values) if one]
        if any(month_of(part.first) in closed for span in spans for part in span.months()):
            before = session.get(Claim, line.values["id"]) if line.target is not None else None
            adjustments.note_claim(session, before, session.get_one(Claim, claim_id))


def _tell(session: Session, lines: list[Line], actor: str) -> None:
    made, changed = (Told(session, actor, action, "claim") for action in ("claim.make", "claim.change"))
    for line in lines:
        after = {name: line.values[name] for name in TOLD}
        before = {name: line.was[name] for name in TOLD if name in line.was}
        (made if line.target is None else changed).add(line.values["number"], before or None, after)
    made.write()
    changed.write()


def _refer(session: Session, lines: list[Line]) -> None:
    said = {line.values["reference"]: line.values["number"] for line in lines if line.values.get("reference")}
    known: set[str] = set()
    for part in chunks(said):
        known.update(session.scalars(sa.select(StayReference.reference).where(StayReference.reference.in_(part))))
    rows = [{"reference": one, "claim_number": number} for one, number in said.items() if one not in known]
    if rows:
        session.execute(sa.insert(StayReference), rows)


def _name(session: Session, lines: list[Line]) -> None:
    """The names of guests, where the file has them: they are kept apart, for some days after the departure."""
    keep = timedelta(days=settings().guest_name_days)
    named = {line.values["booking"]: line for line in lines if line.values.get("names")}
    for part in chunks(named):
        session.execute(sa.delete(GuestName).where(GuestName.booking.in_(part)))
    rows = [
        {"booking": booking, "names": line.values["names"], "delete_after": line.values["until"] + keep}
        for booking, line in named.items()
    ]
    if rows:
        session.execute(sa.insert(GuestName), rows)
