"""The energy of the sample campus: a climate of Turin's order, and the invented saving found again."""

from datetime import date

import pytest

from campus.energy import months, savings
from campus.nights import Nights
from campus.places.models import Pavilion
from campus.sample.works_energy import SAVED, STATION, write_energy
from core.database import Database


@pytest.fixture
def books(sqlite_database: Database) -> Database:
    with sqlite_database.write() as session:
        for slug in ("africa-10", "africa-11", "americas-2"):
            session.add(Pavilion(slug=slug, name=slug, uses=["hotel"], area_m2=1000, invented=True))
        session.flush()
        write_energy(session, 1964)
    return sqlite_database


def test_the_years_have_about_2600_heating_degree_days(books: Database) -> None:
    with books.read() as session:
        for year in range(2020, 2026):
            found = months.degree_months(session, STATION, Nights(date(year, 1, 1), date(year + 1, 1, 1)))
            assert 2350 <= sum(heating or 0 for heating, _cooling in found.values()) <= 2850


def test_the_report_finds_what_the_renovation_of_africa_10_saves(books: Database) -> None:
    with books.read() as session:
        report = savings.report(session, "africa-10-heat")
        assert report is not None
        assert report.after is not None
        assert report.after.found.share == pytest.approx(SAVED, abs=0.03)
        assert report.after.found.detectable
        assert report.after.cents is not None
        assert savings.report(session, "africa-11-heat") is None
