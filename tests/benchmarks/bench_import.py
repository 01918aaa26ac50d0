"""How long a file of 20,000 stays takes into the books, on both databases: read, looked at, and written."""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from campus.occupancy.models import Claim, RoomNight
from campus.tables import actions, mapping, queries
from campus.tables.plans import plan_of
from campus.tables.rules import Table
from core import clock
from core.database import Database
from jobs.migrations.models import metadata
from tests import postgres
from tests.benchmarks.figure import Figure
from tests.campus.books import TEST, Campus, open_campus
from tests.campus.tables.files import PARTY, STAYS, xlsx

ROOMS, STAYS_A_ROOM, ROUNDS = 400, 50, 3
FIRST = date(2026, 1, 1)
TARGET = "under 30 s; the plainest bulk INSERT of the same claims and nights: {plain:.3g} s, ratio {ratio:.3g}"


def run() -> Iterator[Figure]:
    """20,000 stays of 1 to 5 nights in 400 rooms, from .xlsx, on SQLite and on PostgreSQL; the median of three."""
    stays = _stays(random.Random(1964))
    content = xlsx(STAYS, *_rows(stays))
    with tempfile.TemporaryDirectory() as folder:
        yield _figure("SQLite", lambda number: f"sqlite:///{Path(folder, f'books{number}.sqlite')}", stays, content)
    with postgres.running_server() as server:

        def fresh(number: int) -> str:
            server.run(f"CREATE DATABASE books{number}")
            return server.url(f"books{number}")

        yield _figure("PostgreSQL", fresh, stays, content)


def _figure(kind: str, fresh: Callable[[int], str], stays: list[tuple[int, date, date]], content: bytes) -> Figure:
    """The import and the plain INSERT in turns, each into books of their own."""
    imports, inserts = [], []
    for number in range(ROUNDS):
        imports.append(_timed(fresh(2 * number), lambda database, _campus: _import(database, content)))
        inserts.append(_timed(fresh(2 * number + 1), lambda database, campus: _insert(database, campus, stays)))
    seconds, plain = statistics.median(imports), statistics.median(inserts)
    told = TARGET.format(plain=plain, ratio=seconds / plain)
    return Figure(f"import of {len(stays):,} stays from .xlsx, {kind}", seconds, "s", told)


def _timed(url: str, work: Callable[[Database, Campus], None]) -> float:
    database = Database(url)
    metadata.create_all(database.engine)
    with database.write() as session:
        campus = open_campus(session, ROOMS)
    start = time.perf_counter()
    work(database, campus)
    taken = time.perf_counter() - start
    database.close()
    return taken


def _import(database: Database, content: bytes) -> None:
    """The whole way: upload, preview, and the import of what was seen."""
    file = actions.read_upload("stays.xlsx", content)
    with database.write() as session:
        number = actions.upload(session, Table.STAYS, file, content, None, TEST).id
    with database.read() as session:
        found = queries.get(session, number)
        choices = actions.choices_of(found)
        _name, sheet = actions.read_upload("stays.xlsx", queries.original(session, number))
        digest = plan_of(session, Table.STAYS, sheet, choices).digest
    rows = mapping.given_rows(Table.STAYS, sheet, choices)
    with database.write() as session:
        found = queries.get(session, number)
        actions.carry_out(session, found, rows, digest=digest, only_fine=False, actor=TEST)


def _insert(database: Database, campus: Campus, stays: list[tuple[int, date, date]]) -> None:
    """The same claims and nights, neither read from a file nor checked."""
    shared = {"kind": "stay", "status": "booked", "party_id": campus.party, "segment_id": campus.segments[0]}
    shared |= {
        "guests": 1,
        "rate_cents": 62_50,
        "note": "",
        "recorded_at": clock.now(),
        "recorded_by": TEST,
        "reason": "",
    }
    claims = [
        shared | {"id": number, "number": number, "booking": number, "room_id": campus.rooms[room]}
        | {"first": first, "until": until}
        for number, (room, first, until) in enumerate(stays, 1)
    ]  # fmt: skip
    nights = [
        {"room_id": campus.rooms[room], "night": first + timedelta(days=day), "claim_id": number}
        for number, (room, first, until) in enumerate(stays, 1)
        for day in range((until - first).days)
    ]
    with database.write() as session:
        session.execute(sa.insert(Claim), claims)
        session.execute(sa.insert(RoomNight), nights)


def _stays(chance: random.Random) -> list[tuple[int, date, date]]:
    """Room, arrival, departure: each room's one after the other, in the order of arrival."""
    found = []
    for room in range(ROOMS):
        day = FIRST + timedelta(days=chance.randint(0, 5))
        for _number in range(STAYS_A_ROOM):
            until = day + timedelta(days=chance.randint(1, 5))
            found.append((room, day, until))
            day = until + timedelta(days=chance.randint(0, 3))
    return sorted(found, key=lambda one: one[1])


def _rows(stays: list[tuple[int, date, date]]) -> Iterator[tuple[object, ...]]:
    pavilions = ("Sample North", "Sample South")
    for number, (room, first, until) in enumerate(stays):
        yield (f"B-{number}", pavilions[room % 2], str(101 + room), first, until, 1, 62.5, *PARTY)
