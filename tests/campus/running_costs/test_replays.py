"""A report of a past day tells what was known then, whatever came later; sums over parties agree with their total."""

from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.orm import Session

from campus.capacity.report import Moment
from campus.known import end_of
from campus.nights import Nights
from campus.running_costs import actions, queries, units
from campus.running_costs.pivot import pivot
from campus.running_costs.report import make_report
from campus.running_costs.rules import COSTS, INCOMES, Kind, Line, Place
from core.database import Database
from core.errors import Conflict, InvalidInput
from tests.campus.books import TEST, nights, on, open_campus
from tests.campus.running_costs.entries import enter, place

YEAR = nights("2026-01-01", "2027-01-01")
START = date(2026, 5, 1)
STEP = st.tuples(
    st.sampled_from(["enter", "correct", "withdraw", "restore"]),
    st.sampled_from((Line.WASTE, Line.CLEANING, *INCOMES)),
    st.sampled_from((Kind.BUDGET, Kind.ACTUAL)),
    st.integers(0, 3),
    st.integers(0, 10**7),
)


def _step(session: Session, party: int, step: tuple[str, Line, Kind, int, int]) -> None:
    """One change; what cannot be is left out."""
    what, line, kind, month, cents = step
    wanted = Place(line, kind, YEAR.months()[month], party if line in INCOMES else None)
    found = queries.meeting(session, wanted)
    try:
        if what == "enter":
            actions.enter(session, wanted, cents, TEST, reason="sample")
        elif found and what == "correct":
            actions.correct(session, found[0].number, cents, "", "sample", TEST)
        elif found and what == "withdraw":
            actions.withdraw(session, found[0].number, "sample", TEST)
        elif found:
            actions.restore(session, found[0].number, TEST)
    except (Conflict, InvalidInput):
        pass


def test_every_evening_can_be_told_again_after_any_series_of_changes(database: Database) -> None:
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, min_size=6, max_size=14))
    def replayed(steps: list[tuple[str, Line, Kind, int, int]]) -> None:
        with database.write() as session:
            campus = open_campus(session)
            kept = []
            for number, step in enumerate(steps):
                day = START + timedelta(days=number)
                with on(day.isoformat()):
                    _step(session, campus.party, step)
                kept.append((day, make_report(session, YEAR, Moment.now())))
            for day, report in kept:
                assert make_report(session, YEAR, Moment(end_of(day), day)) == report
                for line in INCOMES:
                    for kind in Kind:
                        parts = sum(row.figures[kind].cents for row in report.incomes[line].values())
                        assert parts == report.received[line].figures[kind].cents
            session.rollback()

    replayed()


def test_units_are_of_the_days_for_which_every_line_has_an_amount(database: Database) -> None:
    february = nights("2026-02-01", "2026-03-01")
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2026-01-30", "2026-02-05")
        for line in COSTS:
            enter(session, place(line, Kind.ACTUAL, "2026-02-01", "2026-03-01"), 1000)
        enter(session, place(Line.WASTE, Kind.ACTUAL, "2026-03-01", "2026-04-01"), 9000)
        enter(session, place(Line.RENT, Kind.ACTUAL, "2026-02-01", "2026-03-01", campus.party), 400)
        enter(session, place(Line.RECOVERY, Kind.ACTUAL, "2026-01-01", "2026-04-01", campus.party), 9000)
        parts = units.steps(nights("2026-01-01", "2026-04-01"))
        january, found, march = units.units(session, parts, Moment.now())
        (whole,) = units.units(session, [YEAR], Moment.now())
    assert january is None
    assert march is None
    assert found is not None
    assert found == whole
    assert (found.spans, found.cents, found.paid, found.nights) == ((february,), 5000_00, 400_00, 4)
    assert (found.area.m2, found.area.pavilions, found.area.invented) == (2000, 2, True)
    assert found.per_night(found.cents) == pytest.approx(1250_00)
    assert found.per_m2(found.net) == pytest.approx(230)


def test_without_nights_or_areas_there_is_no_cost_of_one() -> None:
    none = units.Units((), 5, 0, 0, units.Area(0, 0, 3, False))
    assert (none.per_night(5), none.per_m2(5)) == (None, None)


def test_a_long_period_is_told_by_years() -> None:
    assert len(units.steps(nights("2026-01-01", "2028-01-01"))) == 24
    assert units.steps(nights("2025-03-01", "2028-01-01"))[0] == nights("2025-03-01", "2026-01-01")


def test_a_pivot_has_every_amount_once_and_its_sums(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        campus = open_campus(session)
        for month in YEAR.months()[:3]:
            actions.enter(session, Place(Line.WASTE, Kind.ACTUAL, month), 100_05, TEST)
        enter(session, place(Line.RENT, Kind.BUDGET, "2026-01-01", "2026-04-01", campus.party), 7)
        enter(session, place(Line.WASTE, Kind.BUDGET, "2026-01-01", "2028-01-01"), 9)
        headings, rows = pivot(session, YEAR, Moment.now(), {campus.party: "Sample programme"})
        assert pivot(session, Nights.year(1999), Moment.now(), {})[1] == []
    assert headings[3:] == [
        "2026-01-01 – 2026-01-31",
        "2026-01-01 – 2026-03-31",
        "2026-02-01 – 2026-02-28",
        "2026-03-01 – 2026-03-31",
        "together",
    ]
    assert rows == [
        ["budget", "rent", "Sample programme", "", 7.0, "", "", 7.0],
        ["actual", "waste", "", 100.05, "", 100.05, 100.05, 300.15],
    ]
