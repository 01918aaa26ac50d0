"""Import of an export changes nothing: for random books, of every kind, in both formats."""

from datetime import date, timedelta

import hypothesis.strategies as st
import sqlalchemy as sa
from hypothesis import given
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.counts import actions as counts
from campus.counts.rules import Seen
from campus.nights import EARLIEST, LATEST, Nights
from campus.occupancy import actions as claims
from campus.occupancy.models import Claim, GuestName
from campus.places.models import Event, Party, RoomPeriod
from campus.tables import exports
from campus.tables.rules import Table
from core import clock
from core.database import Database
from core.errors import Conflict
from tests.campus.books import TEST, Campus, on, open_campus
from tests.campus.conftest import Tries
from tests.campus.tables.files import exported, looked_at

START = date(2025, 3, 20)
TEXT = st.one_of(
    st.sampled_from(
        ["", "=1+1", "'=x", "''@a", "-5", "+39 011", "@home", 'a;b,c\t"d"', "one\ntwo", "007", "NA", " é "]
    ),
    st.text(max_size=30),
)
STAY = st.fixed_dictionaries(
    {
        "room": st.integers(0, 3),
        "day": st.integers(0, 40),
        "length": st.integers(1, 6),
        "guests": st.integers(1, 12),
        "rate_cents": st.integers(0, 10_000_00),
        "note": TEXT,
        "names": TEXT,
        "party": st.booleans(),
        "event": st.booleans(),
        "block": st.booleans(),
        "end": st.sampled_from(["", "", "", "cancel", "no show", "move"]),
    }
)
COUNT = st.tuples(st.integers(0, 30), st.integers(0, 1), st.integers(0, 2))


class _Books:
    """Random books: whatever is refused on the way is left out."""

    def __init__(self, session: Session, party_name: str) -> None:
        self.session, self.campus = session, open_campus(session)
        self.other = self._add(Party(slug="sample-other", name=party_name or "Sample programme", kind="partner"))
        segment, party = self.campus.segments[0], self.campus.party
        course = Event(slug="sample-course", name="=Course", segment_id=segment, party_id=party)
        course.first, course.until = START, START + timedelta(days=9)
        self.event = self._add(course)
        nights = Nights(START, START + timedelta(days=50))
        held = {(self.campus.types[0], night): 1 for night in nights}
        with on("2025-02-01"):
            block = blocks.hold(session, self.campus.block(), held, TEST)
        block.cut_off = date(2100, 1, 1)  # a list of rooms for a released block is another matter
        self.block = block.number

    def stay(self, given: dict[str, object]) -> None:
        """One stay, and what became of it."""
        first = START + timedelta(days=int(given["day"]))  # type: ignore[call-overload]
        until = first + timedelta(days=int(given["length"]))  # type: ignore[call-overload]
        values = {name: given[name] for name in ("guests", "rate_cents", "note")}
        values |= {"party_id": self.other} if given["party"] else {}
        values |= {"event_id": self.event} if given["event"] else {}
        values |= {"block": self.block} if given["block"] else {}
        try:
            made = self.campus.stay(self.session, given["room"], first.isoformat(), until.isoformat(), **values)  # type: ignore[arg-type]
        except Conflict:
            return
        if names := str(given["names"]).replace("\x00", ""):
            self.session.add(GuestName(booking=made.number, names=names, delete_after=until))
        self._end(made, str(given["end"]))

    def _end(self, made: Claim, end: str) -> None:
        ways = {"cancel": claims.cancel, "no show": claims.mark_no_show}
        if end in ways:
            ways[end](self.session, made.number, TEST, "sample")
        elif end == "move" and made.until - made.first > timedelta(days=1):
            to = self.campus.rooms[(self.campus.rooms.index(made.room_id) + 2) % 4]
            try:
                with self.session.begin_nested():
                    starting = made.first + timedelta(days=1)
                    claims.move(self.session, made.number, to, TEST, "sample", starting=starting)
            except Conflict:
                return

    def count(self, day: int, pavilion: int, rooms: int) -> None:
        """A count, or its correction."""
        seen = {self.campus.pavilions[pavilion]: Seen(rooms, rooms * 2)}
        counts.enter(self.session, START + timedelta(days=day), seen, TEST, reason="=again")

    def _add(self, row: Party | Event) -> int:
        self.session.add(row)
        self.session.flush()
        return row.id


def _odd_rooms(session: Session, campus: Campus) -> None:
    """Rooms with an end, with features, with two periods."""
    ends = date(2027, 1, 1)
    period = session.scalars(sa.select(RoomPeriod).where(RoomPeriod.room_id == campus.rooms[0])).one()
    period.until, period.features = ends, ["step-free", "grab rails"]
    shared = {"room_id": campus.rooms[0], "type_id": campus.types[1], "beds": 3, "features": []}
    session.add(RoomPeriod(**shared, first=ends, until=None, recorded_at=clock.now(), recorded_by=TEST))
    session.flush()


def _must_be_the_same(session: Session, wanted: exports.Wanted, ending: str, block: int) -> None:
    if not list(exports.rows(session, wanted)):
        return
    content = exported(session, wanted, ending, bom=True)
    plan = looked_at(session, wanted.table, content, f"sample{ending}", block=block)
    assert [(line.row, line.before, line.problems) for line in plan.lines if line.outcome != "same"] == []


def _storable(stay: dict[str, object]) -> dict[str, object]:
    """Without what no database holds."""
    return {
        key: value.replace("\x00", "").encode("utf-8", "ignore").decode() if isinstance(value, str) else value
        for key, value in stay.items()
    }


def test_import_of_an_export_changes_nothing(database: Database, tries: Tries) -> None:
    @tries(10)
    @given(
        stays=st.lists(STAY.map(_storable), max_size=14),
        seen=st.lists(COUNT, max_size=8),
        name=st.sampled_from(["Sample programme", "=Sample", "Sample, “other”", "single"]),
    )
    def changes_nothing(stays: list[dict[str, object]], seen: list[tuple[int, int, int]], name: str) -> None:
        _export_and_import(database, stays, seen, name)

    changes_nothing()


def _export_and_import(
    database: Database, stays: list[dict[str, object]], seen: list[tuple[int, int, int]], name: str
) -> None:
    with database.write() as session:
        books = _Books(session, name)
        _odd_rooms(session, books.campus)
        for one in stays:
            books.stay(one)
        for count in seen:
            books.count(*count)
        session.flush()
        for table in Table:
            wanted = exports.Wanted(table, Nights(EARLIEST, LATEST), block=books.block, with_names=True)
            for ending in (".csv", ".xlsx"):
                _must_be_the_same(session, wanted, ending, books.block)
        session.rollback()
