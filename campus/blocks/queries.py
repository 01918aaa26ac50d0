"""Every SELECT on blocks."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.blocks import rules
from campus.blocks.rules import Figures, State
from campus.known import end_of, known
from campus.nights import Nights
from campus.occupancy.availability import picked_rooms
from campus.occupancy.models import Block, BlockNight, Claim
from campus.occupancy.queries import current_block
from campus.occupancy.rules import Kind, Status, TypeNight
from campus.places.models import Party, Segment
from campus.places.queries import types_by_room
from core.i18n import today, zone


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A block as it stands today, with its contract and what is picked up, by room type and night."""

    block: Block
    party: str
    segment: str
    nights: Nights
    contracted: Mapping[TypeNight, int]
    picked: Mapping[TypeNight, int]
    state: State

    @property
    def figures(self) -> Figures:
        """Its room-nights."""
        return rules.figures(self.contracted, self.picked, holds=self.state is State.HELD)

    @property
    def expected(self) -> float:
        """Room-nights that are expected to be picked up in the end."""
        return self.figures.expected(self.block.expected_wash)

    def held(self, key: TypeNight) -> int:
        """Rooms of a type and night that are kept for the block."""
        rest = max(0, self.contracted.get(key, 0) - self.picked.get(key, 0))
        return rest if self.state is State.HELD else 0


class Sort(StrEnum):
    """What a list of blocks is ordered by."""

    ARRIVAL = "arrival"
    CUT_OFF = "cut-off"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a block: held, changed, cancelled by somebody, or released by its cut-off.

    `room_nights` are those contracted from then on; of a release those given back.
    """

    day: date
    at: datetime | None
    what: str
    by: str
    reason: str
    room_nights: int
    cut_off: date


def contracted_rooms(session: Session, block: Block) -> dict[TypeNight, int]:
    """(room type, night) → rooms that this version of the block contracts."""
    return _contracted(session, [block.id])[block.id]


def line(session: Session, number: int) -> BlockLine:
    """One block. Raises `NotFound`."""
    return _lines(session, [current_block(session, number)])[0]


def lines(
    session: Session,
    *,
    states: Collection[State] = tuple(State),
    party_id: int | None = None,
    segment_id: int | None = None,
    cut_off_until: date | None = None,
    sort: Sort = Sort.ARRIVAL,
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[BlockLine], int]:
    """The blocks that all filters let through, and how many there are on all pages."""
    first, last = sa.func.min(BlockNight.night).label("first"), sa.func.max(BlockNight.night).label("last")
    nights = sa.select(BlockNight.block_id, first, last).group_by(BlockNight.block_id).subquery()
    wanted = sa.select(Block).join(nights, nights.c.block_id == Block.id).where(known(Block, None))
    wanted = wanted.where(sa.or_(*(_stands(state, nights.c.last) for state in states)))
    for column, value in ((Block.party_id, party_id), (Block.segment_id, segment_id)):
        if value is not None:
            wanted = wanted.where(column == value)
    if cut_off_until is not None:
        wanted = wanted.where(Block.cut_off <= cut_off_until)
    total = session.scalar(sa.select(sa.func.count()).select_from(wanted.subquery())) or 0
    columns = {Sort.ARRIVAL: nights.c.first, Sort.CUT_OFF: Block.cut_off, Sort.NAME: sa.func.lower(Block.name)}
    order = (columns[sort].desc(), Block.number.desc()) if descending else (columns[sort], Block.number)
    return _lines(session, list(session.scalars(wanted.order_by(*order).offset(offset).limit(limit)))), total


def soon(session: Session) -> list[BlockLine]:
    """The blocks whose cut-off comes within `SOON_DAYS` and that still hold rooms, the nearest cut-off first."""
    until = today() + timedelta(days=rules.SOON_DAYS)
    found, _total = lines(session, states=(State.HELD,), cut_off_until=until, sort=Sort.CUT_OFF, limit=500)
    return [one for one in found if one.figures.held]


def picks(session: Session, number: int) -> list[Claim]:
    """The stays of a block as they are now, those that ended too, by arrival."""
    query = sa.select(Claim).where(Claim.block == number, known(Claim, None)).order_by(Claim.first, Claim.number)
    return list(session.scalars(query))


def history(session: Session, number: int) -> list[Step]:
    """What happened to a block, the newest first. A release is nobody's act: it follows from the date alone."""
    steps: list[Step] = []
    versions = list(session.scalars(sa.select(Block).where(Block.number == number).order_by(Block.id)))
    contracted = _contracted(session, [version.id for version in versions])
    for version in versions:
        what = "cancel" if version.status != Status.BOOKED else "change" if steps else "hold"
        rooms = contracted[version.id]
        steps.append(
            Step(
                day=version.recorded_at.astimezone(zone()).date(),
                at=version.recorded_at,
                what=what,
                by=version.recorded_by,
                reason=version.reason,
                room_nights=sum(rooms.values()),
                cut_off=version.cut_off,
            )
        )
        if (released := _released(session, version, rooms)) is not None:
            steps.append(released)
    return steps[::-1]


