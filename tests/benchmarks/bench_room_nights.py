"""How long the year view and a booking take in ten years of books, on both databases, beside the plainest SQL.

The year view is the whole page through the application: sign-in, report, template. A booking goes through the action in
its transaction, with the commit. Beside each stands what the same question or change costs in the plainest SQL that
gives the answer, without any of the promises of the product: both are measured in turns.
"""

import logging
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from api.app import create_app
from campus.nights import Nights
from campus.occupancy.actions import Wanted, claim_room
from campus.occupancy.rules import Kind
from core import logs
from core.database import Database
from core.i18n import today
from jobs.migrations.models import metadata
from tests import postgres
from tests.api.people import Browser, add_person
from tests.benchmarks.figure import Figure
from tests.benchmarks.room_night_generator import fill
from tests.benchmarks.timing import ROUNDS, in_turns, page

NIGHTS = 5
DAYS = [sa.bindparam(name, type_=sa.Date) for name in ("first", "until")]
PLAIN_YEAR = sa.text(
    "SELECT room.pavilion_id, claim.kind, count(*), sum(claim.guests) FROM room_night "
    "JOIN claim ON claim.id = room_night.claim_id JOIN room ON room.id = room_night.room_id "
    "WHERE room_night.night >= :first AND room_night.night < :until GROUP BY room.pavilion_id, claim.kind"
).bindparams(*DAYS)
PLAIN_CLAIM = sa.text(
    "INSERT INTO claim (number, kind, status, room_id, first, until, booking, party_id, segment_id, guests, "
    "rate_cents, note, recorded_at, recorded_by, reason) VALUES (:number, 'stay', 'booked', :room, :first, :until, "
    ":number, 1, 1, 1, 6000, '', CURRENT_TIMESTAMP, 'command', '') RETURNING id"
).bindparams(*DAYS)
PLAIN_NIGHT = sa.text("INSERT INTO room_night (room_id, night, claim_id) VALUES (:room, :night, :claim)").bindparams(
    sa.bindparam("night", type_=sa.Date)
)


def run() -> Iterator[Figure]:
    """10 years of 400 rooms with about a million nights taken, two years of snapshots; on SQLite and on PostgreSQL."""
    logs.configure(level=logging.WARNING)  # a line for each request would cost time and hide the figures
    with tempfile.TemporaryDirectory() as folder:
        yield from _figures("SQLite", f"sqlite:///{Path(folder, 'books.sqlite')}")
    with postgres.running_server() as server:
        server.run("CREATE DATABASE books")
        yield from _figures("PostgreSQL", server.url("books"))


def _figures(kind: str, url: str) -> Iterator[Figure]:
    database = Database(url)
    metadata.create_all(database.engine)
    yield Figure(f"nights in the books, {kind}", fill(database), "nights", "what the rest is measured in")
    browser = Browser(create_app(database), follow_redirects=False)
    browser.sign_in_as(database, add_person(database, "facilities"))
    bookings = _Bookings(database)
    for name, target, ours, plain in (
        ("year view", "under 200 ms", lambda: page(browser, "/rooms"), lambda: _plain_year(database)),
        ("year view five years ago", "under 200 ms", lambda: page(browser, _PAST), lambda: _plain_year(database, -5)),
        ("year as known a year ago", "under 200 ms", lambda: page(browser, _KNOWN), lambda: _plain_year(database)),
        ("booking", "under 30 ms", bookings.book, bookings.plain),
    ):
        took, beside = in_turns(ours, plain)
        compared = f"{target}, median of {ROUNDS}, warm; the plainest SQL {beside:.3g} ms, ratio {took / beside:.2g}"
        yield Figure(f"{name}, {kind}", took, "ms", compared)
    database.close()


_PAST = f"/rooms?year={today().year - 5}"
_KNOWN = f"/rooms?as_of={today() - timedelta(days=365)}"


def _plain_year(database: Database, years: int = 0) -> None:
    """The nights that are taken, by pavilion and kind: neither inventory nor months, held rooms, or what was known."""
    year = today().year + years
    with database.read() as session:
        session.execute(PLAIN_YEAR, {"first": date(year, 1, 1), "until": date(year + 1, 1, 1)})


class _Bookings:
    """Bookings far ahead, where every room is free: each takes the next room."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rooms, self._numbers = count(1), count(-1, -1)
        self._nights = Nights(date(today().year + 4, 6, 1), date(today().year + 4, 6, 1 + NIGHTS))

    def book(self) -> None:
        """As the service books."""
        wanted = Wanted(
            kind=Kind.STAY,
            room_id=next(self._rooms),
            nights=self._nights,
            party_id=1,
            segment_id=1,
            guests=1,
            rate_cents=60_00,
        )
        with self._database.write() as session:
            claim_room(session, wanted, "command")

    def plain(self) -> None:
        """A claim and its nights, without a check and without the trail."""
        room, number = next(self._rooms), next(self._numbers)
        nights = self._nights
        values = {"number": number, "room": room, "first": nights.first, "until": nights.until}
        with self._database.write() as session:
            claim = session.scalar(PLAIN_CLAIM, values)
            rows = [{"room": room, "night": night, "claim": claim} for night in nights]
            session.execute(PLAIN_NIGHT, rows)
