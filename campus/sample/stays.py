"""Invents groups and their stays, with the moments at which each became known. Pure: no database, one random source."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from campus.nights import Nights
from campus.sample.plan import AHEAD_DAYS, MONTHS, NIGHTS_A_YEAR, PARTIES, PARTY_KIND, SEGMENTS, START, SampleSegment

Moment = datetime


@dataclass(frozen=True, slots=True)
class StayVersion:
    """What was believed of a stay from `known` on."""

    known: Moment
    until: date
    status: str = "booked"


@dataclass(slots=True)
class SampleStay:
    """A guest's stay in a room, given by its position in the list of rooms."""

    room: int
    first: date
    guests: int
    versions: list[StayVersion]


@dataclass(slots=True)
class SampleGroup:
    """A course or another group: what it contracted, and the stays that came of it."""

    segment: SampleSegment
    party: str
    name: str
    nights: Nights
    known: Moment
    cut_off: date
    contracted: dict[str, int]  # room type → rooms a night
    stays: list[SampleStay] = field(default_factory=list)


class Rooms:
    """Which rooms are free: a room that was once given to a stay is not given to another one in its nights."""

    def __init__(self, types: list[str], closed: list[Nights | None]) -> None:
        self.types = types
        self._taken: list[set[date]] = [set(nights or ()) for nights in closed]

    def close(self, room: int, nights: Nights) -> None:
        """Keep a room out in these nights."""
        self._taken[room].update(nights)

    def take(self, type_name: str, nights: Nights) -> int | None:
        """A free room of the type, or of any other; None when the campus is full."""
        order = sorted(range(len(self.types)), key=lambda room: self.types[room] != type_name)
        for room in order:
            if not any(night in self._taken[room] for night in nights):
                self._taken[room].update(nights)
                return room
        return None


def groups(seed: int, rooms: Rooms, today: date) -> Iterator[SampleGroup]:
    """Groups from `START` on, by arrival, as far into the future as anything is on the books."""
    chance = random.Random(seed)  # noqa: S311 (sample data must be the same each time)
    last = today + timedelta(days=AHEAD_DAYS)
    for week in range((last - START).days // 7 + 1):
        monday = START + timedelta(days=week * 7 - START.weekday())
        for segment in SEGMENTS:
            yield from _groups_of_week(chance, segment, monday, rooms)


def _groups_of_week(chance: random.Random, segment: SampleSegment, monday: date, rooms: Rooms) -> Iterator[SampleGroup]:
    busy = MONTHS[monday.month - 1] / (sum(MONTHS) / 12)
    wanted = NIGHTS_A_YEAR[min(max(monday.year, START.year), max(NIGHTS_A_YEAR))] / 52.2 * segment.share * busy
    usual = segment.guests * sum(segment.nights) / len(segment.nights)
    for _ in range(_rounded(chance, wanted / usual)):
        first = monday + timedelta(days=chance.choice(segment.weekdays))
        nights = Nights(first, first + timedelta(days=chance.choice(segment.nights)))
        if first >= START:
            yield _group(chance, segment, nights, rooms)


def _rounded(chance: random.Random, value: float) -> int:
    """The number of groups whose mean is `value`."""
    return int(value) + (chance.random() < value % 1)


def _group(chance: random.Random, segment: SampleSegment, nights: Nights, rooms: Rooms) -> SampleGroup:
    size = max(4, round(chance.gauss(segment.guests, segment.guests / 4)))
    lead = chance.randint(70, 260)
    known = _at(nights.first - timedelta(days=lead), chance)
    kind = PARTY_KIND.get(segment.slug, "own")
    party = chance.choice([slug for slug, _name, its_kind in PARTIES if its_kind == kind])
    doubles = size // 8
    group = SampleGroup(
        segment,
        party,
        f"Sample {_singular(segment.slug)} of {nights.first.day} {nights.first:%b %Y}",
        nights,
        known,
        nights.first - timedelta(days=21),
        {"single": size - doubles, "double": doubles} if doubles else {"single": size},
    )
    coming = round(size * min(1.0, max(0.5, chance.gauss(0.9, 0.08))))
    for number in range(coming):
        stay = _stay(chance, group, "double" if number < doubles else "single", lead, rooms)
        if stay is not None:
            group.stays.append(stay)
    return group


def _singular(slug: str) -> str:
    """`academies` → `academy`, `special-events` → `special event`."""
    words = slug.replace("-", " ")
    return f"{words.removesuffix('ies')}y" if words.endswith("ies") else words.removesuffix("s")


def _stay(chance: random.Random, group: SampleGroup, type_name: str, lead: int, rooms: Rooms) -> SampleStay | None:
    nights = group.nights
    room = rooms.take(type_name, nights)
    if room is None:
        return None
    days_before = int(lead * chance.betavariate(1.3, 4))
    booked = StayVersion(_at(nights.first - timedelta(days=days_before), chance), nights.until)
    stay = SampleStay(room, nights.first, 2 if type_name == "double" and chance.random() < 0.7 else 1, [booked])
    fate = chance.random()
    if fate < 0.04:
        when = nights.first - timedelta(days=chance.randint(0, max(1, days_before)))
        stay.versions.append(replace(booked, known=max(booked.known, _at(when, chance)), status="cancelled"))
    elif fate < 0.055:
        stay.versions.append(replace(booked, known=_at(nights.first + timedelta(days=1), chance), status="no show"))
    elif fate < 0.09 and len(nights) > 1:
        until = nights.until - timedelta(days=1)
        stay.versions.append(replace(booked, known=_at(nights.first, chance), until=until))
    return stay


def _at(day: date, chance: random.Random) -> Moment:
    """A moment of the working day, in UTC."""
    return datetime.combine(day, time(7 + chance.randrange(10), chance.randrange(60)), UTC)
