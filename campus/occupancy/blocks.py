"""Every change of blocks: a group holds rooms of a type, night by night, before it is known which ones.

A block can only hold what is free, and a room that is picked from it passes from held to sold in the transaction of its
claim. From the cut-off on what was not picked is released, by date alone: no job has to run for it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known, supersede
from campus.months import adjustments
from campus.nights import Nights
from campus.occupancy import availability
from campus.occupancy.availability import TypeNight
from campus.occupancy.models import Block, BlockNight
from campus.occupancy.rules import MOST_CENTS, Status
from campus.places import queries as places
from core import clock, trail
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import format_date, ngettext, today
from core.i18n import gettext as _

MOST_ROOMS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedBlock:
    """What a block is for. `expected_wash` is a share, 0 to 1; the rate is in cents a night."""

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
    return _write(session, number, wanted, contracted, actor, "block.hold", "")


def change(
    session: Session, number: int, wanted: WantedBlock, contracted: Mapping[TypeNight, int], actor: str, reason: str
) -> Block:
    """Hold other rooms, or more, or fewer, in place of the ones before."""
    before = current(session, number)
    if before.status != Status.BOOKED:
        raise Conflict(_("This block was cancelled."))
    supersede(session, before)
    return _write(session, number, wanted, contracted, actor, "block.change", reason)


def cancel(session: Session, number: int, actor: str, reason: str) -> Block:
    """Give back what was not picked up. Rooms that were picked stay sold."""
    before = current(session, number)
    if before.status != Status.BOOKED:
        raise Conflict(_("This block was cancelled."))
    contracted = contracted_rooms(session, before)
    supersede(session, before)
    after = _store(session, before.number, _wanted(before), contracted, actor, reason, Status.CANCELLED)
    trail.record(session, actor, "block.cancel", "block", number, after={"reason": reason})
    return after


def current(session: Session, number: int) -> Block:
    """The block as it is now. Raises `NotFound`."""
    found = session.scalar(sa.select(Block).where(Block.number == number, known(Block, None)))
    if found is None:
        raise NotFound(_("There is no such block."))
    return found


def contracted_rooms(session: Session, block: Block) -> dict[TypeNight, int]:
    """(room type, night) → rooms that this version of the block contracts."""
    found = session.scalars(sa.select(BlockNight).where(BlockNight.block_id == block.id))
    return {(one.type_id, one.night): one.rooms for one in found}


def _write(
    session: Session,
    number: int,
    wanted: WantedBlock,
    contracted: Mapping[TypeNight, int],
    actor: str,
    action: str,
    reason: str,
) -> Block:
    _check(wanted, contracted)
    _refuse_more_than_is_free(session, number, wanted, contracted)
    block = _store(session, number, wanted, contracted, actor, reason, Status.BOOKED)
    after: dict[str, Any] = asdict(wanted) | {
        "cut_off": wanted.cut_off.isoformat(),
        "room_nights": sum(contracted.values()),
    }
    trail.record(session, actor, action, "block", number, after=after | {"reason": reason})
    return block


def _check(wanted: WantedBlock, contracted: Mapping[TypeNight, int]) -> None:
    if not wanted.name.strip() or len(wanted.name) > 200:
        raise InvalidInput(_("must be 1 to 200 characters"), place="name")
    if not 0 <= wanted.expected_wash <= 1:
        raise InvalidInput(_("must be a share from 0 to 1"), place="expected_wash")
    if not 0 <= wanted.rate_cents <= MOST_CENTS:
        raise InvalidInput(_("must be 0 to 10,000 a night"), place="rate")
    if not any(contracted.values()) or any(not 0 <= rooms <= MOST_ROOMS for rooms in contracted.values()):
        raise InvalidInput(_("must be 1 to %(most)s a night", most=MOST_ROOMS), place="rooms")


def _refuse_more_than_is_free(
    session: Session, number: int, wanted: WantedBlock, contracted: Mapping[TypeNight, int]
) -> None:
    """What this block has picked up already is its own."""
    if wanted.cut_off <= today():
        raise InvalidInput(_("must lie in the future: from then on nothing is held"), place="cut_off")
    nights = _span(contracted)
    free = availability.free_rooms(session, [type_id for type_id, _night in contracted], nights)
    picked = availability.picked_rooms(session, nights)
    for (type_id, night), rooms in sorted(contracted.items(), key=lambda one: (one[0][1], one[0][0])):
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


def _span(contracted: Mapping[TypeNight, int]) -> Nights:
    every = [night for _type, night in contracted]
    return Nights.checked(min(every), date.fromordinal(max(every).toordinal() + 1), "nights")


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
