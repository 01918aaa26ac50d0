"""Meters in the books: what is known of a past day stays known, a baseline is repeated, and a saving is found again."""

from datetime import date, timedelta

import pytest

from campus.energy import actions, keeping, queries, savings
from campus.energy import months as tables
from campus.energy.actions import WantedMeter
from campus.energy.consumption import Shown
from campus.energy.savings import Phase
from campus.known import end_of
from campus.nights import Nights
from campus.renovation import actions as works
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.network import Span, Wanted
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import today
from tests.campus.books import TEST, on, open_campus
from tests.campus.sample_energy import (
    STATION,
    add_degree_days,
    add_meter,
    add_readings,
    confirm,
    use_of,
)

MONTHS = Nights(date(2022, 1, 1), date(2025, 1, 1)).months()
WORKS = Nights(date(2024, 1, 1), date(2024, 3, 1))
SLUG = "sample-heat"


@pytest.fixture
def books(database: Database) -> Database:
    """Three years of heat, of which a quarter is saved after the works; known since January 2025."""
    with database.write() as session, on("2025-01-02"):
        campus = open_campus(session)
        add_degree_days(session, MONTHS)
        meter = add_meter(session, "Sample heat", "heat", MONTHS, campus.pavilions[0])
        add_readings(session, meter, MONTHS, lambda month: use_of(month) * (0.75 if month.first >= WORKS.until else 1))
        confirm(session, SLUG, MONTHS[:24], WORKS)
    return database


def test_a_known_saving_is_found_again(books: Database) -> None:
    with books.read() as session:
        report = savings.report(session, SLUG)
    assert report is not None
    assert report.after is not None
    assert report.after.found.share == pytest.approx(0.25, abs=0.03)
    assert report.after.found.low <= 0.25 * report.after.found.predicted <= report.after.found.high
    assert report.after.found.detectable
    assert [report.sums[phase].months for phase in (Phase.BASELINE, Phase.DURING, Phase.AFTER)] == [24, 2, 10]
    assert Phase.BEFORE not in report.sums
    assert report.after.cents is None
    assert report.running[MONTHS[-1].first] == report.after.found
    assert not report.corrected


def test_the_phases_add_up_to_the_months(books: Database) -> None:
    with books.read() as session:
        report = savings.report(session, SLUG)
    assert report is not None
    told = [one.found for one in report.months if one.found]
    assert sum(one.found.avoided for one in report.sums.values()) == pytest.approx(sum(one.avoided for one in told))
    assert sum(one.months for one in report.sums.values()) == len(told) == 36


def test_with_a_price_it_is_told_in_euros(books: Database) -> None:
    with books.write() as session:
        actions.set_price(session, "heat", MONTHS[0].first, 1000, "Sample contract", TEST)
        report = savings.report(session, SLUG)
        assert report is not None
        assert report.after is not None
        found = report.after.found
        assert report.after.cents == pytest.approx(found.avoided * 10, abs=10)
        assert report.after.low_cents == pytest.approx(found.low * 10, abs=1)
        with pytest.raises(InvalidInput, match="reason"):
            actions.set_price(session, "heat", MONTHS[0].first, 1100, "Sample contract", TEST)


def test_a_report_of_a_past_day_stays_what_it_was(books: Database) -> None:
    with books.write() as session:
        before = savings.report(session, SLUG, end_of(date(2025, 1, 31)))
        meter = queries.meter(session, SLUG)
        shown = queries.shown(queries.reading(session, meter.meter_id, MONTHS[5].first))
        with on("2025-02-10"):
            corrected = Shown(shown.day, shown.value + 50_00)
            actions.enter_reading(session, meter, corrected, TEST, "Read wrongly")
            actions.set_price(session, "heat", MONTHS[0].first, 1000, "Sample contract", TEST)
            confirm(session, SLUG, MONTHS[:18], WORKS, "Fewer months")
        now = savings.report(session, SLUG)
        past = savings.report(session, SLUG, end_of(date(2025, 1, 31)))
    assert before is not None
    assert past is not None
    assert now is not None
    assert (past.sums, past.months, past.kept.number) == (before.sums, before.months, 1)
    assert (now.kept.number, now.fitted.months) == (2, 18)
    assert now.sums != past.sums


