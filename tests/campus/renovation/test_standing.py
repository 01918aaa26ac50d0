"""Slips against any baseline, drift, causes, and all of them as they were known: on both databases."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from campus.renovation import actions, queries, reporting, slips, standing
from campus.renovation.network import Placed, Span, Wanted
from campus.renovation.standing import PackagePlan, package_plan
from core import clock
from core.database import Database
from core.errors import InvalidInput, NotFound
from core.i18n import today
from tests.campus.books import TEST, open_campus
from tests.campus.sample_works_reports import SLUG, add_reported_works, days_ago, keys_of

ALL = ("Survey", "Drawings", "Building", "Lift", "Keys handed over")


@pytest.fixture
def works(database: Database) -> Database:
    with database.write() as session:
        add_reported_works(session, open_campus(session))
    return database


def told(session: Session, days: int = 0, number: int | None = None) -> PackagePlan:
    at = clock.now() - timedelta(days=days) if days else None
    return package_plan(session, queries.package(session, SLUG), at, number)


def slip_of(plan: PackagePlan) -> dict[str, int | None]:
    return {plan.plan.milestones[line.key].name: line.slip for line in plan.lines}


def test_a_slip_is_told_with_its_cause_and_what_it_pushes(works: Database) -> None:
    with works.read() as session:
        plan, keys = told(session, number=1), keys_of(session)
    assert slip_of(plan) == {"Survey": 2, "Drawings": 3, "Building": 45, "Lift": 45, "Keys handed over": 45}
    lift = next(line for line in plan.lines if line.key == keys["Lift"])
    assert lift.path == (keys["Building"], keys["Lift"])
    building = next(line for line in plan.lines if line.key == keys["Building"])
    assert building.pushes == (keys["Lift"], keys["Keys handed over"])
    assert (plan.slip, building.drift) == (45, 17)


def test_the_newest_baseline_counts_unless_another_is_asked_for(works: Database) -> None:
    with works.read() as session:
        plan = told(session)
        with pytest.raises(NotFound):
            told(session, number=3)
    assert (plan.baseline and plan.baseline.number, slip_of(plan)["Building"]) == (2, 42)


def test_reports_slips_and_baselines_are_told_as_they_were_known(works: Database) -> None:
    with works.read() as session:
        before = [told(session, days) for days in (30, 70, 160, 214)]
        assert [slip_of(plan)["Building"] for plan in before] == [25, 0, 2, 0]
        assert [len(plan.baselines) for plan in before] == [2, 2, 1, 1]
        assert told(session, 300).lines == []
    with works.write() as session:
        key = keys_of(session)["Building"]
        late = Wanted(Span(today() - timedelta(days=95), today() + timedelta(days=200)))
        actions.report(session, key, today() - timedelta(days=160), late, TEST)
        actions.approve_baseline(session, queries.package(session, SLUG), TEST, "Again")
    with works.read() as session:
        again = [told(session, days) for days in (30, 70, 160, 214)]
    assert [(one.lines, one.finish, one.slip) for one in again] == [(one.lines, one.finish, one.slip) for one in before]


def test_reporting_the_same_dates_again_moves_nothing(works: Database) -> None:
    with works.write() as session:
        plan = told(session)
        same = {line.key: plan.plan.wanted[line.key] for line in plan.lines}
        assert reporting.preview(session, plan.plan, same, today()).moves == []
        assert reporting.changed(plan.plan, same) == {}
        reporting.report_all(session, plan.plan, same, today(), TEST, "")
        after = told(session)
    assert after.plan.placed == plan.plan.placed
    assert slip_of(after) == slip_of(plan)
    assert {line.drift for line in after.lines} == {0}


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 4), st.integers(1, 60))
def test_a_slip_of_zero_changes_nothing_whatever_was_reported_before(works: Database, which: int, days: int) -> None:
    with works.write() as session, days_ago(2):
        plan = told(session)
        line = plan.lines[which]
        old = plan.plan.wanted[line.key]
        moved = Wanted(Span(old.span.start, old.span.finish + timedelta(days=days)), begun=old.begun)
        actions.report(session, line.key, today(), moved, TEST)
        actions.approve_baseline(session, plan.package, TEST, "")
    with works.write() as session:
        plan = told(session)
        same = {one.key: plan.plan.wanted[one.key] for one in plan.lines}
        reporting.report_all(session, plan.plan, same, today(), TEST, "")
        after = told(session)
        assert {(one.slip, one.drift, one.path, one.pushes) for one in after.lines} == {(0, 0, (), ())}
        session.rollback()


def test_a_report_of_an_earlier_day_moves_nothing_that_counts(works: Database) -> None:
    early = Wanted(Span(today() - timedelta(days=95), today() + timedelta(days=300)), begun=True)
    with works.write() as session:
        plan, key = told(session), keys_of(session)["Building"]
        seen = reporting.preview(session, plan.plan, {key: early}, today() - timedelta(days=30))
        assert (seen.moves, seen.superseded) == ([], [key])
        actions.report(session, key, today() - timedelta(days=30), early, TEST)
        assert told(session).plan.placed == plan.plan.placed
        assert len(queries.reports(session, [key])) == 5


def test_the_preview_tells_what_a_report_would_push(works: Database) -> None:
    late = Wanted(Span(today() - timedelta(days=95), today() + timedelta(days=87)), begun=True)
    with works.read() as session:
        plan, keys = told(session), keys_of(session)
        seen = reporting.preview(session, plan.plan, {keys["Building"]: late}, today())
    assert [(move.key, move.days, move.driver) for move in seen.moves] == [
        (keys["Building"], 10, None),
        (keys["Lift"], 10, keys["Building"]),
        (keys["Keys handed over"], 10, keys["Lift"]),
    ]


def test_of_several_reports_the_wrong_one_is_named_and_none_is_written(works: Database) -> None:
    with works.write() as session:
        plan, keys = told(session), keys_of(session)
        good = Wanted(Span(today(), today() + timedelta(days=90)))
        bad = Wanted(Span(today(), today() + timedelta(days=9)), ended=True)
        wanted = {keys["Lift"]: good, keys["Keys handed over"]: bad}
        with pytest.raises(InvalidInput, match="Keys handed over: what has ended") as refused:
            reporting.report_all(session, plan.plan, wanted, today(), TEST, "")
        assert refused.value.place == f"finish_{keys['Keys handed over']}"
        assert len(queries.reports(session, [keys["Lift"]])) == 1


SPANS = st.dictionaries(st.integers(1, 6), st.tuples(st.integers(0, 400), st.integers(0, 90)), max_size=6)


@given(SPANS, SPANS)
def test_slips_turn_their_sign_when_two_baselines_are_exchanged(
    first: dict[int, tuple[int, int]], second: dict[int, tuple[int, int]]
) -> None:
    one, other = (
        {
            key: Span(today() + timedelta(start), today() + timedelta(start + days))
            for key, (start, days) in some.items()
        }
        for some in (first, second)
    )
    assert slips.between(one, other) == {key: -days for key, days in slips.between(other, one).items()}
    assert set(slips.between(one, one).values()) <= {0}


def test_what_the_baseline_pushed_already_is_no_cause() -> None:
    day = today()
    placed = {
        1: Placed(Span(day, day), None),
        2: Placed(Span(day, day + timedelta(days=9)), 1),
        3: Placed(Span(day, day + timedelta(days=12)), 2),
    }
    assert slips.late_path(3, placed, {1: 0, 2: 9, 3: 12}) == (2, 3)
    assert slips.late_path(3, placed, {1: None, 2: 9, 3: 12}) == (1, 2, 3)
    assert slips.late_path(3, placed, {1: 5, 2: 9, 3: 0}) == ()


def test_spans_of_a_baseline_stay_what_was_approved(works: Database) -> None:
    with works.read() as session:
        plan, keys = told(session), keys_of(session)
        first, second = (standing.spans(session, one) for one in plan.baselines)
    assert slips.between(first, second)[keys["Building"]] == 3
