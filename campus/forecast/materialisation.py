"""What groups make of the rooms they contract: the share that is picked up, by weeks before the group comes.

Wash = 1 − picked up ÷ contracted. Everything is counted in room-nights, from the versions that the books keep, so no
snapshot is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import known
from campus.night_sql import DaysBetween
from campus.nights import Nights
from campus.occupancy.models import Block, BlockNight, Claim
from campus.occupancy.rules import Kind, Status
from core.i18n import zone

WEEKS = 30  # before the group comes


class Before(StrEnum):
    """What the weeks are counted back from."""

    ARRIVAL = "arrival"
    CUT_OFF = "cut-off"


@dataclass(slots=True)
class Group:
    """A block whose nights are over. `picked[w]` are its room-nights picked up w weeks before its `day`.

    `weeks_known` is how many weeks before that day it was contracted.
    """

    number: int
    party_id: int
    segment_id: int
    day: date
    contracted: int
    expected_wash: float
    weeks_known: int
    final: int = 0
    picked: list[int] = field(default_factory=lambda: [0] * (WEEKS + 1))


@dataclass(frozen=True, slots=True)
class Week:
    """Some groups, `before` weeks before they come. Shares of what they contracted, None without any.

    `groups` are those that were contracted by then; `low` and `high` enclose four of five of them. `of_final` is the
    share of what they picked up in the end.
    """

    before: int
    groups: int
    share: float | None
    of_final: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Materialisation:
    """Room-nights of some groups: contracted, picked up in the end, and how it came to that."""

    groups: int
    contracted: int
    final: int
    expected_wash: float | None  # by contracted room-nights
    weeks: Sequence[Week]

    @property
    def wash(self) -> float | None:
        """The share that was never picked up."""
        return 1 - self.final / self.contracted if self.contracted else None


def groups(session: Session, arrivals: Nights, today: date, before: Before = Before.ARRIVAL) -> list[Group]:
    """The groups that came in a period and have left by `today`, each with how its rooms were picked up.

    What a block contracts is what it contracted last. Blocks that were cancelled as a whole are left out.
    """
    first = sa.func.min(BlockNight.night)
    contracted = sa.func.sum(BlockNight.rooms)
    columns = (Block.number, Block.party_id, Block.segment_id, Block.cut_off, Block.expected_wash)
    found = session.execute(
        sa.select(*columns, first, contracted)
        .join(BlockNight, BlockNight.block_id == Block.id)
        .where(known(Block, None), Block.status == Status.BOOKED.value, BlockNight.rooms > 0)
        .group_by(*columns)
        .having(first >= arrivals.first, first < arrivals.until, sa.func.max(BlockNight.night) < today)
        .order_by(first, Block.number)
    ).all()
    made = _first_recorded(session, [row.number for row in found])
    every = {}
    for number, party, segment, cut_off, wash, night, rooms in found:
        day = night if before is Before.ARRIVAL else cut_off
        weeks = (day - _day(made[number])).days // 7
        every[number] = Group(number, party, segment, day, int(rooms), wash, weeks)
    _pick(session, every)
    return list(every.values())


def materialisation(some: Sequence[Group]) -> Materialisation:
    """Add groups up. Pure."""
    contracted = sum(one.contracted for one in some)
    wash = sum(one.expected_wash * one.contracted for one in some) / contracted if contracted else None
    weeks = [_week(some, before) for before in range(WEEKS, -1, -1)]
    return Materialisation(len(some), contracted, sum(one.final for one in some), wash, weeks)


def by(some: Sequence[Group], name: str) -> Mapping[int, Materialisation]:
    """Each `segment_id` or `party_id` with its groups added up."""
    keys = sorted({getattr(one, name) for one in some})
    return {key: materialisation([one for one in some if getattr(one, name) == key]) for key in keys}


def _week(some: Sequence[Group], before: int) -> Week:
    there = [one for one in some if one.weeks_known >= before]
    contracted, picked = sum(one.contracted for one in there), sum(one.picked[before] for one in there)
    if not contracted:
        return Week(before, 0, None, None, None, None)
    final = sum(one.final for one in there)
    low, high = np.quantile([one.picked[before] / one.contracted for one in there], [0.1, 0.9])
    return Week(before, len(there), picked / contracted, picked / final if final else None, float(low), float(high))


def _first_recorded(session: Session, numbers: Sequence[int]) -> dict[int, datetime]:
    found = session.execute(sa.select(Block.number, sa.func.min(Block.recorded_at)).group_by(Block.number))
    wanted = set(numbers)
    return {number: recorded for number, recorded in found if number in wanted}


def _pick(session: Session, every: Mapping[int, Group]) -> None:
    """Add each version of each stay to the weeks on whose evening it was believed."""
    nights = DaysBetween(Claim.first, Claim.until)
    stays = sa.and_(Claim.kind == Kind.STAY.value, Claim.status == Status.BOOKED.value, Claim.block.is_not(None))
    columns = (Claim.block, Claim.recorded_at, Claim.superseded_at, nights)
    for block, recorded, superseded, number in session.execute(sa.select(*columns).where(stays)):
        group = every.get(block or 0)
        if group is None:
            continue
        group.final += number if superseded is None else 0
        longest = (group.day - _day(recorded)).days // 7
        shortest = 0 if superseded is None else (group.day - _day(superseded)).days // 7 + 1
        for week in range(max(0, shortest), min(WEEKS, longest) + 1):
            group.picked[week] += number


def _day(moment: datetime) -> date:
    return moment.astimezone(zone()).date()
