"""Readings and degree-days from files: each row by the rules of entry by hand, and an export brings nothing new."""

from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.orm import Session

from campus.energy import actions, queries
from campus.energy.actions import WantedMeter
from campus.energy.consumption import Shown
from campus.energy.models import DegreeDays
from campus.nights import EARLIEST, LATEST, Nights
from campus.tables import exports, undo
from campus.tables import queries as imports
from campus.tables.rules import Table
from core import clock
from core.database import Database
from core.errors import CampusError, Conflict
from tests.campus.books import TEST, open_campus
from tests.campus.sample_energy import add_meter, last_months
from tests.campus.tables.files import brought_in, csv, exported, looked_at

HEADINGS = ("Meter", "Read on", "Reading", "Why lower", "New counter shows", "Reason")
DEGREES = ("Station", "Day or month", "Period", "HDD", "Heating base", "CDD", "Cooling base", "Reason")
FIRST = date(2025, 1, 1)


def meter_books(session: Session) -> None:
    """A counter, and a meter of periods that needs its short name where it is named."""
    campus = open_campus(session)
    values = {"kind": "heat", "first": FIRST, "pavilion_id": campus.pavilions[0]}
    actions.add_meter(session, WantedMeter(name="Sample heat", digits=5, **values), TEST)  # type: ignore[arg-type]
    actions.add_meter(session, WantedMeter(name="=Sample, gas", digits=None, **values), TEST)  # type: ignore[arg-type]


def test_readings_come_in_and_the_same_file_changes_nothing_more(database: Database) -> None:
    with database.write() as session:
        meter_books(session)
    file = csv(
        HEADINGS,
        ("sample-heat", "2025-01-01", "99 900,5", "", "", ""),
        ("Sample heat", "2025-02-01", "100.25", "roll-over", "", ""),
        ("Sample heat", "2025-03-01", "150", "changed", "7", ""),
        ("Sample heat", "2025-04-01", "20", "", "", ""),
        delimiter=";",
    )
    number = brought_in(database, Table.READINGS, file)
    with database.write() as session:
        assert looked_at(session, Table.READINGS, file).counts["same"] == 4
        meter = queries.meter(session, "sample-heat")
        assert [one.value for one in queries.readings(session, meter.meter_id)] == [99_900_50, 100_25, 150_00, 20_00]
        undo.undo(session, imports.get(session, number), TEST)
        assert queries.readings(session, meter.meter_id) == []


def test_rows_that_cannot_be_are_refused_each_with_its_reason(database: Database) -> None:
    with database.write() as session:
        meter_books(session)
        meter = queries.meter(session, "sample-heat")
        actions.enter_reading(session, meter, Shown(date(2025, 2, 1), 500_00), TEST)
        file = csv(
            HEADINGS,
            ("sample-heat", "2025-03-01", "400", "", "", ""),
            ("sample-heat", "2025-01-15", "600", "", "", ""),
            ("sample-heat", "2025-04-01", "700", "", "", ""),
            ("sample-heat", "2025-04-01", "800", "", "", ""),
            ("sample-heat", "2025-05-01", "1,234", "", "", ""),
            ("sample-heat", "2025-02-01", "510", "", "", ""),
            ("sample-heat", "2024-12-31", "10", "", "", ""),
            ("sample-cold", "2025-05-01", "10", "", "", ""),
            ("gas", "2025-05-01", "10", "", "", ""),
            ("sample-gas", "2025-05-01", "10", "", "", ""),
            ("sample-heat", "2025-05-01", "100000", "", "", ""),
            ("sample-heat", "2025-06-01", "900", "broken", "", ""),
            delimiter=";",
        )
        plan = looked_at(session, Table.READINGS, file)
    assert plan.counts["add"] == 1
    wrong = {one.row: (one.column, one.message) for one in plan.problems}
    assert "lower than the reading before it, of 1 Feb 2025" in wrong[2][1]
    assert wrong[3][0] == "value"
    assert wrong[5] == ("", "the same meter and day as row 4")
    assert "two readings" in wrong[6][1]
    assert wrong[7] == ("reason", "a correction needs its reason")
    assert wrong[8] == ("day", "the meter was not there yet")
    assert "near to it: Sample heat" in wrong[9][1]
    assert wrong[10][0] == "meter"
    assert wrong[11] == ("since", "say on which day the period begins")
    assert wrong[12] == ("value", "the counter has 5 digits only")
    assert wrong[13][0] == "kind"


def test_a_correction_by_file_is_a_version_and_is_not_undone(database: Database) -> None:
    with database.write() as session:
        meter_books(session)
        meter = queries.meter(session, "sample-heat")
        actions.enter_reading(session, meter, Shown(date(2025, 2, 1), 500_00), TEST)
    file = csv(HEADINGS, ("sample-heat", "2025-02-01", "510", "", "", "Read wrongly"))
    number = brought_in(database, Table.READINGS, file)
    with database.read() as session:
        (now,) = queries.readings(session, meter.meter_id)
        assert (now.value, now.reason) == (510_00, "Read wrongly")
        assert "that was there before" in undo.why_not(session, imports.get(session, number))


def test_an_import_on_which_later_readings_lean_is_not_undone(database: Database) -> None:
    with database.write() as session:
        meter_books(session)
        meter = queries.meter(session, "sample-heat")
        actions.enter_reading(session, meter, Shown(date(2025, 1, 1), 500_00), TEST)
    number = brought_in(
        database, Table.READINGS, csv(HEADINGS, ("sample-heat", "2025-02-01", "600", "changed", "0", ""))
    )
    with database.write() as session:
        actions.enter_reading(session, meter, Shown(date(2025, 3, 1), 20_00), TEST)
        with pytest.raises(Conflict, match="follow from its readings"):
            undo.undo(session, imports.get(session, number), TEST)


