"""An action through its stages, with what each needs, and back."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.figures.models import ClosedQuarter, PublishedCell
from campus.feedback.quarters import Quarter
from campus.improvement import actions, queries, steps
from campus.improvement.models import ActionVersion
from campus.improvement.rules import Need, Outcome, Stage
from campus.improvement.steps import Decision, FollowUp
from campus.known import end_of
from core import clock
from core.database import Database
from core.errors import Conflict, InvalidInput
from core.people.models import Person
from core.trail import TrailEntry
from tests.api.people import add_person
from tests.campus.books import TEST, on, open_campus
from tests.campus.feedback import guests
from tests.campus.sample_actions import NORTH, publish, wanted

QUARTERS = [Quarter(2025, 1).plus(number) for number in range(6)]
DONE = date(2025, 11, 10)  # in the fourth quarter
CHECK = date(2026, 7, 1)
NAME = "Sample: new mattresses"


@pytest.fixture
def owner(database: Database) -> Person:
    with database.write() as session:
        open_campus(session)
        for quarter in QUARTERS:
            session.add(ClosedQuarter(quarter=str(quarter), closed_at=clock.now(), closed_by=TEST))
        session.flush()
        publish(session, "room_bed", QUARTERS, 3.2, 4.0)
    return add_person(database, "quality")


def close_later(session: Session, left: int) -> None:
    """Only the first quarters were closed in 2025; those after are closed in July 2026."""
    for number, quarter in enumerate(QUARTERS):
        day = end_of(date(2025, 10, 2) if number < left else date(2026, 6, 30))
        session.execute(sa.update(ClosedQuarter).where(ClosedQuarter.quarter == str(quarter)).values(closed_at=day))


def planned(session: Session, owner: Person, **values: Any) -> ActionVersion:
    given: dict[str, Any] = {"measure": "room_bed", "due": DONE, "check_on": CHECK} | values
    return actions.plan(session, wanted(owner.id, NAME, **given), TEST)


def done(session: Session, owner: Person, **values: Any) -> ActionVersion:
    version = planned(session, owner, **values)
    version = steps.start(session, version, DONE, TEST, seen=version.id)
    return steps.done(session, version, DONE, 9_600_00, TEST, seen=version.id)


def test_an_action_goes_from_plan_to_its_end_and_everything_is_known_afterwards(
    database: Database, owner: Person
) -> None:
    with database.write() as session:
        with on("2025-11-12"):
            version = done(session, owner)
        with on("2026-07-03"):
            found = steps.check(session, version, TEST, seen=version.id)
            assert (found.verdict, found.counts, found.n_before, found.n_after) == ("better", True, 180, 120)
            acting = queries.version(session, version.action_id)
            assert acting.stage == Stage.ACT
            decision = Decision(outcome=Outcome.ADOPTED, lesson="Sample lesson")
            steps.decide(session, acting, decision, TEST, seen=acting.id)
        key = version.action_id
        assert [one.stage for one in queries.versions(session, key)] == ["ended", "act", "check", "do", "plan"]
        assert queries.version(session, key, end_of(date(2026, 1, 1))).stage == Stage.CHECK
        assert queries.checks(session, key, end_of(date(2026, 1, 1))) == []
        told = session.scalars(sa.select(TrailEntry.action).where(TrailEntry.subject == "improvement_action"))
        assert [one.removeprefix("improvement.") for one in told] == [
            *("plan", "start", "done", "check", "act", "decide")
        ]


def test_answers_of_quarters_that_really_closed_show_no_effect_where_there_is_none(sqlite_database: Database) -> None:
    owner, chance = add_person(sqlite_database, "facilities"), Random(4)
    with sqlite_database.write() as session, on("2026-07-10"):
        north = open_campus(session).pavilions[0]
        questions = guests.published(session)
        for quarter in QUARTERS[2:]:
            guests.fill(session, questions, quarter, 12, chance, pavilion_id=north)
        guests.close_all(session, QUARTERS[2:])
        version = done(session, owner, measure="found_way", comparison=[], expected=20.0)
        found = steps.check(session, version, TEST, seen=version.id)
    assert (found.verdict, found.counts) == ("no detectable effect", True)
    assert (found.before, found.after) == (["2025-Q3"], ["2026-Q1", "2026-Q2"])
    assert (found.n_before, found.n_after) == (12, 24)


def test_looks_before_the_planned_day_and_after_the_verdict_decide_nothing(database: Database, owner: Person) -> None:
    with database.write() as session:
        version = done(session, owner)
        with on("2026-06-30"):
            early = steps.check(session, version, TEST, seen=version.id)
        assert (early.verdict, early.counts) == ("better", False)
        assert queries.counted(session, version) is None
        with on("2026-07-01"):
            planned_one = steps.check(session, version, TEST, seen=version.id)
            acting = queries.version(session, version.action_id)
            later = steps.check(session, acting, TEST, seen=acting.id)
        assert (planned_one.counts, later.counts) == (True, False)
        assert queries.counted(session, queries.version(session, version.action_id)) is planned_one


def test_a_planned_check_that_is_too_early_waits_for_the_next_quarter_to_be_closed(
    database: Database, owner: Person
) -> None:
    with database.write() as session:
        close_later(session, 4)
        with on("2025-11-12"):
            version = done(session, owner, check_on=date(2025, 12, 1))
        key, day = version.action_id, date(2025, 12, 2)
        session.execute(sa.delete(PublishedCell).where(PublishedCell.quarter > "2025-Q4"))
        session.execute(sa.delete(ClosedQuarter).where(ClosedQuarter.quarter > "2025-Q4"))
        assert queries.line(session, key, day).need is Need.CHECK
        with on("2025-12-02"):
            found = steps.check(session, version, TEST, seen=version.id)
            assert (found.verdict, found.reason, found.counts) == ("too early", "no after", False)
            assert queries.line(session, key, day).need is None
            session.add(ClosedQuarter(quarter="2026-Q1", closed_at=end_of(day), closed_by=TEST))
        session.flush()
        assert queries.line(session, key, date(2026, 4, 8)).need is Need.CHECK


def test_what_is_measured_is_settled_once_a_quarter_after_it_is_closed(database: Database, owner: Person) -> None:
    with database.write() as session:
        version = done(session, owner)
        for changed in ({"check_on": date(2027, 1, 1)}, {"measure": "room_quiet"}, {"comparison": []}):
            publish_quiet(session)
            given = wanted(owner.id, NAME, **{"measure": "room_bed", "due": DONE, "check_on": CHECK} | changed)
            with pytest.raises(InvalidInput) as refused:
                actions.change(session, version, given, TEST, "Sample reason", seen=version.id)
            assert refused.value.place == next(iter(changed))
        given = wanted(owner.id, "Sample: better mattresses", measure="room_bed", due=DONE, check_on=CHECK)
        assert actions.change(session, version, given, TEST, "Renamed", seen=version.id).name.endswith(
            "better mattresses"
        )


def publish_quiet(session: Session) -> None:
    if "room_quiet" not in queries.measures(session):
        publish(session, "room_quiet", QUARTERS, 3.2, 4.0)


def test_a_verdict_counts_for_the_terms_that_it_was_found_by(database: Database, owner: Person) -> None:
    with database.write() as session:
        version = done(session, owner)
        steps.check(session, version, TEST, seen=version.id)
        for _stage in (Stage.ACT, Stage.CHECK):
            now = queries.version(session, version.action_id)
            version = steps.back(session, now, "The day was wrong", TEST, seen=now.id)
        version = steps.done(session, version, date(2026, 4, 2), 1, TEST, seen=version.id)
        assert queries.counted(session, version) is None
        assert len(queries.checks(session, version.action_id)) == 1


def test_what_was_planned_when_the_figures_were_public_already_is_marked(database: Database, owner: Person) -> None:
    with database.write() as session:
        close_later(session, 4)
        with on("2025-11-12"):
            ahead = done(session, owner)
        with on("2026-07-03"):
            behind = done(session, owner)
        assert (queries.in_hindsight(session, ahead), queries.in_hindsight(session, behind)) == (False, True)


def test_a_step_is_undone_and_an_edit_is_not(database: Database, owner: Person) -> None:
    with database.write() as session:
        version = done(session, owner)
        undone = actions.undo(session, version, TEST, seen=version.id)
        assert (undone.stage, undone.done_on, undone.cost_actual) == (Stage.DO, None, None)
        with pytest.raises(Conflict):
            actions.undo(session, planned(session, owner), TEST, seen=undone.id)
        given = wanted(owner.id, NAME, measure="room_bed", due=DONE, check_on=CHECK, expected=0.7)
        edited = actions.change(session, undone, given, TEST, "More is expected", seen=undone.id)
        with pytest.raises(Conflict):
            actions.undo(session, edited, TEST, seen=edited.id)


def test_adapted_goes_on_as_another_action_which_goes_with_the_decision(database: Database, owner: Person) -> None:
    follow_up = FollowUp(name="Sample: firmer mattresses", due=date(2026, 9, 1), check_on=date(2027, 4, 1))
    with database.write() as session:
        version = done(session, owner)
        steps.check(session, version, TEST, seen=version.id)
        acting = queries.version(session, version.action_id)
        with pytest.raises(InvalidInput):
            steps.decide(session, acting, Decision(outcome=Outcome.ADAPTED, lesson="L"), TEST, seen=acting.id)
        decision = Decision(outcome=Outcome.ADAPTED, lesson="Firmer", follow_up=follow_up)
        ended = steps.decide(session, acting, decision, TEST, seen=acting.id)
        (following,) = queries.follow_ups(session, ended.action_id)
        assert (following.stage, following.pavilions, following.measure) == (Stage.PLAN, [NORTH], "room_bed")
        actions.undo(session, ended, TEST, seen=ended.id)
        (following,) = queries.follow_ups(session, ended.action_id)
        assert following.outcome == Outcome.ABANDONED


@pytest.mark.parametrize("number", [0, 1])
def test_an_abandoned_action_can_be_taken_back_to_where_it_was(database: Database, owner: Person, number: int) -> None:
    with database.write() as session:
        version = (planned, done)[number](session, owner)
        ended = steps.abandon(session, version, "Nobody has time", TEST, seen=version.id)
        again = steps.back(session, ended, "Somebody has", TEST, seen=ended.id)
        assert (again.stage, again.outcome, again.lesson) == (version.stage, "", "")


def test_without_a_verdict_a_reason_leads_to_the_decision(database: Database, owner: Person) -> None:
    with database.write() as session:
        version = done(session, owner)
        with pytest.raises(InvalidInput):
            steps.without_verdict(session, version, " ", TEST, seen=version.id)
        acting = steps.without_verdict(session, version, "The pavilion is closed for works", TEST, seen=version.id)
        assert (acting.stage, acting.reason) == (Stage.ACT, "The pavilion is closed for works")


def test_each_step_refuses_another_stage_what_is_to_come_and_who_was_slower(database: Database, owner: Person) -> None:
    refused: list[Callable[[Session, ActionVersion], Any]] = [
        lambda session, one: steps.done(session, one, DONE, 1, TEST, seen=one.id),
        lambda session, one: steps.check(session, one, TEST, seen=one.id),
        lambda session, one: steps.back(session, one, "Why", TEST, seen=one.id),
        lambda session, one: steps.start(session, one, DONE, TEST, seen=one.id - 1),
    ]
    with database.write() as session:
        version = planned(session, owner)
        for step in refused:
            with pytest.raises(Conflict):
                step(session, version)
        with pytest.raises(InvalidInput):
            steps.start(session, version, DONE + timedelta(days=9999), TEST, seen=version.id)


@pytest.mark.parametrize(
    ("place", "values"),
    [
        ("measure", {"measure": "travel"}),
        ("area", {"area": "nothing"}),
        ("owner", {"owner_id": 999}),
        ("expected", {"expected": 5.0}),
        ("expected", {"expected": 0.0}),
        ("expected", {"expected": float("nan")}),
        ("comparison", {"comparison": [NORTH]}),
        ("comparison", {"pavilions": []}),
        ("pavilions", {"pavilions": ["nowhere"]}),
        ("check_on", {"check_on": DONE}),
        ("due", {"due": date(1900, 1, 1)}),
        ("cost_planned", {"cost_planned": -1}),
        ("hypothesis", {"hypothesis": " "}),
        ("name", {"name": "x" * 121}),
    ],
)
def test_a_plan_that_cannot_be_names_the_field(
    sqlite_database: Database, database: Database, owner: Person, place: str, values: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"owner_id": owner.id, "measure": "room_bed", "due": DONE, "check_on": CHECK} | values
    with database.write() as session, pytest.raises(InvalidInput) as refused:
        actions.plan(session, wanted(given.pop("owner_id"), given.pop("name", NAME), **given), TEST)
    assert refused.value.place == place
