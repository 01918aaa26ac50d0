"""Files with as much in them as may be: looked through while other writers wait, so their rows are never compared
each with each.
"""

from datetime import date, timedelta
from time import process_time

from campus.energy import actions
from campus.energy.actions import WantedMeter
from campus.tables.rules import Table
from core.database import Database
from tests.campus.books import TEST, open_campus
from tests.campus.tables.files import csv, looked_at

DAYS = [(date(1970, 1, 1) + timedelta(days=number)).isoformat() for number in range(4000)]
SECONDS = 4  # of one core; each with each takes more than twice as long


def test_a_cost_for_each_of_thousands_of_days_is_looked_through_in_a_moment(sqlite_database: Database) -> None:
    columns = ("First day", "Last day", "Cost line", "Kind of amount", "Amount in euros")
    rows = [(day, day, "waste", "actual", "5") for day in DAYS]
    content = csv(columns, *rows, (DAYS[7], DAYS[9], "waste", "actual", "5"), delimiter=";")
    with sqlite_database.write() as session:
        open_campus(session)
        begun = process_time()
        plan = looked_at(session, Table.COSTS, content)
        assert process_time() - begun < SECONDS
    assert (plan.counts["add"], plan.counts["refused"]) == (4000, 1)
    assert [one.message for one in plan.problems] == ["has days in common with row 9"]


def test_a_counter_that_falls_for_thousands_of_days_is_refused_row_by_row(sqlite_database: Database) -> None:
    shown = [*range(2000), *range(2000, 0, -1)]
    content = csv(("Meter", "Day", "Reading"), *zip(["Sample meter"] * 4000, DAYS, shown, strict=True), delimiter=";")
    with sqlite_database.write() as session:
        open_campus(session)
        meter = WantedMeter(name="Sample meter", kind="electricity", first=date(1970, 1, 1), digits=9)
        actions.add_meter(session, meter, TEST)
        begun = process_time()
        plan = looked_at(session, Table.READINGS, content)
        assert process_time() - begun < SECONDS
    assert (plan.counts["add"], plan.counts["refused"]) == (2001, 1999)
    assert plan.problems[0].row == 2003
