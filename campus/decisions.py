"""What waits for somebody: counts, blocks near cut-off, conflicts, closures, requests, milestones, months, actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from campus.closures import reading
from campus.counts import queries as counts
from campus.counts.queries import CountLine
from campus.counts.rules import OPEN, Standing
from campus.feedback.cases import queries as guest_cases
from campus.feedback.cases.queries import Line as CaseLine
from campus.improvement.reminders import queries as improvement
from campus.known import known
from campus.months import queries as months
from campus.months.rules import month_of, nights_of
from campus.night_sql import DaysBetween, Earliest, Latest
from campus.nights import Nights
from campus.occupancy import availability
from campus.occupancy.models import Block, BlockNight, Claim, RoomNight
from campus.occupancy.rules import Status
from campus.places.models import Pavilion, Room, RoomPeriod, RoomType
from campus.reimbursements import queries as reimbursements
from campus.renovation import queries as works
from campus.renovation.reminders import queries as reminders
from campus.renovation.reminders.queries import Told
from campus.requests import queries as requests
from campus.requests.queries import Line
from campus.requests.rules import is_overdue

LOOK_BACK = timedelta(days=70)  # counts older than that stand in their month alone
CUT_OFF_SOON = timedelta(days=7)
AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NearCutOff:
    """A block that soon gives back what it has not picked up; in room-nights."""

    number: int
    name: str
    cut_off: date
    contracted: int
    picked: int

    @property
    def rest(self) -> int:
        """What goes back on sale."""
        return max(0, self.contracted - self.picked)


@dataclass(frozen=True, slots=True)
class LostRoom:
    """A claim some of whose nights to come its room is no room."""

    number: int
    kind: str
    room: str
    first: date
    until: date


@dataclass(frozen=True, slots=True)
class Overpromised:
    """The first night in which more rooms of a type are taken and held than there are."""

    type_name: str
    night: date
    rooms: int


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A year that is over, of which somebody would pay back cents that nobody claimed."""

    slug: str
    name: str
    payer: str
    year: int
    cents: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything that waits. Counts by night; `last_night` is a list of its own, as long as nobody may be late."""

    last_night: Sequence[CountLine]
    differing: Sequence[Sequence[CountLine]]
    missing: Sequence[Sequence[CountLine]]
    closable: Sequence[date]
    near_cut_off: Sequence[NearCutOff]
    lost_rooms: Sequence[LostRoom]
    overpromised: Sequence[Overpromised]
    closures: Sequence[reading.Standing]
    overdue_requests: Sequence[Line]
    new_requests: Sequence[Line]
    works: Sequence[Told]
    unclaimed: Sequence[Unclaimed]
    actions: Sequence[improvement.Told]
    cases: Sequence[CaseLine] = ()

    def __len__(self) -> int:
        counted = (self.differing, self.missing, self.closable)
        booked = (self.near_cut_off, self.lost_rooms, self.overpromised, self.closures)
        asked = (self.overdue_requests, self.new_requests, self.works, self.unclaimed, self.actions, self.cases)
        return sum(map(len, (*counted, *booked, *asked)))


def decisions(session: Session, on: date, *, with_cases: bool = False) -> Decisions:
    """What waits on this day; cases of guests only for who looks after feedback."""
    yesterday = on - timedelta(days=1)
    closed = months.last_closed(session)
    first = counts.first_night(session) or yesterday
    since = max(month_of(on - LOOK_BACK), nights_of(closed).until if closed else month_of(first))
    lines = counts.lines(session, Nights(min(since, yesterday), on))
    earlier = [line for line in lines if first <= line.night < yesterday]
    asked = requests.pressing(session, on)
    plan = works.plan(session)
    late = [line for line in asked if is_overdue(line.request.state, line.request.due, on)]
    return Decisions(
        last_night=[line for line in lines if line.night == yesterday],
        differing=_by_night(line for line in lines if line.standing is Standing.DIFFERS),
        missing=_by_night(line for line in earlier if line.standing is Standing.MISSING),
        closable=_closable(lines, on, closed),
        near_cut_off=near_cut_off(session, on),
        lost_rooms=lost_rooms(session, on),
        overpromised=overpromised(session, on),
        closures=[one for one in reading.standings(session, plan) if not one.matches],
        overdue_requests=late,
        new_requests=[line for line in asked if line not in late],
        works=reminders.standing(session, on, plan),
        unclaimed=unclaimed(session, on),
        actions=improvement.standing(session, on),
        cases=guest_cases.pressing(session, on) if with_cases else (),
    )


def near_cut_off(session: Session, on: date) -> list[NearCutOff]:
    """Blocks with a cut-off within a week, the next one first."""
    picked = (
        sa.select(sa.func.count())
        .select_from(RoomNight)
        .join(Claim, Claim.id == RoomNight.claim_id)
        .where(Claim.block == Block.number)
        .scalar_subquery()
    )
    found = session.execute(
        sa.select(Block.number, Block.name, Block.cut_off, sa.func.sum(BlockNight.rooms), picked)
        .join(BlockNight, BlockNight.block_id == Block.id)
        .where(known(Block, None), Block.status == Status.BOOKED.value)
        .where(Block.cut_off > on, Block.cut_off <= on + CUT_OFF_SOON)
        .group_by(Block.id)
        .order_by(Block.cut_off, Block.number)
    )
    every = (NearCutOff(number, name, day, int(rooms), taken) for number, name, day, rooms, taken in found)
    return [block for block in every if block.rest]


def unclaimed(session: Session, on: date) -> list[Unclaimed]:
    """Years that are over with expenses to claim, the first one first."""
    found = [
        Unclaimed(line.agreement.slug, line.terms.name, line.terms.payer, one.year, one.claimable)
        for line in reimbursements.lines(session)
        for one in line.open(on)
    ]
    return sorted(found, key=lambda one: (one.year, one.name))


def lost_rooms(session: Session, on: date) -> list[LostRoom]:
    """Claims that are not over and whose room is no longer one for all of their nights, by arrival."""
    period_until = sa.func.coalesce(RoomPeriod.until, Claim.until)
    covered = DaysBetween(Latest(Claim.first, RoomPeriod.first), Earliest(Claim.until, period_until))
    meets = sa.and_(RoomPeriod.first < Claim.until, period_until > Claim.first)
    whole = aliased(RoomPeriod)  # nearly always one period holds all of the nights: the rest alone is summed up
    in_one = sa.exists().where(
        *(whole.room_id == Claim.room_id, whole.superseded_at.is_(None), whole.first <= Claim.first),
        sa.or_(whole.until.is_(None), whole.until >= Claim.until),
    )
    found = session.execute(
        sa.select(Claim.number, Claim.kind, Pavilion.name, Room.number, Claim.first, Claim.until)
        .join(Room, Room.id == Claim.room_id)
        .join(Pavilion, Pavilion.id == Room.pavilion_id)
        .outerjoin(RoomPeriod, sa.and_(RoomPeriod.room_id == Claim.room_id, known(RoomPeriod, None), meets))
        .where(known(Claim, None), Claim.status == Status.BOOKED.value, Claim.until > on, ~in_one)
        .group_by(Claim.id, Pavilion.name, Room.number)
        .having(sa.func.coalesce(sa.func.sum(covered), 0) < DaysBetween(Claim.first, Claim.until))
        .order_by(Claim.first, Claim.number)
    )
    return [LostRoom(number, kind, f"{name} {room}", first, until) for number, kind, name, room, first, until in found]


def overpromised(session: Session, on: date) -> list[Overpromised]:
    """Room types of which too much is taken or held in the coming month, by night."""
    names = {one.id: one.name for one in session.scalars(sa.select(RoomType))}
    free = availability.free_rooms(session, names, Nights(on, on + AHEAD))
    short = sorted((night, type_id) for (type_id, night), rooms in free.items() if rooms < 0)
    firsts: dict[int, date] = {}
    for night, type_id in short:
        firsts.setdefault(type_id, night)
    return [Overpromised(names[type_id], night, -free[type_id, night]) for type_id, night in firsts.items()]


def _by_night(lines: Iterable[CountLine]) -> list[list[CountLine]]:
    """Grouped, the latest night first."""
    nights: dict[date, list[CountLine]] = {}
    for line in lines:
        nights.setdefault(line.night, []).append(line)
    return [nights[night] for night in sorted(nights, reverse=True)]


def _closable(lines: Iterable[CountLine], on: date, closed: date | None) -> list[date]:
    """Months after the last closed one that are over and have nothing open, of those that the lines hold wholly."""
    waiting: dict[date, bool] = {}
    for line in lines:
        month = month_of(line.night)
        waiting[month] = waiting.get(month, False) or line.standing in OPEN
    over = (month for month in waiting if nights_of(month).until <= on and (closed is None or month > closed))
    return [month for month in over if not waiting[month]]
