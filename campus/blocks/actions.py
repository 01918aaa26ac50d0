"""Every change of blocks: a group holds rooms of a type, night by night, before it is known which ones.

A block can only hold what is free, and a room that is picked from it passes from held to sold in the transaction of its
claim. From the cut-off on what was not picked is released, by date alone: no job has to run for it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.blocks import rules
from campus.blocks.queries import contracted_rooms
from campus.known import supersede
from campus.months import adjustments
from campus.occupancy import availability
from campus.occupancy.models import Block, BlockNight
from campus.occupancy.queries import current_block
from campus.occupancy.rules import Status, TypeNight
from campus.places import queries as places
from campus.places.models import Event, Party, Segment
from core import clock, trail
from core.errors import Conflict, InvalidInput
from core.i18n import format_date, ngettext, today
from core.i18n import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedBlock:
    """What a block is for. The rate is in cents a night.

    `expected_wash` is the share, 0 to 1, of what is not picked up yet that is expected never to be.
    """

    name: str
    party_id: int
    segment_id: int
    cut_off: date
    event_id: int | None = None
    expected_wash: float = 0.0
    rate_cents: int = 0


def hold(session: Session, wanted: WantedBlock, contracted: Mapping[TypeNight, int], actor: str) -> Block:
    """Hold rooms. Raises `Conflict` naming the first night on which too few are free: then nothing is held."""
    number = (session.scalar(sa.select(sa.func.max(Block.number))) or 0) + 1
    _check(session, wanted, contracted)
    _check_future(wanted)
    _refuse_more_than_is_free(session, number, contracted, {})
    block = _store(session, number, wanted, contracted, actor, "", Status.BOOKED)
    trail.record(session, actor, "block.hold", "block", number, after=_told(wanted, contracted))
    return block


def change(
    session: Session, number: int, wanted: WantedBlock, contracted: Mapping[TypeNight, int], actor: str, reason: str
) -> Block:
    """Hold other rooms, or more, or fewer, in place of the ones before. What was picked up stays picked up.

    Raises `Conflict` for more than is free, for fewer than are picked up, and for other rooms after the cut-off: a
    later cut-off holds them again.
    """
    before = _not_cancelled(session, number)
    rooms_before = contracted_rooms(session, before)
    _check(session, wanted, contracted)
    _refuse_fewer_than_picked(session, number, contracted, rooms_before)
    supersede(session, before)
    if before.cut_off > today() or wanted.cut_off != before.cut_off:
        _check_future(wanted)
        _refuse_more_than_is_free(session, number, contracted, rooms_before)
    elif dict(contracted) != rooms_before:
        raise Conflict(_("The rooms of this block are released. Choose a later cut-off to change them."))
    block = _store(session, number, wanted, contracted, actor, reason, Status.BOOKED)
    told = _told(_wanted(before), rooms_before), _told(wanted, contracted) | {"reason": reason}
    trail.record(session, actor, "block.change", "block", number, before=told[0], after=told[1])
    return block


def extend(session: Session, number: int, cut_off: date, actor: str, reason: str) -> Block:
    """Move the cut-off. Rooms that were released are held again; raises `Conflict` where others have them by now."""
    before = current_block(session, number)
    wanted = replace(_wanted(before), cut_off=cut_off)
    return change(session, number, wanted, contracted_rooms(session, before), actor, reason)


def cancel(session: Session, number: int, actor: str, reason: str) -> Block:
    """Give back what was not picked up. Rooms that were picked stay sold."""
    before = _not_cancelled(session, number)
    contracted = contracted_rooms(session, before)
    supersede(session, before)
    after = _store(session, before.number, _wanted(before), contracted, actor, reason, Status.CANCELLED)
    told = _told(_wanted(before), contracted)
    trail.record(session, actor, "block.cancel", "block", number, before=told, after={"reason": reason})
    return after


def _not_cancelled(session: Session, number: int) -> Block:
    found = current_block(session, number)
    if found.status != Status.BOOKED:
        raise Conflict(_("This block was cancelled."))
    return found


def _check(session: Session, wanted: WantedBlock, contracted: Mapping[TypeNight, int]) -> None:
    rules.check_terms(wanted.name, wanted.expected_wash, wanted.rate_cents)
    rules.check_rooms(contracted)
    rules.check_cut_off(wanted.cut_off, rules.span(contracted).first)
    for place, table, given in (
        ("party", Party, wanted.party_id),
        ("segment", Segment, wanted.segment_id),
        ("event", Event, wanted.event_id),
    ):
        if given is not None and session.get(table, given) is None:
            raise InvalidInput(_("is not there"), place=place)


def _check_future(wanted: WantedBlock) -> None:
    if wanted.cut_off <= today():
        raise InvalidInput(_("must lie in the future: from then on nothing is held"), place="cut_off")


def _refuse_fewer_than_picked(
    session: Session, number: int, contracted: Mapping[TypeNight, int], before: Mapping[TypeNight, int]
) -> None:
    """Rooms beyond the contract may be picked where they are free; but nobody contracts away what is picked up."""
    picked = availability.picked_rooms(session, None, [number])
    for (_number, type_id, night), rooms in sorted(picked.items(), key=lambda one: one[0][2]):
        wanted = contracted.get((type_id, night), 0)
        if wanted < rooms and wanted < before.get((type_id, night), 0):
            raise Conflict(
                ngettext(
                    "%(n)s room of type “%(type)s” is picked up already in the night of %(night)s: contract as many, "
                    "or drop its stay first.",
                    "%(n)s rooms of type “%(type)s” are picked up already in the night of %(night)s: contract as many, "
                    "or drop some of their stays first.",
                    rooms,
                    type=places.type_name(session, type_id),
                    night=format_date(night),
                )
            )


def _refuse_more_than_is_free(
    session: Session, number: int, contracted: Mapping[TypeNight, int], before: Mapping[TypeNight, int]
) -> None:
    """What this block has picked up already is its own; what it contracted for nights that are past is history."""
    nights = rules.span(contracted)
    free = availability.free_rooms(session, [type_id for type_id, _night in contracted], nights)
    picked = availability.picked_rooms(session, nights, [number])
    for (type_id, night), rooms in sorted(contracted.items(), key=lambda one: (one[0][1], one[0][0])):
        if not rooms or (night < today() and rooms <= before.get((type_id, night), 0)):
            continue
        needed = rooms - picked.get((number, type_id, night), 0)
        left = max(0, free[type_id, night])
        if needed > left:
            raise Conflict(
                ngettext(
                    "Only %(n)s room of type “%(type)s” is free in the night of %(night)s.",
                    "Only %(n)s rooms of type “%(type)s” are free in the night of %(night)s.",
                    left,
                    type=places.type_name(session, type_id),
                    night=format_date(night),
                )
            )


def _store(
    session: Session,
    number: int,
    wanted: WantedBlock,
    contracted: Mapping[TypeNight, int],
    actor: str,
    reason: str,
    status: Status,
) -> Block:
    values = asdict(wanted) | {"number": number, "status": status.value}
    block = Block(**values, recorded_at=clock.now(), recorded_by=actor, reason=reason)
    session.add(block)
    session.flush()
    rows = [
        {"block_id": block.id, "type_id": type_id, "night": night, "rooms": rooms}
        for (type_id, night), rooms in contracted.items()
        if rooms
    ]
    session.execute(sa.insert(BlockNight), rows)
    adjustments.note_block(session, block)
    return block


def _wanted(block: Block) -> WantedBlock:
    return WantedBlock(**{name: getattr(block, name) for name in WantedBlock.__dataclass_fields__})


def _told(wanted: WantedBlock, contracted: Mapping[TypeNight, int]) -> dict[str, Any]:
    """A version as plain JSON for the trail."""
    return asdict(wanted) | {"cut_off": wanted.cut_off.isoformat(), "room_nights": sum(contracted.values())}
