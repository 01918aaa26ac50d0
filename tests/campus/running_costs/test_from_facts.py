"""The published totals of item 18, from a copy of the facts; security apart."""

from datetime import date
from pathlib import Path

import pytest

from campus.capacity.report import Moment
from campus.funds import facts
from campus.nights import Nights
from campus.running_costs.from_facts import load
from campus.running_costs.report import make_report
from campus.running_costs.rules import Kind, Line
from core.database import Database
from core.errors import InvalidInput
from tests.campus.books import TEST

FILE = Path(__file__).parents[1] / "funds" / "facts.toml"
TWO_YEARS = {first: Nights(date(first, 1, 1), date(first + 2, 1, 1)) for first in (2022, 2024)}
THOUSAND = 1000_00


def test_the_facts_give_the_printed_totals_of_item_18_and_security_apart(database: Database) -> None:
    found = facts.read(FILE.read_bytes())
    with database.write() as session:
        assert load(session, found, TEST) == 18
        assert load(session, found, TEST) == 0
        earlier = make_report(session, TWO_YEARS[2022], Moment.now())
        later = make_report(session, TWO_YEARS[2024], Moment.now())
        one_year = make_report(session, Nights.year(2024), Moment.now())
    totals = [
        earlier.total.figures[Kind.BUDGET],
        earlier.total.figures[Kind.FORECAST],
        later.total.figures[Kind.BUDGET],
    ]
    assert [one.cents for one in totals] == [4_723 * THOUSAND, 5_495 * THOUSAND, 4_940 * THOUSAND]
    assert all(one.complete for one in totals)
    assert earlier.security.figures[Kind.FORECAST].cents == 854 * THOUSAND
    assert later.security.figures[Kind.BUDGET].cents == 890 * THOUSAND
    assert earlier.lines[Line.MAINTENANCE].forecast is not None
    assert earlier.lines[Line.MAINTENANCE].forecast.difference == 661 * THOUSAND
    assert earlier.total.variance is not None
    assert earlier.total.variance[0] is Kind.FORECAST
    assert earlier.total.variance[1].difference == 772 * THOUSAND
    assert one_year.total.figures[Kind.BUDGET].cents == 0
    assert one_year.cut == [TWO_YEARS[2024]]


def test_a_changed_facts_file_is_a_correction_and_a_strange_column_is_named(database: Database) -> None:
    text = FILE.read_text()
    with database.write() as session:
        load(session, facts.read(text.encode()), TEST)
        assert load(session, facts.read(text.replace("cleaning = [465,", "cleaning = [466,").encode()), TEST) == 1
        with pytest.raises(InvalidInput) as refused:
            load(session, facts.read(text.replace('"2022-23 forecast"', '"2022 estimate"').encode()), TEST)
        assert refused.value.place == "running_costs_thousand_eur.columns.1"
