"""Files into the books: what each row does, by the rules of single changes, and all or nothing."""

from datetime import date

import pytest
import sqlalchemy as sa

from campus.blocks import actions as blocks
from campus.counts import actions as counts
from campus.counts.queries import current
from campus.months.actions import close_month
from campus.months.queries import statement
from campus.nights import Nights
from campus.occupancy import actions as claims
from campus.occupancy import queries
from campus.occupancy.models import Claim, GuestName, RoomNight
from campus.places.models import RoomPeriod
from campus.tables import actions, undo
from campus.tables import queries as imports
from campus.tables.mapping import given_rows
from campus.tables.models import ImportFile, TableImport
from campus.tables.rules import Table
from campus.tables.sheets import read_sheet
from core.database import Database
from core.errors import Conflict
from core.trail import TrailEntry
from tests.campus.books import TEST, nights, on, open_campus
from tests.campus.tables.files import brought_in, csv, looked_at, stays, told, xlsx

NORTH, SOUTH = "Sample North", "Sample South"
TWO = stays(
    ("A-1", NORTH, "101", "2026-03-01", "2026-03-04", 1, "62.50"),
    ("A-2", SOUTH, "102", "2026-03-02", "2026-03-03", 2, "70"),
)


def rows_of(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_stays_are_written_with_their_nights_and_told_in_the_trail(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
    brought_in(database, Table.STAYS, TWO)
    with database.read() as session:
        first, second = session.scalars(sa.select(Claim).order_by(Claim.number))
        assert (first.room_id, first.first, first.until, first.guests, first.rate_cents, first.status) == (
            *(campus.rooms[0], date(2026, 3, 1), date(2026, 3, 4), 1, 62_50, "booked"),
        )
        assert (second.number, second.booking, second.rate_cents) == (2, 2, 70_00)
        assert len(session.scalars(sa.select(RoomNight)).all()) == 4
        assert [
            one.subject_id for one in session.scalars(sa.select(TrailEntry).where(TrailEntry.action == "claim.make"))
        ] == ["1", "2"]


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    brought_in(database, Table.STAYS, TWO)
    before = rows_of(database, Claim)
    number = brought_in(database, Table.STAYS, TWO)
    assert rows_of(database, Claim) == before
    with database.read() as session:
        assert imports.get(session, number).counts == {"add": 0, "change": 0, "same": 2, "refused": 0, "rows": 2}


def test_without_a_reference_a_stay_is_recognised_by_room_arrival_and_party(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    row = ("", NORTH, "101", "2026-03-01", "2026-03-04", 1, "62.50")
    brought_in(database, Table.STAYS, stays(row))
    with database.read() as session:
        assert looked_at(session, Table.STAYS, stays(row)).counts["same"] == 1
        longer = looked_at(session, Table.STAYS, stays(("", NORTH, "101", "2026-03-01", "2026-03-06", 1, "62.50")))
    assert [(line.outcome, line.before) for line in longer.lines] == [("change", {"until": date(2026, 3, 4)})]


def test_a_stay_that_changed_is_a_new_version_and_its_nights_follow(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
    brought_in(database, Table.STAYS, TWO)
    brought_in(database, Table.STAYS, stays(("A-1", NORTH, "103", "2026-03-02", "2026-03-03", 2, "62.50")))
    with database.read() as session:
        old, new = queries.versions(session, 1)
        assert old.superseded_at is not None
        assert (new.room_id, new.first, new.guests) == (campus.rooms[2], date(2026, 3, 2), 2)
        assert [
            night for night, _claim in queries.taken(session, campus.rooms[0], nights("2026-03-01", "2026-03-09"))
        ] == []


def test_what_cannot_be_is_refused_with_row_and_column(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-10", "2026-03-12")
        plan = looked_at(
            session,
            Table.STAYS,
            stays(
                ("A", NORTH, "101", "2026-03-05", "2026-03-04", 1, "1"),
                ("B", NORTH, "101", "2026-03-11", "2026-03-14", 1, "1"),
                ("C", NORTH, "101", "2026-03-01", "2026-03-04", 1, "1"),
                ("D", NORTH, "101", "2026-03-03", "2026-03-05", 1, "1"),
                ("E", NORTH, "109", "2026-03-03", "2026-03-05", 1, "1"),
                ("F", "Sample Nort", "101", "2026-03-03", "2026-03-05", 1, "1"),
                ("G", NORTH, "101", "2019-12-30", "2020-01-02", 1, "1"),
                ("H", SOUTH, "102", "2026-03-03", "2026-03-05", 99, "1"),
                ("C", SOUTH, "102", "2026-03-03", "2026-03-05", 9, "1"),
                ("I", SOUTH, "102", "", "2026-03-05", "x", "1"),
            ),
        )
    assert told(plan) == [
        (2, "until", "the departure must be after the arrival"),
        (3, "room", "is taken in the night of 11 Mar 2026 by claim 1"),
        (5, "room", "is taken in the night of 3 Mar 2026 by row 4 of this file"),
        (6, "room", "“109” is not known; near to it: 103 and 101"),
        (7, "pavilion", "“Sample Nort” is not known; near to it: Sample North and Sample South"),
        (8, "room", "room Sample North 101 is no room on 30 Dec 2019"),
        (9, "guests", "must be 1 to 12"),
        (10, "", "the same stay as row 4"),
        (11, "first", "is missing"),
        (11, "guests", "“x” is no whole number"),
    ]


def test_a_refused_row_stops_the_whole_import_unless_only_the_fine_ones_are_wanted(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    content = TWO + b"\nA-3,Sample North,999,2026-03-01,2026-03-04,1,62.50,Sample programme,Courses"
    with pytest.raises(Conflict, match="1 row is refused, so nothing was imported"):
        brought_in(database, Table.STAYS, content)
    assert rows_of(database, Claim) == 0
    number = brought_in(database, Table.STAYS, content, only_fine=True)
    assert rows_of(database, Claim) == 2
    with database.read() as session:
        refused = session.scalar(sa.select(ImportFile.refused).where(ImportFile.import_id == number))
    assert refused == {"rows": [[4, "room", "“999” is not known"]], "language": "en"}


def test_when_the_books_changed_since_the_preview_nothing_is_written(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        found = actions.upload(session, Table.STAYS, actions.read_upload("sample.csv", TWO), TWO, None, TEST)
        rows = given_rows(Table.STAYS, read_sheet(TWO, "sample.csv"), actions.choices_of(found))
        digest = looked_at(session, Table.STAYS, TWO).digest
        campus.stay(session, 0, "2026-03-02", "2026-03-03")
    with database.write() as session, pytest.raises(actions.Otherwise) as otherwise:
        actions.carry_out(session, imports.get(session, 1), rows, digest=digest, only_fine=True, actor=TEST)
    assert otherwise.value.plan.counts["refused"] == 1
    assert rows_of(database, Claim) == 1


def test_the_last_rooms_that_are_held_for_a_group_are_not_given_away(database: Database) -> None:
    with on("2026-02-01"), database.write() as session:
        campus = open_campus(session)
        held = {(campus.types[0], night): 1 for night in nights("2026-03-01", "2026-03-04")}
        block = blocks.hold(session, campus.block(), held, TEST).number
        both = stays(
            ("A", NORTH, "101", "2026-03-01", "2026-03-04", 1, "1"),
            ("B", NORTH, "103", "2026-03-03", "2026-03-05", 1, "1"),
        )
        message = "the last rooms of this type are held for a group in the night of 3 Mar 2026"
        assert told(looked_at(session, Table.STAYS, both)) == [(3, "room", message)]
        picked = both.replace(b"Segment\n", b"Segment,Block\n") + f",{block}".encode()
        assert told(looked_at(session, Table.STAYS, picked.replace(b"Courses\nB", b"Courses,\nB"))) == []


def test_a_closed_month_needs_a_reason_for_stays_and_for_counts(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session, rooms=1)
        for night in Nights(date(2026, 2, 1), date(2026, 3, 1)):
            counts.enter(session, night, {campus.pavilions[0]: counts.Seen(0, 0)}, TEST)
        close_month(session, date(2026, 2, 1), TEST)
        late = stays(("A", NORTH, "101", "2026-02-27", "2026-03-02", 1, "1"))
        assert [one[:2] for one in told(looked_at(session, Table.STAYS, late))] == [(2, "first")]
        assert told(looked_at(session, Table.STAYS, late, reason="found later")) == []
        count = csv(("Night", "Pavilion", "Rooms", "Guests"), ("2026-02-27", NORTH, 1, 1))
        assert told(looked_at(session, Table.COUNTS, count)) == [(2, "reason", "a correction needs its reason")]
    brought_in(database, Table.COUNTS, count, reason="found later")
    brought_in(database, Table.STAYS, late, reason="found later")
    with database.read() as session:
        month = statement(session, date(2026, 2, 1))
        assert [(one.subject, one.changes, one.why) for one in month.adjustments] == [
            ("claim", {"sold": 2, "guest_nights": 2}, "found later"),
            ("count", {"counted": 1, "guests_counted": 1}, "found later"),
        ]
        assert month.unexplained == {}
        kept = current(session, nights("2026-02-27", "2026-02-28"))[campus.pavilions[0], date(2026, 2, 27)]
    assert (kept.rooms, kept.guests, kept.reason) == (1, 1, "found later")


def test_counts_are_recognised_by_pavilion_and_night(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    rows = xlsx(
        ("Date", "Bâtiment", "Chambres", "Personnes"),
        (date(2026, 3, 1), NORTH, 1, 2),
        (date(2026, 3, 1), SOUTH, 2.0, 2),
    )
    brought_in(database, Table.COUNTS, rows, "sample.xlsx")
    wrong = csv(
        ("Date", "Pavilion", "Rooms", "Guests", "Reason"),
        ("2026-03-01", NORTH, 2, 2, "overlooked"),
        ("2026-03-01", SOUTH, 2, 2, ""),
        ("2026-03-02", SOUTH, 3, 3, ""),
        ("2026-03-02", NORTH, 1, 13, ""),
        ("2126-03-02", NORTH, 1, 1, ""),
        ("2026-03-01", NORTH, 1, 1, "again"),
    )
    with database.read() as session:
        plan = looked_at(session, Table.COUNTS, wrong)
    assert [line.outcome for line in plan.lines] == ["change", "same", *["refused"] * 4]
    assert told(plan) == [
        (4, "rooms", "there are 2 rooms, so it must be 0 to 2"),
        (5, "guests", "a room has 1 to 12 guests, so this must be 1 to 12"),
        (6, "night", "this night is still to come"),
        (7, "", "the same pavilion and night as row 2"),
    ]


def test_a_rooming_list_picks_rooms_from_its_block_and_keeps_names_apart(database: Database) -> None:
    with on("2026-02-01"), database.write() as session:
        campus = open_campus(session)
        held = {(campus.types[1], night): 2 for night in nights("2026-03-01", "2026-03-04")}
        block = blocks.hold(session, campus.block(rate_cents=80_00), held, TEST).number
    content = csv(
        ("Room", "From", "To", "Guest names"), ("102", "2026-03-01", "2026-03-04", "Sample One; Sample Two"),
        ("104", "2026-03-01", "2026-03-03", ""),
    )  # fmt: skip
    brought_in(database, Table.ROOMING, content, block=block)
    with database.read() as session:
        first, second = session.scalars(sa.select(Claim).order_by(Claim.number))
        assert [(one.block, one.guests, one.rate_cents, one.segment_id) for one in (first, second)] == [
            (block, 2, 80_00, campus.segments[1]),
            (block, 1, 80_00, campus.segments[1]),
        ]
        (names,) = session.scalars(sa.select(GuestName))
        assert (names.booking, names.names, names.delete_after) == (1, "Sample One; Sample Two", date(2026, 4, 3))
        assert "Sample One" not in str([one.after for one in session.scalars(sa.select(TrailEntry))])
        again = looked_at(session, Table.ROOMING, content, block=block)
        assert again.counts["same"] == 2
        other = looked_at(session, Table.ROOMING, content.replace(b"Two", b"Three"), block=block)
        assert other.lines[0].before == {"names": "Sample One; Sample Two"}
    brought_in(database, Table.ROOMING, content.replace(b"Two", b"Three"), block=block)
    assert rows_of(database, Claim) == 2


def test_rooms_are_added_changed_and_never_made_to_overlap(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-03-01", "2026-03-04")
    head = ("Pavilion", "Room", "Type", "Beds", "Features", "Valid from", "Valid until")
    good = csv(
        head, (NORTH, "007", "single", 1, "Step-free; wide door", "2026-01-01", ""),
        (NORTH, "103", "Single", 2, "", "2020-01-01", "2030-01-01"), (SOUTH, "104", "double", 2, "", "2020-01-01", ""),
    )  # fmt: skip
    brought_in(database, Table.ROOMS, good)
    with database.read() as session:
        assert looked_at(session, Table.ROOMS, good).counts["same"] == 3
        found = session.scalars(sa.select(RoomPeriod).order_by(RoomPeriod.id.desc()).limit(2)).all()
        assert [(one.beds, one.features, one.until) for one in found] == [
            (2, [], date(2030, 1, 1)),
            (1, ["step-free", "wide door"], None),
        ]
        bad = looked_at(
            session,
            Table.ROOMS,
            csv(
                head,
                (NORTH, "101", "single", 1, "", "2020-01-01", "2026-03-02"),
                (NORTH, "101", "single", 1, "", "2025-01-01", ""),
                (NORTH, "200", "singel", 1, "", "2025-01-01", ""),
                (NORTH, "=1", "single", 1, "", "2025-01-01", ""),
                (NORTH, "201", "single", 13, "pool", "2025-01-01", "2024-01-01"),
            ),
        )
    assert told(bad) == [
        (2, "until", "the room is taken in the night of 2 Mar 2026"),
        (3, "first", "overlaps the period that begins on 1 Jan 2020"),
        (4, "type", "“singel” is not known; near to it: Single"),
        (5, "room", "must be 1 to 20 letters, digits, blanks, dots, slashes or hyphens"),
        (6, "until", "the departure must be after the arrival"),
    ]


def test_an_import_is_undone_while_nobody_built_on_it(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    number = brought_in(database, Table.STAYS, TWO)
    with database.write() as session:
        undo.undo(session, imports.get(session, number), TEST)
    assert rows_of(database, RoomNight) == 0
    with database.read() as session:
        assert {one.status for one in session.scalars(sa.select(Claim).where(Claim.superseded_at.is_(None)))} == {
            "cancelled"
        }
        assert looked_at(session, Table.STAYS, TWO).counts["add"] == 2
    again = brought_in(database, Table.STAYS, TWO)
    with database.write() as session:
        claims.cancel(session, 3, TEST, "asked for")
    with pytest.raises(Conflict, match="1 of its rows was changed since"), database.write() as session:
        undo.undo(session, imports.get(session, again), TEST)


def test_what_an_import_changed_is_not_undone(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    brought_in(database, Table.STAYS, TWO)
    number = brought_in(database, Table.STAYS, TWO.replace(b",70,", b",75,"))
    with database.read() as session:
        assert undo.why_not(session, imports.get(session, number)) == (
            "It changed 1 row that was there before: change that back by hand or by another file."
        )


def test_counts_and_rooms_of_an_import_are_withdrawn(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    count = csv(("Night", "Pavilion", "Rooms", "Guests"), ("2026-02-27", NORTH, 1, 1))
    rooms = csv(("Pavilion", "Room", "Type", "Beds", "Valid from"), (NORTH, "007", "single", 1, "2026-01-01"))
    for number in (brought_in(database, Table.COUNTS, count), brought_in(database, Table.ROOMS, rooms)):
        with database.write() as session:
            undo.undo(session, imports.get(session, number), TEST)
    with database.read() as session:
        assert current(session, nights("2026-02-27", "2026-02-28")) == {}
        assert looked_at(session, Table.ROOMS, rooms).counts["add"] == 1


def test_originals_are_deleted_after_their_time(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
    brought_in(database, Table.STAYS, TWO)
    with database.write() as session:
        actions.upload(session, Table.STAYS, actions.read_upload("never.csv", TWO), TWO, None, TEST)
        session.execute(sa.update(ImportFile).values(delete_after=date(2020, 1, 1)))
        assert actions.forget(session) == 2
    assert rows_of(database, ImportFile) == 0
    assert rows_of(database, TableImport) == 1


def test_an_import_of_counts_is_not_undone_once_their_month_is_closed(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        open_campus(session, rooms=1)
    february = [(night.isoformat(), NORTH, 0, 0) for night in Nights(date(2026, 2, 1), date(2026, 3, 1))]
    number = brought_in(sqlite_database, Table.COUNTS, csv(("Night", "Pavilion", "Rooms", "Guests"), *february))
    with sqlite_database.write() as session:
        close_month(session, date(2026, 2, 1), TEST)
    with pytest.raises(Conflict, match="is closed by now"), sqlite_database.write() as session:
        undo.undo(session, imports.get(session, number), TEST)
