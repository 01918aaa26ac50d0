"""Invents meeting rooms and offices with their occupants, and what of the events takes place online.

None of it is published: every number and every name here is invented, and the same for the same seed.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from campus.places.models import Event, Space, SpaceUse
from campus.sample import plan

ACTOR = "command"
THERE_SINCE = date(2015, 1, 1)
SPACES = (("Sample meeting room", "meeting room", 3, (12, 20, 35, 60, 120)), ("Sample office", "office", 5, (2, 4, 8)))
ONLINE_SHARE = {"courses": 0.3, "academies": 0.1, "conferences": 0.6, "dialogue": 0.4}
"""How likely an event of a segment is to have participants online too."""
WEBINARS = (("courses", "Sample online course", 3, 250), ("conferences", "Sample online conference", 2, 900))
"""Segment, name, days, most participants online: one each a quarter, with hardly anybody on site."""


@dataclass(frozen=True, slots=True)
class UseVersion:
    """What was believed of an occupancy from `known` on, until the next version of it is known."""

    known: date
    party: str
    first: date
    until: date | None


@dataclass(frozen=True, slots=True)
class SampleSpace:
    """A space of a pavilion, and its occupancies, each with its versions."""

    pavilion: str
    name: str
    kind: str
    capacity: int
    uses: tuple[tuple[UseVersion, ...], ...]


def spaces(seed: int, today: date) -> Iterator[SampleSpace]:
    """Meeting rooms and offices of every pavilion with classrooms or offices. Pure."""
    chance = random.Random(seed + 2)  # noqa: S311 - sample data must be the same each time
    for pavilion in plan.PAVILIONS:
        if not {"classrooms", "offices"} & set(pavilion.uses):
            continue
        for name, kind, rooms, capacities in SPACES:
            for number in range(1, rooms + 1):
                uses = _uses(chance, kind, today)
                yield SampleSpace(pavilion.name, f"{name} {number}", kind, chance.choice(capacities), tuple(uses))


def online(chance: random.Random, segment: str, on_site: int) -> int:
    """Participants online of an event with so many on site."""
    return round(on_site * chance.uniform(0.3, 3)) if chance.random() < ONLINE_SHARE.get(segment, 0) else 0


def write_spaces(
    session: Session, seed: int, today: date, pavilions: Mapping[str, int], parties: Mapping[str, int]
) -> int:
    """Write every space with the versions of its occupants that are known by today; how many there are."""
    found = list(spaces(seed, today))
    for one in found:
        space = Space(
            pavilion_id=pavilions[one.pavilion],
            name=one.name,
            kind=one.kind,
            capacity=one.capacity,
            first=THERE_SINCE,
            until=None,
        )
        session.add(space)
        session.flush()
        for versions in one.uses:
            _write_use(session, space.id, [version for version in versions if version.known <= today], parties)
    return len(found)


def write_webinars(
    session: Session, seed: int, today: date, segments: Mapping[str, int], parties: Mapping[str, int]
) -> int:
    """Write the events that take place online, as far ahead as groups are on the books; how many there are."""
    chance, number = random.Random(seed + 3), 0  # noqa: S311
    day = plan.START
    while day < today + timedelta(days=plan.AHEAD_DAYS):
        for segment, name, days, most in WEBINARS:
            first = day + timedelta(days=chance.randint(0, 80))
            number += 1
            session.add(
                Event(
                    slug=f"sample-online-{number}",
                    name=f"{name} of {first:%d %b %Y}",
                    segment_id=segments[segment],
                    party_id=parties[chance.choice(plan.PARTIES)[0]],
                    first=first,
                    until=first + timedelta(days=days),
                    on_site=chance.randint(0, 6),
                    online=chance.randint(most // 5, most),
                )
            )
        day += timedelta(days=91)
    session.flush()
    return number


def _uses(chance: random.Random, kind: str, today: date) -> Iterator[tuple[UseVersion, ...]]:
    """One occupancy after the other: years for an office, weeks and gaps for a meeting room."""
    day = plan.START + timedelta(days=chance.randint(0, 200))
    while day < today + timedelta(days=180):
        party = chance.choice(plan.PARTIES)[0]
        known = day - timedelta(days=chance.randint(20, 90))
        if kind == "office":
            until = day + timedelta(days=30 * chance.randint(8, 30))
            if chance.random() < 0.4:  # it was let without an end, which became known later
                told = until - timedelta(days=chance.randint(100, 160))  # before whoever comes next is known
                yield UseVersion(known, party, day, None), UseVersion(told, party, day, until)
            else:
                yield (UseVersion(known, party, day, until),)
            day = until + timedelta(days=chance.choice((0, 31, 92)))
        else:
            until = day + timedelta(days=chance.randint(5, 40))
            yield (UseVersion(known, party, day, until),)
            day = until + timedelta(days=chance.randint(20, 150))


def _write_use(session: Session, space_id: int, known: list[UseVersion], parties: Mapping[str, int]) -> None:
    for version, following in zip(known, [*known[1:], None], strict=False):
        session.add(
            SpaceUse(
                space_id=space_id,
                party_id=parties[version.party],
                first=version.first,
                until=version.until,
                recorded_at=_morning(version.known),
                recorded_by=ACTOR,
                superseded_at=_morning(following.known) if following else None,
                reason="sample",
            )
        )


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)