def test_degree_days_come_in_by_day_and_by_month_with_their_base(database: Database) -> None:
    file = csv(
        DEGREES,
        ("Sample station", "2025-01-01", "", "15.25", "20", "0", "26", ""),
        ("sample  STATION", "2025-02-01", "month", "400", "20.0", "", "", ""),
        ("Sample station", "2025-01-02", "day", "14", "18", "", "", ""),
        ("Sample station", "2025-01-03", "", "14", "", "", "", ""),
        ("Sample station", "2025-01-04", "", "", "", "", "", ""),
        ("Sample station", "2025-01-15", "month", "400", "20", "", "", ""),
        ("Sample station", "2025-01-16", "week", "400", "20", "", "", ""),
        ("Sample station", "2025-01-17", "", "2000.01", "20", "", "", ""),
        ("Sample station", "2025-01-01", "", "15", "20", "", "", ""),
    )
    number = brought_in(database, Table.DEGREE_DAYS, file, only_fine=True)
    with database.write() as session:
        assert queries.stations(session) == ["Sample station"]
        assert queries.bases(session) == {"Sample station": (200, 260)}
        plan = looked_at(session, Table.DEGREE_DAYS, file)
        wrong = {one.row: one.column for one in plan.problems}
        assert wrong == {
            4: "heating_base",
            5: "heating_base",
            6: "heating",
            7: "first",
            8: "monthly",
            9: "heating",
            10: "",
        }
        assert plan.counts["same"] == 2
        again = csv(DEGREES, ("Sample station", "2025-01-01", "", "16", "20", "0", "26", ""))
        assert looked_at(session, Table.DEGREE_DAYS, again).problems[0].column == "reason"
        undo.undo(session, imports.get(session, number), TEST)
        assert queries.stations(session) == []


TEXT = st.one_of(st.sampled_from(["", "=1+1", "'x", "-5", 'a;b,"c"', "007", "NA"]), st.text(max_size=12))
DEGREE = st.tuples(st.integers(0, 40), st.booleans(), TEXT)
READING = st.tuples(
    st.integers(0, 400), st.integers(0, 90_000_00), st.sampled_from(["", "", "roll-over", "changed"]), TEXT
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(READING, min_size=1, max_size=12), st.lists(DEGREE, min_size=1, max_size=8))
def test_the_import_of_an_export_changes_nothing(
    database: Database, shown: list[tuple[int, int, str, str]], degrees: list[tuple[int, bool, str]]
) -> None:
    with database.write() as session:
        meter_books(session)
        _enter(session, shown)
        for number, monthly, station in {
            (number, monthly): (number, monthly, text) for number, monthly, text in degrees
        }.values():
            first = (FIRST + timedelta(days=number)).replace(day=1) if monthly else FIRST + timedelta(days=number)
            _add_degrees(session, first, monthly, station)
        for table in (Table.READINGS, Table.DEGREE_DAYS):
            wanted = exports.Wanted(table, Nights(EARLIEST, LATEST))
            found = len(list(exports.rows(session, wanted)))
            for ending in (".csv", ".xlsx"):
                plan = looked_at(session, table, exported(session, wanted, ending), f"sample{ending}")
                assert plan.counts == {"rows": found, "add": 0, "change": 0, "same": found, "refused": 0}, plan.problems
        session.rollback()


def _enter(session: Session, shown: list[tuple[int, int, str, str]]) -> None:
    counter, periods = queries.meter(session, "sample-heat"), queries.meter(session, "sample-gas")
    for number, value, kind, reason in shown:
        day = FIRST + timedelta(days=number)
        text = "".join(one for one in reason if one.isprintable()) or "Sample"
        for meter, one in (
            (counter, Shown(day, value, None, kind, 5_00 if kind == "changed" else None)),
            (periods, Shown(day + timedelta(days=1), value, day)),
        ):
            try:
                actions.enter_reading(session, meter, one, TEST, text)
            except CampusError:
                continue


def _add_degrees(session: Session, first: date, monthly: bool, station: str) -> None:
    name = " ".join("".join(one for one in station if one.isprintable()).split()) or "Sample station"
    there = [one for one in queries.stations(session) if one.casefold() != name.casefold()]
    name = "Sample station" if len(there) != len(queries.stations(session)) or not name.isascii() else name
    days = list(queries.degree_days(session, [name], Nights(EARLIEST, LATEST)))
    if any((one.first, one.monthly) == (first, monthly) for one in days):
        return
    values = {"station": name, "monthly": monthly, "first": first, "heating": 10_25, "heating_base": 200}
    session.add(DegreeDays(**values, recorded_at=clock.now(), recorded_by=TEST))
    session.flush()


def test_a_meter_is_found_by_an_export_of_its_pavilion_alone(database: Database) -> None:
    with database.write() as session:
        meter_books(session)
        months = last_months(2)
        elsewhere = add_meter(session, "Sample elsewhere", "heat", months, None)
        actions.enter_reading(session, elsewhere, Shown(months[0].first, 1_00), TEST)
        wanted = exports.Wanted(Table.READINGS, Nights(EARLIEST, LATEST), 1)
        assert list(exports.rows(session, wanted)) == []