def test_data_that_were_corrected_since_the_baseline_are_noticed(books: Database) -> None:
    with books.write() as session:
        meter = queries.meter(session, SLUG)
        actions.withdraw_reading(session, meter, MONTHS[3].first, TEST, "Read wrongly")
        report = savings.report(session, SLUG)
    assert report is not None
    assert report.corrected


def test_nothing_is_told_before_the_meter_was_known(books: Database) -> None:
    with books.read() as session, pytest.raises(NotFound):
        savings.report(session, SLUG, end_of(date(2024, 12, 31)))


def test_a_baseline_that_was_seen_differently_is_not_confirmed(books: Database) -> None:
    wanted = keeping.Wanted(
        meters=[SLUG], station=STATION, first=MONTHS[0].first, last=MONTHS[23].first, with_nights=False
    )
    with books.write() as session:
        with pytest.raises(InvalidInput, match="look again"):
            keeping.confirm(session, wanted, "0" * 64, TEST, "Sample")
        with pytest.raises(InvalidInput, match="reason"):
            keeping.confirm(session, wanted, keeping.try_out(session, wanted).digest, TEST, "")


def test_months_in_which_something_is_missing_are_named_and_not_guessed(books: Database) -> None:
    with books.write() as session:
        meter = queries.meter(session, SLUG)
        period = Nights(MONTHS[0].first, date(2025, 3, 1))
        rows = tables.month_table(session, [meter], STATION, period)
        assert rows[0].missing == ["room-nights"]
        assert rows[-1].missing == ["readings", "degree-days", "room-nights"]
        wanted = keeping.Wanted(meters=[SLUG], station=STATION, first=MONTHS[25].first, last=date(2025, 2, 1))
        with pytest.raises(InvalidInput, match="at least 12 months, and 0 of those chosen are whole"):
            keeping.try_out(session, wanted)


