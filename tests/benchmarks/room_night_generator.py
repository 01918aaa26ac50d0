"""Makes books as ten years of a campus of 400 rooms would leave them: the same each time, written in bulk."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.forecast.models import Forecast, OnTheBooks, Snapshot
from campus.night_sql import DaysBetween
from campus.nights import Nights
from campus.occupancy.models import Block, BlockNight, Claim, RoomNight
from campus.occupancy.rules import Kind, Status
from campus.places.models import Party, Pavilion, Room, RoomPeriod, RoomType, Segment
from core.database import Database
from core.i18n import today
from jobs.backup.references import continue_numbering
from jobs.migrations.models import metadata

OPENED = datetime(2000, 1, 1, tzinfo=UTC)
CHUNK = 20_000
FAULTS = (Kind.OUT_OF_ORDER, Kind.OUT_OF_SERVICE, Kind.HOUSE_USE)
Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How large the books are. The last of the years is next year, so that this one is whole and partly future."""

    years: int = 10
    rooms: int = 400
    pavilions: int = 14
    segments: int = 6
    parties: int = 12
    blocks: int = 60
    snapshot_days: int = 730


def fill(database: Database, size: Size = Size()) -> int:  # immutable
    """Write books of this size into an empty database. Returns how many nights are taken."""
    with database.write() as session:
        nights = _Writer(session, size).all()
    with database.write() as session:
        _snapshots(session, size)
    if database.engine.name == "postgresql":  # which does both by itself, sooner or later; SQLite does neither
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            continue_numbering(connection, metadata.tables.values())
            connection.exec_driver_sql("VACUUM ANALYZE")
    return nights


class _Writer:
    def __init__(self, session: Session, size: Size) -> None:
        self._session, self._size, self._chance = session, size, random.Random(2026)
        self._ids, self._numbers = count(1), count(1)
        self._rows: dict[type[Any], list[Row]] = {Claim: [], RoomNight: []}
        self._span = Nights(date(today().year + 2 - size.years, 1, 1), date(today().year + 2, 1, 1))
        self._nights = 0

    def all(self) -> int:
        """Places, then each room's claims in turn, then the blocks."""
        self._places()
        for room in range(1, self._size.rooms + 1):
            self._room(room)
        self._flush()
        self._blocks()
        self._session.add(Forecast(made_on=today(), made_at=OPENED, content=_forecast(self._chance)))
        return self._nights

    def _places(self) -> None:
        size = self._size
        self._session.add_all(
            Pavilion(id=n, slug=f"sample-{n}", name=f"Sample pavilion {n}", uses=["hotel"], area_m2=None, invented=True)
            for n in range(1, size.pavilions + 1)
        )
        self._session.add_all(RoomType(id=n, slug=f"type-{n}", name=f"Sample type {n}") for n in (1, 2, 3))
        self._session.add_all(
            Segment(id=n, slug=f"segment-{n}", name=f"Sample segment {n}", position=n, rate_cents=60_00)
            for n in range(1, size.segments + 1)
        )
        self._session.add_all(
            Party(id=n, slug=f"party-{n}", name=f"Sample party {n}", kind="own") for n in range(1, size.parties + 1)
        )
        self._session.flush()
        for n in range(1, size.rooms + 1):
            self._session.add(Room(id=n, pavilion_id=n % size.pavilions + 1, number=str(100 + n), created_at=OPENED))
        self._session.flush()
        first = {"first": date(2000, 1, 1), "features": [], "recorded_at": OPENED, "recorded_by": "command"}
        self._session.add_all(
            RoomPeriod(room_id=n, type_id=n % 3 + 1, beds=1 + n % 2, until=None, **first)
            for n in range(1, size.rooms + 1)
        )
        self._session.flush()

    def _room(self, room: int) -> None:
        """Stays with gaps between them, now and then a fault; a twentieth of the rooms is closed for half a year."""
        chance, day = self._chance, self._span.first
        while day < self._span.until:
            day += timedelta(days=chance.choice((0, 0, 1, 2, 3, 4)))
            if chance.random() < 0.01:
                day = self._claim(room, chance.choice(FAULTS), day, chance.randint(2, 14))
            elif chance.random() < 0.0005:
                day = self._claim(room, Kind.EXTENDED_CLOSURE, day, 180)
            else:
                day = self._stay(room, day)

    def _stay(self, room: int, day: date) -> date:
        """Of 100 stays 8 are changed once, 4 cancelled, 1 does not turn up."""
        chance = self._chance
        values = {
            "party_id": chance.randint(1, self._size.parties),
            "segment_id": chance.randint(1, self._size.segments),
        }
        values |= {"guests": 1 + room % 2, "rate_cents": 60_00}
        fate, length = chance.random(), chance.choice((1, 2, 3, 4, 5, 5, 6, 11))
        if fate < 0.08:
            self._claim(room, Kind.STAY, day, length + 1, changed=True, **values)
            return self._claim(room, Kind.STAY, day, length, **values)
        status = Status.CANCELLED if fate < 0.12 else Status.NO_SHOW if fate < 0.13 else Status.BOOKED
        return self._claim(room, Kind.STAY, day, length, status, **values)

    def _claim(
        self,
        room: int,
        kind: Kind,
        first: date,
        length: int,
        status: Status = Status.BOOKED,
        *,
        changed: bool = False,
        **values: Any,
    ) -> date:
        until, claim_id = first + timedelta(days=length), next(self._ids)
        known = datetime.combine(min(first, today()) - timedelta(days=self._chance.randint(5, 90)), time(9), UTC)
        row: Row = {"party_id": None, "segment_id": None, "guests": 0, "rate_cents": 0} | values
        row |= {
            "id": claim_id,
            "number": claim_id,
            "booking": claim_id,
            "room_id": room,
            "kind": kind,
            "status": status,
        }
        row |= {"first": first, "until": until, "event_id": None, "block": None, "note": "", "reason": ""}
        row |= {"recorded_at": known, "superseded_at": known + timedelta(days=2) if changed else None}
        self._rows[Claim].append(row | {"recorded_by": "command"})
        if not changed and status is Status.BOOKED and kind is not Kind.OUT_OF_SERVICE:
            nights = [{"room_id": room, "night": night, "claim_id": claim_id} for night in Nights(first, until)]
            self._rows[RoomNight] += nights
            self._nights += len(nights)
        if len(self._rows[RoomNight]) > CHUNK:
            self._flush()
        return until

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                self._session.execute(sa.insert(table), rows)
                rows.clear()

    def _blocks(self) -> None:
        """Groups of the coming year that hold a few rooms each."""
        for number in range(1, self._size.blocks + 1):
            first = today() + timedelta(days=30 + 5 * number)
            block = Block(number=number, name=f"Sample group {number}", status=Status.BOOKED, party_id=1, segment_id=1)
            block.cut_off, block.recorded_at = first - timedelta(days=21), datetime.combine(today(), time(0), UTC)
            block.recorded_by = "command"
            self._session.add(block)
            self._session.flush()
            rows = [
                {"block_id": block.id, "type_id": number % 3 + 1, "night": night, "rooms": 2}
                for night in Nights(first, first + timedelta(days=5))
            ]
            self._session.execute(sa.insert(BlockNight), rows)


