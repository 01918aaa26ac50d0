"""Indicators are versions, values are appended: what was known on a past day stays."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.capacity.report import Moment
from campus.forecast.targets import set_target
from campus.funds import report as fund_report
from campus.renovation import actions as renovation
from campus.renovation.network import Span, Wanted
from campus.results import actions, built_in, measures, queries, rules
from campus.results.actions import Reported, WantedIndicator
from campus.results.rules import Direction, Point, Status
from campus.results.works import works
from core import clock
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.i18n import today
from core.trail import TrailEntry
from tests.campus.books import TEST, on, open_campus
from tests.campus.sample_campus import add_campus
from tests.campus.sample_works import add_package

SHARE = WantedIndicator(
    name="Sample share",
    unit="share",
    direction=Direction.HIGHER,
    baseline=Point(date(2025, 1, 1), 0.2),
    goals=[(Point(date(2026, 12, 31), 0.8), rules.TARGET)],
)


def reported(day: str, value: float | None, **more: object) -> Reported:
    return Reported(day=date.fromisoformat(day), value=value, **more)  # type: ignore[arg-type]


def known(session: Session, slug: str, day: str | None = None) -> tuple[object, ...]:
    """Name, status and values of an indicator as known on a day."""
    line = queries.line(session, slug, Moment.evening(date.fromisoformat(day) if day else None))
    return line.version.name, line.status, [(one.day.isoformat(), one.value) for one in line.values]


def test_a_correction_counts_from_the_day_it_was_made(database: Database) -> None:
    with database.write() as session:
        with on("2026-03-01"):
            version = actions.add_indicator(session, SHARE, TEST)
            actions.report(session, version, reported("2026-03-01", 0.3), TEST)
        with on("2026-03-05"):
            actions.report(session, version, reported("2026-03-01", 0.7), TEST)
        assert known(session, "sample-share", "2026-03-03") == ("Sample share", Status.OFF_TRACK, [("2026-03-01", 0.3)])
        assert known(session, "sample-share", "2026-03-05") == ("Sample share", Status.ON_TRACK, [("2026-03-01", 0.7)])
        assert len(queries.reported(session, version.indicator_id, Moment.now())) == 2


def test_what_it_was_before_is_kept_with_who_when_and_why(database: Database) -> None:
    with database.write() as session:
        with on("2026-03-01"):
            version = actions.add_indicator(session, SHARE, TEST)
        changed = WantedIndicator(name="Sample share, renamed", unit="share", direction=Direction.HIGHER)
        with on("2026-04-01"):
            actions.change_indicator(session, version, changed, TEST, "Sample reason")
        before, now = (queries.line(session, "sample-share", Moment.evening(day)) for day in (date(2026, 3, 2), None))
        assert (before.version.name, now.version.name) == ("Sample share", "Sample share, renamed")
        assert [goal.value for goal in before.version.goals] == [0.8]
        assert now.version.reason == "Sample reason"
        written = session.scalars(sa.select(TrailEntry.action).where(TrailEntry.subject == "indicator")).all()
        assert written == ["indicator.add", "indicator.change"]


def test_what_is_reported_no_more_is_still_in_reports_of_past_days(database: Database) -> None:
    with database.write() as session:
        with on("2026-03-01"):
            version = actions.add_indicator(session, SHARE, TEST)
        with on("2026-04-01"):
            actions.drop(session, version, TEST)
        assert queries.lines(session, Moment.now()) == []
        assert len(queries.lines(session, Moment.evening(date(2026, 3, 2)))) == 1
        actions.drop(session, actions.current(session, "sample-share"), TEST, back=True)
        assert [goal.value for goal in queries.lines(session, Moment.now())[0].version.goals] == [0.8]


STEPS = st.lists(st.tuples(st.integers(0, 20), st.none() | st.floats(0, 1, width=16)), min_size=1, max_size=5)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_what_was_known_on_a_day_is_the_same_whatever_is_reported_later(
    sqlite_database: Database, steps: list[tuple[int, float | None]]
) -> None:
    first, seen = date(2026, 1, 1), []
    with sqlite_database.write() as session:
        with on(first.isoformat()):
            version = actions.add_indicator(session, SHARE, TEST)
        slug = actions.slug_of(session, version)
        for number, (back, value) in enumerate(steps):
            day = first + timedelta(days=30 * (number + 1))
            with on(day.isoformat()):
                given_day = (day - timedelta(days=back)).isoformat()
                actions.report(session, version, reported(given_day, value, note="Sample"), TEST)
                seen.append((day.isoformat(), known(session, slug)))
        assert [(day, known(session, slug, day)) for day, _found in seen] == seen
        session.rollback()


def test_no_value_needs_a_reason_and_is_never_a_zero(database: Database) -> None:
    with database.write() as session:
        version = actions.add_indicator(session, SHARE, TEST)
        with pytest.raises(InvalidInput) as error:
            actions.report(session, version, Reported(day=today(), value=None), TEST)
        assert error.value.place == "note"
        actions.report(session, version, Reported(day=today(), value=None, note="No answers yet"), TEST)
        line = queries.line(session, "sample-share", Moment.now())
        assert (line.status, line.last and line.last.value) == (Status.NOT_REPORTED, None)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (Reported(day=date(2199, 1, 1), value=0.5), "day"),
        (Reported(day=date(2026, 1, 1), value=1.5), "value"),
        (Reported(day=date(2026, 1, 1), value=0.5, url="javascript:alert(1)"), "url"),
        (Reported(day=date(2026, 1, 1), value=0.5, url="https://bank.example.org@evil.example.org"), "url"),
        (Reported(day=date(2026, 1, 1), value=0.5, n=-1), "n"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_place(sqlite_database: Database, given: Reported, place: str) -> None:
    with sqlite_database.write() as session:
        version = actions.add_indicator(session, SHARE, TEST)
        with pytest.raises(InvalidInput) as error:
            actions.report(session, version, given, TEST)
        assert error.value.place == place


def test_a_goal_before_the_baseline_and_two_on_one_day_are_refused(sqlite_database: Database) -> None:
    early = (Point(date(2024, 1, 1), 0.5), rules.TARGET)
    late = (Point(date(2026, 1, 1), 0.5), rules.TARGET)
    for goals in ([early], [late, late]):
        wanted = WantedIndicator(
            name="Sample", unit="share", direction=Direction.HIGHER, baseline=SHARE.baseline, goals=goals
        )
        with sqlite_database.write() as session, pytest.raises(InvalidInput) as error:
            actions.add_indicator(session, wanted, TEST)
        assert error.value.place == "goals"


def test_a_short_name_is_taken_once(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        actions.add_indicator(session, SHARE, TEST, "sample")
        with pytest.raises(Conflict):
            actions.add_indicator(session, SHARE, TEST, "sample")


def test_the_built_in_ones_are_added_once_and_the_books_target_counts(database: Database) -> None:
    with database.write() as session:
        assert built_in.add_missing(session, TEST) == len(built_in.BUILT_IN)
        assert built_in.add_missing(session, TEST) == 0
        set_target(session, today().year, 26_000, "Sample board", TEST)
        line = queries.line(session, "room-nights", Moment.now())
        assert line.course.goals == (Point(date(today().year, 12, 31), 26_000.0),)


def test_progress_and_slip_are_counted_of_the_works(database: Database) -> None:
    with database.write() as session:
        campus = open_campus(session)
        package = add_package(session, campus)
        day = today()
        spans = {"Design": Span(day - timedelta(9), day - timedelta(2)), "Build": Span(day, day + timedelta(30))}
        for name, span in spans.items():
            wanted = renovation.WantedMilestone(name=name, weight=1 if name == "Design" else 3)
            ended = name == "Design"
            made = renovation.add_milestone(session, package, wanted, Wanted(span, ended, ended), TEST)
        built_in.add_missing(session, TEST)
        version = actions.current(session, "renovation-slip")
        assert measures.slip(session, version, Moment.now()).value is None
        renovation.approve_baseline(session, package, TEST, "Sample")
        later = Wanted(Span(day, day + timedelta(72)))
        renovation.report(session, made.milestone_id, day, later, TEST)
        assert measures.slip(session, version, Moment.now()).value == 42
        assert measures.progress(session, version, Moment.now()).value == 0.25
        assert [(one.slip, one.following) for one in works(session, Moment.now())] == [
            (42, ("Build", day + timedelta(72)))
        ]


def test_the_same_of_one_day_is_recorded_once_and_what_changed_beside_it(database: Database) -> None:
    with database.write() as session:
        version = actions.add_indicator(session, SHARE, TEST)
        given = Reported(day=today(), value=0.5, note="Sample")
        assert [actions.record(session, version, given, "clock") for _twice in range(2)] == [True, False]
        assert actions.record(session, version, Reported(day=today(), value=0.6, note="Sample"), "clock")
        found = queries.reported(session, version.indicator_id, Moment.now())
        assert [(one.value, one.by_hand) for one in found] == [(0.6, False), (0.5, False)]
        assert found[0].recorded_at <= clock.now()


def test_funds_energy_and_costs_are_counted_and_without_them_it_says_why_not(database: Database) -> None:
    with database.write() as session:
        built_in.add_missing(session, TEST)
        for slug, said in (
            ("free-funds", "no funds"),
            ("avoided-energy", "No meter"),
            ("room-night-cost", "Not every line"),
        ):
            missing = counted(session, slug)
            assert missing.value is None
            assert said in missing.note
    add_campus(database, "funds", "energy", "costs")
    with database.read() as session:
        free, avoided, cost = (counted(session, slug) for slug in ("free-funds", "avoided-energy", "room-night-cost"))
        until = fund_report.Asked(date(today().year, 1, 1), today())
        total = fund_report.total(fund_report.lines(session, until))
    assert total is not None
    assert free.value == total.free / 100
    assert avoided.value is not None
    assert avoided.value > 0
    assert "90%" in avoided.note
    assert cost.value is None or cost.value > 0


def counted(session: Session, slug: str) -> measures.Counted:
    """What the service counts for an indicator now."""
    version = actions.current(session, slug)
    return measures.MEASURES[version.measure](session, version, Moment.now())