def test_room_nights_of_the_pavilion_count_from_the_first_stay_of_the_books(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        campus.stay(session, 0, "2024-02-27", "2024-03-03")
        campus.stay(session, 1, "2024-03-05", "2024-03-09")
        add_degree_days(session, MONTHS)
        one = add_meter(session, "Sample north", "heat", MONTHS, campus.pavilions[0])
        whole = add_meter(session, "Sample whole", "heat", MONTHS, None)
        period = Nights(date(2024, 1, 1), date(2024, 4, 1))
        nights = [
            [row.room_nights for row in tables.month_table(session, [meter], STATION, period)] for meter in (one, whole)
        ]
    assert nights == [[None, 3, 2], [None, 3, 6]]


def test_the_works_lie_where_the_plan_says_from_its_heaviest_milestone_on(books: Database) -> None:
    with books.write() as session:
        meter = queries.meter(session, SLUG)
        assert savings.planned_works(session, meter.pavilion_id) is None
        assert meter.pavilion_id is not None
        package = works.add_package(
            session, WantedPackage(name="Sample works", pavilion_id=meter.pavilion_id, purposes=["energy"]), TEST
        )
        for name, weight, first, last in (
            ("Design", 1, "2023-01-01", "2023-06-30"),
            ("Works", 5, "2024-02-01", "2024-05-15"),
        ):
            span = Wanted(Span(date.fromisoformat(first), date.fromisoformat(last)), begun=True, ended=True)
            works.add_milestone(session, package, WantedMilestone(name=name, weight=weight), span, TEST)
        planned = savings.planned_works(session, meter.pavilion_id)
        assert planned == Nights(date(2024, 2, 1), date(2024, 5, 16))
        confirm(session, SLUG, MONTHS[:24], None, "The plan says when")
        report = savings.report(session, SLUG)
    assert report is not None
    assert [report.sums[one].months for one in (Phase.BEFORE, Phase.DURING, Phase.AFTER)] == [1, 4, 7]


def test_meters_of_a_pavilion_are_told_together(books: Database) -> None:
    with books.write() as session:
        meter = queries.meter(session, SLUG)
        other = add_meter(session, "Sample other heat", "heat", MONTHS, meter.pavilion_id)
        add_readings(session, other, MONTHS, use_of)
        both = [meter, other]
        period = Nights(MONTHS[0].first, MONTHS[-1].until)
        sums = [row.used for row in tables.month_table(session, both, STATION, period)]
        alone = [[row.used for row in tables.month_table(session, [one], STATION, period)] for one in both]
        assert sums == pytest.approx([one + more for one, more in zip(*alone, strict=True)])
        campus_wide = add_meter(session, "Sample whole", "heat", MONTHS, None)
        assert campus_wide.pavilion_id is None
        wanted = keeping.Wanted(
            meters=[SLUG, "sample-whole"], station=STATION, first=MONTHS[0].first, last=MONTHS[23].first
        )
        with pytest.raises(InvalidInput, match="of one pavilion"):
            keeping.try_out(session, wanted)


def test_the_usual_months_are_the_two_years_before_the_works(books: Database) -> None:
    with books.read() as session:
        meter = queries.meter(session, SLUG)
        rows = tables.month_table(
            session, [meter], STATION, Nights(MONTHS[0].first, MONTHS[-1].until), with_nights=False
        )
    assert keeping.usual(rows, WORKS) == (date(2022, 1, 1), date(2023, 12, 1))
    assert keeping.usual(rows, Nights(date(2023, 6, 1), date(2023, 7, 1))) == (date(2022, 6, 1), date(2023, 5, 1))
    assert keeping.usual(rows, Nights(date(2022, 6, 1), date(2022, 7, 1))) is None
    assert keeping.usual(rows, None) == (date(2022, 1, 1), date(2023, 12, 1))


def test_days_make_a_month_only_when_all_are_there(database: Database) -> None:
    from campus.energy.models import DegreeDays
    from core import clock

    april = Nights(date(2024, 4, 1), date(2024, 5, 1))
    with database.write() as session:
        for day in (*april, date(2024, 5, 1)):
            values = {"station": STATION, "monthly": False, "first": day, "heating": 10_50, "heating_base": 200}
            session.add(DegreeDays(**values, recorded_at=clock.now(), recorded_by=TEST))
        session.flush()
        found = tables.degree_months(session, STATION, Nights(april.first, date(2024, 6, 1)))
    assert found == {april.first: (315.0, 0.0), date(2024, 5, 1): (None, 0.0)}


def test_a_meter_that_cannot_be_is_refused(database: Database) -> None:
    good = WantedMeter(name="Sample", kind="heat", first=today(), digits=6)
    with database.write() as session:
        for values, place in (
            ({"kind": "steam"}, "kind"),
            ({"digits": 2}, "digits"),
            ({"pavilion_id": 9}, "pavilion"),
            ({"kwh_factor": 0}, "kwh_factor"),
            ({"until": today() - timedelta(days=1)}, "until"),
        ):
            fields = {name: getattr(good, name) for name in ("name", "kind", "first", "digits")} | values
            with pytest.raises(InvalidInput) as error:
                actions.add_meter(session, WantedMeter(**fields), TEST)  # type: ignore[arg-type]
            assert error.value.place == place
        meter = actions.add_meter(session, good, TEST, "sample")
        with pytest.raises(Conflict):
            actions.add_meter(session, good, TEST, "sample")
        with pytest.raises(InvalidInput, match="not there yet"):
            actions.enter_reading(session, meter, Shown(today() - timedelta(days=1), 1), TEST)
        with pytest.raises(InvalidInput, match="future"):
            actions.enter_reading(session, meter, Shown(today() + timedelta(days=1), 1), TEST)
