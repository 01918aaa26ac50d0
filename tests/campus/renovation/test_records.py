"""Packages and milestones through their lives: what they are has versions, and nothing goes that is needed."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.known import end_of
from campus.renovation import actions, milestone_actions, package_actions, papers, queries
from campus.renovation.actions import WantedMilestone, WantedPackage
from campus.renovation.models import MilestoneVersion, WorksPackage
from campus.renovation.network import Dependency, Kind, Span, Wanted
from core import trail
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import today
from tests.api.people import add_person
from tests.campus.books import TEST, Campus, on, open_campus
from tests.campus.sample_works import add_package, milestones


@pytest.fixture
def campus(database: Database) -> Campus:
    with database.write() as session:
        return open_campus(session)


@pytest.fixture
def keys(database: Database, campus: Campus) -> dict[str, int]:
    """The sample renovation, name → milestone."""
    with database.write() as session:
        return milestones(session, add_package(session, campus))


def works(session: Session) -> WorksPackage:
    return queries.package(session, "renovation-of-sample-south")


def rename(session: Session, key: int, name: str, **changes: int) -> MilestoneVersion:
    present = queries.milestone(session, key)
    wanted = WantedMilestone(**{"name": name, "weight": present.weight} | changes)  # type: ignore[arg-type]
    return milestone_actions.change_milestone(session, present, wanted, TEST, "Sample reason", version=present.id)


def test_a_package_is_changed_but_for_its_short_name(database: Database, campus: Campus) -> None:
    owner = add_person(database, "facilities")
    with database.write() as session:
        package = add_package(session, campus)
        wanted = WantedPackage(
            name="Sample wing", pavilion_id=campus.pavilions[0], purposes=["comfort", "safety"], owner_id=owner.id
        )
        package_actions.change_package(session, package, wanted, TEST, version=1)
        with pytest.raises(Conflict, match="changed meanwhile"):
            package_actions.change_package(session, package, wanted, TEST, version=1)
    with database.read() as session:
        found = works(session)
        assert (found.name, found.purposes, found.owner_id) == ("Sample wing", ["safety", "comfort"], owner.id)
        assert found.pavilion_id == campus.pavilions[0]
        assert trail.entries(session, limit=1)[0].before["name"] == "Renovation of Sample South"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"name": " "}, "name"),
        ({"pavilion_id": 999}, "pavilion"),
        ({"purposes": ["beauty"]}, "purposes"),
        ({"owner_id": 999}, "owner"),
        ({"slug": "No Slug"}, "slug"),
    ],
)
def test_works_that_cannot_be_are_refused_and_their_place_named(
    database: Database, campus: Campus, changes: dict[str, object], place: str
) -> None:
    given = {"name": "Sample", "pavilion_id": campus.pavilions[0]} | changes
    with pytest.raises(InvalidInput) as error, database.write() as session:
        actions.add_package(session, WantedPackage(**given), TEST)  # type: ignore[arg-type]
    assert error.value.place == place


def test_an_owner_must_be_somebody_who_may_see_the_works(database: Database, campus: Campus) -> None:
    stranger = add_person(database, "accessibility")
    with pytest.raises(InvalidInput, match="may see the works"), database.write() as session:
        actions.add_package(
            session, WantedPackage(name="Sample", pavilion_id=campus.pavilions[0], owner_id=stranger.id), TEST
        )


def test_the_pavilion_stays_once_there_were_milestones(
    database: Database, campus: Campus, keys: dict[str, int]
) -> None:
    wanted = WantedPackage(name="Sample", pavilion_id=campus.pavilions[0])
    with pytest.raises(InvalidInput, match="no milestones"), database.write() as session:
        package_actions.change_package(session, works(session), wanted, TEST, version=1)


def test_a_package_goes_while_it_has_nothing_and_no_longer(database: Database, campus: Campus) -> None:
    with database.write() as session:
        package_actions.delete_package(session, add_package(session, campus), TEST, version=1)
    with database.write() as session:
        assert queries.packages(session) == []
        package = add_package(session, campus)
        papers.note(session, package, "Sample", TEST)
        with pytest.raises(Conflict, match="notes"):
            package_actions.delete_package(session, package, TEST, version=1)


def test_no_package_takes_the_address_of_a_form(database: Database, campus: Campus) -> None:
    with database.write() as session:
        package = actions.add_package(session, WantedPackage(name="Add", pavilion_id=campus.pavilions[0]), TEST)
        assert package.slug == "add-2"


def test_what_a_milestone_was_stays_known(database: Database, campus: Campus) -> None:
    with on("2026-03-02"), database.write() as session:
        key = milestones(session, add_package(session, campus))["Design"]
    with on("2026-03-09"), database.write() as session:
        rename(session, key, "Design and consultants", weight=5)
    with database.read() as session:
        assert queries.milestone(session, key).weight == 5
        assert queries.milestone(session, key).reason == "Sample reason"
        before = queries.plan(session, end_of(today().replace(2026, 3, 8))).milestones[key]
        assert (before.name, before.weight) == ("Design", 2)


def test_a_change_needs_a_reason_the_present_version_and_a_name_of_its_own(
    database: Database, keys: dict[str, int]
) -> None:
    with database.write() as session:
        design = queries.milestone(session, keys["Design"])
        change = milestone_actions.change_milestone
        with pytest.raises(InvalidInput, match="reason"):
            change(session, design, WantedMilestone(name="Other"), TEST, " ", version=design.id)
        with pytest.raises(InvalidInput, match="of this name"):
            change(session, design, WantedMilestone(name="permits"), TEST, "Sample", version=design.id)
        with pytest.raises(InvalidInput, match="weight"):
            change(session, design, WantedMilestone(name="Other", weight=1001), TEST, "Sample", version=design.id)
        rename(session, keys["Design"], "Other")
        renamed = queries.milestone(session, keys["Design"])
        with pytest.raises(Conflict, match="changed meanwhile"):
            change(session, renamed, WantedMilestone(name="Third"), TEST, "Sample", version=design.id)
        assert rename(session, keys["Design"], "Other").id == renamed.id  # nothing new is no new version


def test_milestones_are_put_in_order_and_moved_within_the_list(database: Database, keys: dict[str, int]) -> None:
    ordered = list(keys.values())
    with database.write() as session:
        milestone_actions.reorder(session, works(session), ordered[::-1], TEST)
        assert queries.plan(session).of(works(session).id) == ordered[::-1]
        milestone_actions.put_after(session, works(session), ordered[0], ordered[2], TEST)
        assert queries.plan(session).of(works(session).id)[-3:] == [ordered[2], ordered[0], ordered[1]]
        milestone_actions.put_after(session, works(session), ordered[0], None, TEST)
        assert queries.plan(session).of(works(session).id)[0] == ordered[0]
        with pytest.raises(InvalidInput, match="place"):
            milestone_actions.put_after(session, works(session), ordered[0], 999, TEST)
        for wrong in (ordered[:-1], [*ordered, ordered[0]], [*ordered[:-1], 999]):
            with pytest.raises(InvalidInput, match="each milestone"):
                milestone_actions.reorder(session, works(session), wrong, TEST)


def test_a_milestone_is_dropped_and_comes_back_at_the_end(database: Database, keys: dict[str, int]) -> None:
    with database.write() as session:
        package = works(session)
        extra = actions.add_milestone(
            session, package, WantedMilestone(name="Signs", position=0), Wanted(Span(today(), today())), TEST
        )
        gone = milestone_actions.drop(session, extra, TEST, "Not needed", version=extra.id)
        assert extra.milestone_id not in queries.plan(session).of(package.id)
        assert [one.name for one in queries.dropped(session, package.id)] == ["Signs"]
        with pytest.raises(Conflict, match="no more"):
            milestone_actions.drop(session, gone, TEST, "Twice", version=gone.id)
        with pytest.raises(NotFound):
            actions.report(session, extra.milestone_id, today(), Wanted(Span(today(), today())), TEST)
        back = milestone_actions.reinstate(session, gone, TEST, version=gone.id)
        assert queries.plan(session).of(package.id)[-1] == extra.milestone_id
        with pytest.raises(Conflict, match="already"):
            milestone_actions.reinstate(session, back, TEST, version=back.id)


def test_a_dropped_milestone_stays_dropped_while_another_has_its_name(database: Database, keys: dict[str, int]) -> None:
    with database.write() as session:
        package, planned = works(session), Wanted(Span(today(), today()))
        extra = actions.add_milestone(session, package, WantedMilestone(name="Signs"), planned, TEST)
        gone = milestone_actions.drop(session, extra, TEST, "Not needed", version=extra.id)
        actions.add_milestone(session, package, WantedMilestone(name="signs"), planned, TEST)
        with pytest.raises(InvalidInput, match="of this name"):
            milestone_actions.reinstate(session, gone, TEST, version=gone.id)


def test_what_something_waits_for_is_not_dropped_until_that_is_taken_away(
    database: Database, keys: dict[str, int]
) -> None:
    with database.write() as session:
        design = queries.milestone(session, keys["Design"])
        with pytest.raises(Conflict, match="dependencies"):
            milestone_actions.drop(session, design, TEST, "Sample", version=design.id)
        actions.unlink(session, keys["Design"], keys["Works contracts signed"], TEST)
        milestone_actions.drop(session, design, TEST, "Sample", version=design.id)
        with pytest.raises(NotFound):
            actions.unlink(session, keys["Design"], keys["Works contracts signed"], TEST)


def test_a_dependency_is_replaced_by_one_of_another_kind_and_the_old_one_stays_known(
    database: Database, campus: Campus
) -> None:
    with on("2026-03-02"), database.write() as session:
        keys = milestones(session, add_package(session, campus))
    tie = keys["Design"], keys["Works contracts signed"]
    with on("2026-03-09"), database.write() as session:
        actions.link(session, Dependency(*tie, Kind.START_START, -4), TEST)
    with database.read() as session:
        found = {(one.before, one.after): one for one in queries.plan(session).dependencies}
        assert (found[tie].kind, found[tie].lag) == (Kind.START_START, -4)
        past = queries.plan(session, end_of(today().replace(2026, 3, 8))).dependencies
        assert Dependency(*tie) in past


def test_a_cycle_is_named_and_leaves_everything_as_it_was(database: Database, keys: dict[str, int]) -> None:
    with database.write() as session:
        before = queries.plan(session).dependencies
        for first, last in (("Handed over", "Design"), ("Design", "Design")):
            with pytest.raises(InvalidInput, match=r"wait for each other: .*Design"):
                actions.link(session, Dependency(keys[first], keys[last]), TEST)
        with pytest.raises(InvalidInput, match="wait for each other"):  # in place of one that is there
            actions.link(session, Dependency(keys["Construction"], keys["Design"]), TEST)
        assert queries.plan(session).dependencies == before


def test_nothing_is_pushed_out_of_the_calendar(database: Database, keys: dict[str, int]) -> None:
    last = date(2199, 12, 31)
    with database.write() as session:
        with pytest.raises(InvalidInput, match="“Systems tested” beyond 2199") as error:
            actions.report(session, keys["Construction"], today(), Wanted(Span(today(), last), begun=True), TEST)
        assert error.value.place == "finish"
        with pytest.raises(InvalidInput, match="3660 days"):
            actions.link(session, Dependency(keys["Design"], keys["Handed over"], lag=3661), TEST)


def test_a_finish_before_its_start_is_refused_and_nothing_is_written(database: Database, keys: dict[str, int]) -> None:
    wanted, planned = WantedMilestone(name="Backwards"), Wanted(Span(today(), today() - timedelta(days=1)))
    with pytest.raises(InvalidInput, match="must not lie before"), database.write() as session:
        actions.add_milestone(session, works(session), wanted, planned, TEST)
    with database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(MilestoneVersion)) == len(keys)
