"""Writes the sample campus into an empty database, version by version, as it would have become known day by day."""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.nights import Nights
from campus.occupancy.models import Block, BlockNight, Claim, RoomNight
from campus.occupancy.rules import Kind, Status
from campus.places.models import Event, Party, Pavilion, Room, RoomPeriod, RoomType, Segment
from campus.sample import plan
from campus.sample.counts import write_counts
from campus.sample.feedback import write_feedback
from campus.sample.feedback_actions import write_actions
from campus.sample.feedback_cases import write_cases
from campus.sample.feedback_invitations import write_invitations
from campus.sample.spaces import online, write_spaces, write_webinars
from campus.sample.stays import Rooms, SampleGroup, SampleStay, groups
from campus.sample.tight import add_tight_block
from campus.sample.works_closures import write_closures
from campus.sample.works_costs import write_costs
from campus.sample.works_energy import write_energy
from campus.sample.works_funds import write_funds
from campus.sample.works_money import write_money
from campus.sample.works_packages import write_packages
from campus.sample.works_results import add_results
from core import clock, trail
from core.errors import Conflict
from core.i18n import gettext as _
from core.i18n import today

Row = dict[str, Any]
ACTOR = "command"
CHUNK = 5000


def write_sample(session: Session, seed: int = plan.SEED) -> dict[str, int]:
    """Write what would be known by now; how many rooms, groups and stays. `Conflict` where there are places."""
    if session.scalar(sa.select(Pavilion.id).limit(1)) is not None:
        raise Conflict(_("There are pavilions already; sample data goes into an empty database only."))
    books = _Books(session, seed)
    books.places()
    books.spaces(seed)
    books.closures()
    books.faults(random.Random(seed + 1))  # noqa: S311
    stays = 0
    made = list(groups(seed, books.rooms_for_stays(), today()))
    for group in made:
        if group.known <= clock.now():
            books.group(group)
            stays += len(group.stays)
    books.flush()
    books.number_on()
    books.tight_block()
    counts = write_counts(session, seed + 2)
    works = write_packages(session)
    write_closures(session, ACTOR)  # after the works themselves
    write_funds(session, ACTOR)
    write_money(session, ACTOR)  # after the funds that keep it
    write_energy(session, seed)
    write_costs(session, seed + 6)
    answers = write_feedback(session, seed, ACTOR)
    add_results(session)
    write_cases(session, ACTOR)
    write_invitations(session, ACTOR)
    write_actions(session, ACTOR)
    told = {"rooms": len(books.rooms), "groups": len(made), "stays": stays, "counts": counts, "works": works}
    told["responses"] = answers
    trail.record(session, ACTOR, "sample.load", "sample", seed, after=told)
    return told


