"""Pick-up, pace, what groups make of their rooms, and how the kept forecasts did."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from campus.blocks import actions as blocks
from campus.forecast.accuracy import accuracy
from campus.forecast.keep import keep, since
from campus.forecast.make import make_forecast
from campus.forecast.materialisation import Before, groups, materialisation
from campus.forecast.models import OnTheBooks, Snapshot
from campus.forecast.pace import pace
from campus.forecast.pickup import pick_up
from campus.nights import Nights
from campus.occupancy import actions
from core import clock
from core.database import Database
from core.errors import InvalidInput
from core.i18n import today
from tests.campus.books import TEST, nights, open_campus
from tests.campus.evenings import take_missing
from tests.campus.sample_forecast import add_forecast

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """`days[0]` is the present moment."""
    moment = [MONDAY]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


def noted(session: Session, evening: date, *nights: tuple[date, int, int]) -> None:
    """A snapshot with so many rooms sold in nights of the first and of the second segment."""
    session.add(Snapshot(taken_on=evening, made_at=clock.now()))
    session.flush()
    for night, first, second in nights:
        for segment, sold in ((1, first), (2, second)):
            session.add(OnTheBooks(taken_on=evening, night=night, segment_id=segment, sold=sold, held=0))
    session.flush()


def test_pick_up_is_what_was_booked_between_two_evenings_less_what_was_cancelled(
    database: Database, days: list[datetime]
) -> None:
    with database.write() as session:
        campus = open_campus(session)
        stay = campus.stay(session, 0, "2026-03-10", "2026-03-13")
    days[0] += timedelta(days=1)
    with database.write() as session:
        campus.stay(session, 1, "2026-03-30", "2026-04-02", segment_id=campus.segments[1])
        actions.change_nights(session, stay.number, nights("2026-03-10", "2026-03-11"), TEST, "")
    days[0] += timedelta(days=1)
    with database.write() as session:
        take_missing(session, days[0].date())
        report = pick_up(session, date(2026, 3, 2), date(2026, 3, 3))
    march, april = report.by_month()[date(2026, 3, 1)], report.by_month()[date(2026, 4, 1)]
    assert (march.before, march.after, march.picked_up) == (3, 3, 0)
    assert april.picked_up == 1
    assert {key: one.picked_up for key, one in report.by_segment().items()} == {1: -2, 2: 3}
    assert report.total(1).picked_up == -2
    assert sum(one.picked_up for one in report.by_month().values()) == report.total().picked_up == 1


def test_pick_up_over_weeks_takes_what_became_of_nights_that_are_over_and_says_what_it_cannot_know(
    database: Database, days: list[datetime]
) -> None:
    with database.write() as session:
        open_campus(session)
        noted(session, date(2026, 3, 2), (date(2026, 3, 3), 1, 0), (date(2026, 3, 4), 1, 0))
        noted(session, date(2026, 3, 10), (date(2026, 3, 3), 3, 0))
        noted(session, date(2026, 3, 20), (date(2026, 4, 1), 0, 2))
        report = pick_up(session, date(2026, 3, 2), date(2026, 3, 20))
    assert report.by_segment()[1].picked_up == 2
    assert report.by_segment()[2].picked_up == 2
    assert report.unknown == 9  # those whose week after ends on an evening without a snapshot


def test_an_evening_without_a_snapshot_is_said_and_never_guessed(database: Database) -> None:
    with database.write() as session:
        open_campus(session)
        noted(session, date(2026, 3, 2))
        with pytest.raises(InvalidInput, match="no snapshot of 1 Mar 2026"):
            pick_up(session, date(2026, 3, 1), date(2026, 3, 2))
        with pytest.raises(InvalidInput, match="no snapshot of 3 Mar 2025"):
            pace(session, date(2026, 3, 2))
        with pytest.raises(InvalidInput, match="later"):
            pick_up(session, date(2026, 3, 2), date(2026, 3, 2))


def test_pace_compares_the_same_weekdays_a_year_before_and_tells_what_became_of_them(database: Database) -> None:
    on, night = date(2026, 3, 2), date(2026, 5, 4)
    before = timedelta(days=364)
    with database.write() as session:
        open_campus(session)
        noted(session, on, (night, 4, 1))
        noted(session, on - before, (night - before, 6, 1))
        noted(session, night - before + timedelta(days=7), (night - before, 9, 1))
        report = pace(session, on)
    assert night.weekday() == (night - before).weekday()
    may = report.by_month()[date(2026, 5, 1)]
    assert (may.now, may.then, may.became, may.ahead) == (5, 7, 10, -2)
    assert report.by_segment()[1].ahead == -2
    assert report.total(2).ahead == 0
    assert report.unknown > 0


def test_a_group_is_followed_week_by_week_to_its_wash(database: Database, days: list[datetime]) -> None:
    with database.write() as session:
        campus = open_campus(session)
        contracted = {(campus.types[0], night): 2 for night in nights("2026-04-06", "2026-04-08")}
        wanted = campus.block(cut_off=date(2026, 3, 23), expected_wash=0.25)
        block = blocks.hold(session, wanted, contracted, TEST)
    picks = []
    for week, room in ((1, 0), (3, 2)):
        days[0] = MONDAY + timedelta(weeks=week)
        with database.write() as session:
            picks.append(campus.stay(session, room, "2026-04-06", "2026-04-08", block=block.number))
    days[0] = MONDAY + timedelta(weeks=4)
    with database.write() as session:
        actions.cancel(session, picks[1].number, TEST, "ill")
    with database.read() as session:
        arrivals = Nights(date(2026, 1, 1), date(2027, 1, 1))
        report = materialisation(groups(session, arrivals, date(2026, 4, 8)))
        to_cut_off = materialisation(groups(session, arrivals, date(2026, 4, 8), Before.CUT_OFF))
        assert groups(session, arrivals, date(2026, 4, 7)) == []
    shares = {week.before: week.share for week in report.weeks if week.groups}
    assert shares == {5: 0, 4: 0.5, 3: 0.5, 2: 1.0, 1: 0.5, 0: 0.5}
    assert {week.before: week.share for week in to_cut_off.weeks if week.groups} == {3: 0, 2: 0.5, 1: 0.5, 0: 1.0}
    assert (report.groups, report.contracted, report.final) == (1, 4, 2)
    assert (report.wash, report.expected_wash) == (0.5, 0.25)


def test_without_groups_there_is_no_wash() -> None:
    report = materialisation([])
    assert (report.groups, report.wash, report.expected_wash) == (0, None, None)


def test_kept_forecasts_are_held_against_what_came(database: Database) -> None:
    with database.write() as session:
        add_forecast(session, open_campus(session))
        did = accuracy(session, today(), None)
    assert did.forecasts == len(did.month_ago) == 4
    assert did.error is not None
    assert did.naive_error is not None
    assert did.error < did.naive_error
    assert did.within == 1


def test_a_method_is_used_since_the_day_on_which_it_became_the_best(database: Database) -> None:
    with database.write() as session:
        add_forecast(session, open_campus(session))
        content = make_forecast(session, today())
        kept = keep(session, today() + timedelta(days=1), content).content["since"]
    month_ago = (today() - timedelta(days=28)).isoformat()
    assert kept["1-0"] == month_ago
    other = {**content, "segments": [{"segment": 1, "tests": [content["segments"][0]["tests"][0] | {"best": "naive"}]}]}
    assert since(content | {"since": kept}, other, today()) == {"1-0": today().isoformat()}