def _snapshots(session: Session, size: Size) -> None:
    """Every evening of the last years: all segments on all nights from a week before until 400 days after."""
    last = today() - timedelta(days=1)
    days = list(Nights(last - timedelta(days=size.snapshot_days - 1), today()))
    session.execute(sa.insert(Snapshot), [{"taken_on": day, "made_at": OPENED, "replayed": False} for day in days])
    nights = sa.select(RoomNight.night).distinct().subquery()
    near = DaysBetween(Snapshot.taken_on, nights.c.night).between(-7, 399)
    noted = sa.select(Snapshot.taken_on, nights.c.night, Segment.id, sa.literal(20), sa.literal(2))
    rows = noted.select_from(Snapshot).join(nights, near).join(Segment, sa.true())
    session.execute(sa.insert(OnTheBooks).from_select(["taken_on", "night", "segment_id", "sold", "held"], rows))


def _forecast(chance: random.Random) -> Row:
    """As long as a real one: two years of weeks for each segment, and the errors of a back-test."""
    weeks: Row = {name: [chance.random() for _week in range(104)] for name in ("nights", "low", "high", "last_year")}
    weeks |= {"method": ["naive"] * 104, "sold": [0.0] * 104, "held": [0.0] * 104}
    tests = [{"first": 0, "until": 4, "scores": {}, "best": "naive", "errors": list(_errors(chance))}] * 3
    end = {"to_date": 90_000, "expected": 101_000.0, "most": 140_000, "target": 25_000, "sellable": 140_000}
    end |= {"low": 99_000.0, "high": 103_000.0, "chance": 1.0}
    every = {"tests": tests, "weeks": weeks}
    segments = [{"segment": segment} | every for segment in range(1, 7)]
    begins = today().isoformat()
    years = {str(today().year): end, str(today().year + 1): end}
    return {"begins": begins, "books_of": begins, "all": every, "segments": segments, "years": years}


def _errors(chance: random.Random) -> Iterator[float]:
    return (chance.gauss(0, 20) for _ in range(300))