class _Books:
    """Rows on their way into the database, with the numbers that claims and blocks will have."""

    def __init__(self, session: Session, seed: int) -> None:
        self._session = session
        self._online = random.Random(seed + 4)  # noqa: S311
        self._now = clock.now()
        self._claim_ids, self._claim_numbers = count(1), count(1)
        self._block_ids, self._block_numbers = count(1), count(1)
        self._rows: dict[type[Any], list[Row]] = {Block: [], BlockNight: [], Claim: [], RoomNight: []}
        self.rooms: list[tuple[int, str, str]] = []  # id, pavilion, type
        self._pavilions: dict[str, int] = {}
        self._types: dict[str, int] = {}
        self._parties: dict[str, int] = {}
        self._segments: dict[str, int] = {}
        self._closed: list[Nights | None] = []
        self._faults: list[tuple[int, Nights]] = []

    # places

    def places(self) -> None:
        """Pavilions, room types, rooms, parties, segments."""
        self._types = self._add_all(RoomType, ({"slug": slug, "name": name} for slug, name, _beds in plan.TYPES))
        self._parties = self._add_all(Party, ({"slug": s, "name": n, "kind": kind} for s, n, kind in plan.PARTIES))
        self._segments = self._add_all(
            Segment,
            (
                {"slug": one.slug, "name": one.name, "position": position, "rate_cents": one.rate_cents}
                for position, one in enumerate(plan.SEGMENTS)
            ),
        )
        beds = {slug: number for slug, _name, number in plan.TYPES}
        for one in plan.PAVILIONS:
            slug = one.name.lower().replace(" ", "-")
            pavilion = Pavilion(slug=slug, name=one.name, uses=list(one.uses), area_m2=one.area_m2, invented=True)
            self._session.add(pavilion)
            self._session.flush()
            self._pavilions[one.name] = pavilion.id
            for number in range(one.rooms):
                self._room(pavilion, number, beds)

    def spaces(self, seed: int) -> None:
        """Meeting rooms, offices and who occupies them, and the events that take place online."""
        write_spaces(self._session, seed, today(), self._pavilions, self._parties)
        write_webinars(self._session, seed, today(), self._segments, self._parties)

    def _room(self, pavilion: Pavilion, number: int, beds: dict[str, int]) -> None:
        kind = plan.ROOM_PATTERN[number % len(plan.ROOM_PATTERN)]
        opened = datetime.combine(plan.START - timedelta(days=60), time(9), UTC)
        room = Room(pavilion_id=pavilion.id, number=f"{number // 14 + 1}{number % 14 + 1:02}", created_at=opened)
        self._session.add(room)
        self._session.flush()
        features = ["step-free", "wide door", "roll-in shower", "grab rails"] if kind == "accessible" else []
        self._session.add(
            RoomPeriod(
                room_id=room.id,
                type_id=self._types[kind],
                first=date(2015, 1, 1),
                until=None,
                beds=beds[kind],
                features=features,
                recorded_at=opened,
                recorded_by=ACTOR,
            )
        )
        self.rooms.append((room.id, pavilion.name, kind))

    def _add_all(self, table: type[Any], rows: Iterable[Row]) -> dict[str, int]:
        made = [table(**row) for row in rows]
        self._session.add_all(made)
        self._session.flush()
        return {one.slug: one.id for one in made}

    # what takes rooms

    def closures(self) -> None:
        """The renovation's closures, each version known from its day on, and what the stays must keep out of."""
        self._closed = [None] * len(self.rooms)
        for closure in plan.CLOSURES:
            for position, (room_id, pavilion, _type) in enumerate(self.rooms):
                if pavilion != closure.pavilion:
                    continue
                self._closed[position] = Nights(closure.first, max(until for _known, until in closure.ends))
                values = {"kind": Kind.EXTENDED_CLOSURE, "room_id": room_id, "first": closure.first}
                values |= {"note": closure.reason}
                known = [(_morning(day), {"until": until, "status": Status.BOOKED}) for day, until in closure.ends]
                self._claim(values, known)

    def faults(self, chance: random.Random) -> None:
        """Rooms that are out of order for some days, now and then."""
        kinds = (Kind.OUT_OF_ORDER, Kind.OUT_OF_ORDER, Kind.OUT_OF_SERVICE, Kind.HOUSE_USE)
        for position, (room_id, _pavilion, _type) in enumerate(self.rooms):
            day = plan.START + timedelta(days=chance.randint(0, 300))
            while day < today():
                kind, nights = chance.choice(kinds), Nights(day, day + timedelta(days=chance.randint(2, 18)))
                closed = self._closed[position]
                if closed is None or not len(nights.clipped(closed)):
                    self._faults.append((position, nights))
                    known = [(_morning(day), {"until": nights.until, "status": Status.BOOKED})]
                    self._claim({"kind": kind, "room_id": room_id, "first": day, "note": "sample"}, known)
                day += timedelta(days=chance.randint(150, 500))

    def rooms_for_stays(self) -> Rooms:
        """Which rooms are free for stays."""
        rooms = Rooms([kind for _id, _pavilion, kind in self.rooms], self._closed)
        for position, nights in self._faults:
            rooms.close(position, nights)
        return rooms

    def group(self, group: SampleGroup) -> None:
        """A group's event, its block, and the stays that were known by now."""
        segment, party = self._segments[group.segment.slug], self._parties[group.party]
        number = next(self._block_numbers)
        event = Event(
            slug=f"sample-{number}",
            name=group.name,
            segment_id=segment,
            party_id=party,
            first=group.nights.first,
            until=group.nights.until,
            on_site=(on_site := sum(group.contracted.values())),
            online=online(self._online, group.segment.slug, on_site),
        )
        self._session.add(event)
        self._session.flush()
        shared = {"party_id": party, "segment_id": segment, "event_id": event.id}
        self._block(group, number, shared)
        for stay in group.stays:
            self._stay(stay, number, group.segment.rate_cents, shared)

    def _block(self, group: SampleGroup, number: int, shared: Row) -> None:
        block_id = next(self._block_ids)
        values = {"name": group.name, "status": Status.BOOKED, "cut_off": group.cut_off, "expected_wash": 0.1}
        values |= {"rate_cents": group.segment.rate_cents, "number": number, "id": block_id, "superseded_at": None}
        self._add(Block, values | shared | {"recorded_at": group.known, "recorded_by": ACTOR, "reason": ""})
        for type_name, rooms in group.contracted.items():
            for night in group.nights:
                row = {"block_id": block_id, "type_id": self._types[type_name], "night": night, "rooms": rooms}
                self._add(BlockNight, row)

    def _stay(self, stay: SampleStay, block: int, rate_cents: int, shared: Row) -> None:
        values: Row = {"kind": Kind.STAY, "room_id": self.rooms[stay.room][0], "first": stay.first, "block": block}
        values |= shared | {"guests": stay.guests, "rate_cents": rate_cents}
        self._claim(values, [(one.known, {"until": one.until, "status": Status(one.status)}) for one in stay.versions])

    def _claim(self, values: Row, versions: list[tuple[datetime, Row]]) -> None:
        """Every version that is known by now; the last one takes its nights."""
        known = [(moment, changes) for moment, changes in versions if moment <= self._now]
        if not known:
            return
        number = next(self._claim_numbers)
        ends = [*(moment for moment, _changes in known[1:]), None]
        for (moment, changes), ended in zip(known, ends, strict=True):
            row = _NO_STAY | values | changes | {"number": number, "booking": number, "id": next(self._claim_ids)}
            self._add(Claim, row | {"recorded_at": moment, "superseded_at": ended, "recorded_by": ACTOR, "reason": ""})
        if row["status"] is Status.BOOKED and row["kind"] is not Kind.OUT_OF_SERVICE:
            for night in Nights(row["first"], row["until"]):
                self._add(RoomNight, {"room_id": row["room_id"], "night": night, "claim_id": row["id"]})

    def tight_block(self) -> None:
        """The block for which whole stays do not fit, over all that is written by now."""
        add_tight_block(
            self._session,
            self._types["accessible"],
            self._parties["sample-association"],
            self._segments["third-party"],
            ACTOR,
        )

    # into the database

    def _add(self, table: type[Any], row: Row) -> None:
        self._rows[table].append(row)
        if sum(map(len, self._rows.values())) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what has gathered, what is referred to first."""
        for table, rows in self._rows.items():
            if rows:
                self._session.execute(sa.insert(table), rows)
                rows.clear()

    def number_on(self) -> None:
        """PostgreSQL counts ids by itself: it must go on after those that were written here."""
        if self._session.get_bind().dialect.name == "postgresql":
            for table in (Block, Claim):
                sequence = sa.func.pg_get_serial_sequence(table.__tablename__, "id")
                last = sa.select(sa.func.max(table.id)).scalar_subquery()
                self._session.execute(sa.select(sa.func.setval(sequence, last)))


_NO_STAY: Row = {
    **dict.fromkeys(("party_id", "segment_id", "event_id", "block")),
    **{"guests": 0, "rate_cents": 0, "note": ""},
}


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)