def usual_wash(session: Session, segment_id: int, *, blocks: int = 20) -> float | None:
    """The wash of the segment's last blocks that are over, as one share of all they contracted; None without any."""
    ended, _total = lines(session, states=(State.OVER,), segment_id=segment_id, descending=True, limit=blocks)
    sums = [one.figures for one in ended]
    contracted = sum(one.contracted for one in sums)
    return 1 - sum(one.picked for one in sums) / contracted if contracted else None


def _stands(state: State, last: sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """`rules.state_of` in SQL."""
    booked, over = Block.status == Status.BOOKED.value, last < today()
    match state:
        case State.CANCELLED:
            return sa.not_(booked)
        case State.OVER:
            return sa.and_(booked, over)
        case State.RELEASED:
            return sa.and_(booked, sa.not_(over), Block.cut_off <= today())
        case State.HELD:
            return sa.and_(booked, sa.not_(over), Block.cut_off > today())


def _lines(session: Session, blocks: Sequence[Block]) -> list[BlockLine]:
    if not blocks:
        return []
    contracted = _contracted(session, [block.id for block in blocks])
    picked: dict[int, dict[TypeNight, int]] = defaultdict(dict)
    numbers = [block.number for block in blocks]
    for (number, type_id, night), rooms in picked_rooms(session, None, numbers).items():
        picked[number][type_id, night] = rooms
    parties = _names(session, Party, {block.party_id for block in blocks})
    segments = _names(session, Segment, {block.segment_id for block in blocks})
    found = []
    for block in blocks:
        nights = rules.span(contracted[block.id])
        found.append(
            BlockLine(
                block=block,
                party=parties[block.party_id],
                segment=segments[block.segment_id],
                nights=nights,
                contracted=contracted[block.id],
                picked=picked[block.number],
                state=rules.state_of(block.status, block.cut_off, nights.until, today()),
            )
        )
    return found


def _names(session: Session, table: type[Party] | type[Segment], ids: Collection[int]) -> dict[int, str]:
    return {row.id: row.name for row in session.execute(sa.select(table.id, table.name).where(table.id.in_(ids)))}


def _contracted(session: Session, ids: Sequence[int]) -> dict[int, dict[TypeNight, int]]:
    found: dict[int, dict[TypeNight, int]] = {one: {} for one in ids}
    for one in session.scalars(sa.select(BlockNight).where(BlockNight.block_id.in_(ids))):
        found[one.block_id][one.type_id, one.night] = one.rooms
    return found


def _released(session: Session, version: Block, contracted: Mapping[TypeNight, int]) -> Step | None:
    """What the cut-off of this version gave back, if it was still believed when that day began."""
    eve = version.cut_off - timedelta(days=1)
    moment = end_of(eve)
    ended = version.superseded_at is not None and version.superseded_at <= moment
    if version.cut_off > today() or version.status != Status.BOOKED or ended or version.recorded_at >= moment:
        return None
    rest = rules.figures(contracted, _picked_then(session, version.number, moment), holds=True).held
    return Step(version.cut_off, None, "release", "clock", "", rest, version.cut_off)


def _picked_then(session: Session, number: int, at: datetime) -> dict[TypeNight, int]:
    """(room type, night) → rooms of the block that were picked up, as known at an instant."""
    types = types_by_room(session)
    booked = sa.and_(Claim.kind == Kind.STAY.value, Claim.status == Status.BOOKED.value)
    found: dict[TypeNight, int] = defaultdict(int)
    for claim in session.scalars(sa.select(Claim).where(Claim.block == number, known(Claim, at), booked)):
        for type_id, period in types[claim.room_id]:
            for night in Nights(claim.first, claim.until).clipped(period):
                found[type_id, night] += 1
    return found
