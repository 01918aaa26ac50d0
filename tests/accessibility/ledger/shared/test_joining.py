"""Tickets of one component on several platforms get one parent, on both databases."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from accessibility.engine.component import key_of
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.shared import queries
from accessibility.ledger.shared.models import SharedChild, SharedComponent, SharedKey
from accessibility.ledger.shared.queries import SharedFilter, SharedLine
from accessibility.ledger.shared.rules import SharedState
from core import trail
from core.database import Database
from tests.accessibility.ledger.nights import COURSE, HOME, Nights, audited, not_audited, problem

HELD = (audited(HOME, problem("a")), *(not_audited(f"{HOME}{n}") for n in range(3)))


@pytest.fixture
def other(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nights: Nights) -> Nights:
    """A second platform."""
    return Nights(database, tmp_path / "evidence", monkeypatch)


@pytest.fixture
def third(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: Nights) -> Nights:
    """A third one."""
    return Nights(database, tmp_path / "evidence", monkeypatch)


def lines(database: Database) -> list[SharedLine]:
    with database.read() as session:
        waiting = queries.shared_list(session, SharedFilter(group="waiting"))[1]
        assert queries.waiting_count(session) == waiting  # counted in another way, wherever these tests look
        return queries.shared_list(session, SharedFilter())[0]


def children(database: Database) -> dict[int, int]:
    with database.read() as session:
        return {child.ticket_id: child.shared_id for child in session.scalars(sa.select(SharedChild))}


def change(nights: Nights, **settings: object) -> None:
    with nights.database.write() as session:
        platform = session.get_one(Platform, nights.platform_id)
        platform.settings = {**platform.settings, **settings}


def test_a_component_of_one_platform_alone_has_no_parent(nights: Nights, other: Nights) -> None:
    nights.run(audited(HOME, problem("a")))
    other.run(audited(HOME, problem("b")))
    assert lines(nights.database) == []


def test_the_second_platform_that_has_it_joins_both_tickets_under_one_parent(nights: Nights, other: Nights) -> None:
    nights.run(audited(HOME, problem("a")), audited(COURSE, problem("b")))
    other.run(audited(HOME, problem("a")))
    (line,) = lines(nights.database)
    assert (line.shared.title, line.shared.rule, line.shared.criteria) == ("Problem a", "image-alt", ["1.1.1"])
    assert (line.together.state, line.together.platforms, line.together.pages) == (SharedState.OPEN, 2, 2)
    assert children(nights.database) == {nights.tickets()[0].id: line.shared.id, other.ticket.id: line.shared.id}
    with nights.database.read() as session:
        (told,), _n = queries.shared_history(session, line.shared.id)
        assert (told.event.kind, len(told.tickets), told.person) == ("opened", 2, "")
        assert trail.entries(session, "shared_component", line.shared.id)[0].action == "shared.opened"


def test_joining_is_no_new_version_of_a_ticket_and_no_second_night_repeats_it(nights: Nights, other: Nights) -> None:
    nights.run(audited(HOME, problem("a")))
    version = nights.ticket.version
    other.run(audited(HOME, problem("a")))
    assert nights.ticket.version == version
    for platform in (nights, other):
        platform.run(audited(HOME, problem("a")))
    (line,) = lines(nights.database)
    with nights.database.read() as session:
        assert queries.shared_history(session, line.shared.id)[1] == 1


def test_a_third_platform_joins_the_parent_that_is_there(nights: Nights, other: Nights, third: Nights) -> None:
    for platform in (nights, other, third):
        platform.run(audited(HOME, problem("a")))
    (line,) = lines(nights.database)
    assert line.together.platforms == 3
    with nights.database.read() as session:
        kinds = [told.event.kind for told in queries.shared_history(session, line.shared.id)[0]]
    assert kinds == ["joined", "opened"]


def test_what_was_proven_before_the_other_platform_had_it_is_not_shared(nights: Nights, other: Nights) -> None:
    for findings in ([problem("a")], [], []):
        nights.run(audited(HOME, *findings))
    assert nights.states() == ["verified"]
    other.run(audited(HOME, problem("a")))
    assert lines(nights.database) == []


def test_each_platform_proves_its_own_repair_and_the_parent_waits_for_all(nights: Nights, other: Nights) -> None:
    for platform in (nights, other):
        platform.run(audited(HOME, problem("a")))
    nights.run(audited(HOME))
    nights.run(audited(HOME))
    assert (nights.states(), other.states()) == (["verified"], ["open"])
    assert lines(nights.database)[0].together.state is SharedState.OPEN
    other.run(audited(HOME))
    other.run(audited(HOME))
    assert lines(nights.database)[0].together.state is SharedState.VERIFIED
    nights.run(audited(HOME, problem("a")))
    assert lines(nights.database)[0].together.state is SharedState.REOPENED


def test_a_held_night_joins_too_as_that_changes_no_ticket(nights: Nights, other: Nights) -> None:
    nights.run(audited(HOME, problem("a")))
    assert other.run(*HELD).held == "site out of order"
    assert lines(nights.database)[0].together.platforms == 2


def test_a_key_that_moved_on_one_platform_is_known_for_all(nights: Nights, other: Nights, third: Nights) -> None:
    for platform in (nights, other):
        platform.run(audited(HOME, problem("old", selector="#x")))
    nights.run(audited(HOME, problem("new", selector="#x")))
    assert len(nights.tickets()) == 1
    third.run(audited(HOME, problem("new")))
    (line,) = lines(nights.database)
    assert line.together.platforms == 3
    with nights.database.read() as session:
        assert set(session.scalars(sa.select(SharedKey.key))) == {"old", "new"}


def test_tickets_that_are_linked_through_a_third_one_have_one_parent(
    nights: Nights, other: Nights, third: Nights
) -> None:
    nights.run(audited(HOME, problem("a")))
    change(other, share=False)
    other.run(audited(HOME, problem("a", selector="#x")))
    other.run(audited(HOME, problem("b", selector="#x")))
    change(other, share=True)
    third.run(audited(HOME, problem("b")))
    assert len(lines(nights.database)) == 1
    other.run(audited(HOME, problem("b")))
    assert len(lines(nights.database)) == 1
    nights.run(audited(HOME, problem("a")))
    assert [line.together.platforms for line in lines(nights.database)] == [3]


def test_a_platform_that_does_not_share_keeps_to_itself(nights: Nights, other: Nights) -> None:
    change(other, share=False)
    nights.run(audited(HOME, problem("a")))
    other.run(audited(HOME, problem("a")))
    nights.run(audited(HOME, problem("a")))
    assert lines(nights.database) == []
    change(other, share=True)
    other.run(audited(HOME, problem("a")))
    assert len(lines(nights.database)) == 1
    change(other, share=False)
    (line,) = lines(nights.database)
    assert line.together.platforms == 1
    with nights.database.read() as session:
        told = queries.children_of(session, line.shared.id)
        assert [child.sharing for child in told] == [True, False]
        assert queries.shared_now(session, other.ticket.id) is None
        assert queries.shared_now(session, nights.ticket.id) == line.shared.id


def test_what_all_pages_of_a_platform_show_together_is_not_shared(nights: Nights, other: Nights) -> None:
    for platform in (nights, other):
        home, course = audited(HOME), audited(COURSE)
        twins = problem("twins", check="page-title", rule="page-title-duplicate")
        platform.run(home, course, of_platform=[(home, twins), (course, twins)])
        assert platform.states() == ["open"]
    assert lines(nights.database) == []


def test_a_place_named_after_its_platform_is_the_same_component(nights: Nights, other: Nights) -> None:
    for platform, name in ((nights, "North Academy"), (other, "South Academy")):
        with nights.database.write() as session:
            session.get_one(Platform, platform.platform_id).name = name
        for place in ("menu", "footer of North Academy"):
            described = f'link-name\nhtml > nav@navigation"{name.lower()} {place.lower()}" > a\n'
            platform.run(audited(HOME, problem(key_of(described), described=described)))
    assert len(nights.tickets()) == len(other.tickets()) == 2
    assert [line.together.platforms for line in lines(nights.database)] == [2]


def test_two_platforms_that_close_at_the_same_moment_make_one_parent(nights: Nights, other: Nights) -> None:
    begun = []
    for platform in (nights, other):
        audit = platform.begin()
        worklist = platform.worklist(audit)
        visit = audited(HOME, *(problem(name) for name in "abc"))
        platform.plan(worklist, visit)
        worklist.finish(visit.key, visit.result)
        begun.append(audit.id)
    together = threading.Barrier(2)

    def close(audit_id: int) -> None:
        together.wait()
        with nights.database.write() as session:
            close_audit(session, audit_id)

    threads = [threading.Thread(target=close, args=(audit_id,)) for audit_id in begun]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [line.together.platforms for line in lines(nights.database)] == [2, 2, 2]
    assert len(children(nights.database)) == 6
    with nights.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(SharedComponent)) == 3


def test_the_list_is_filtered_and_begins_with_what_came_back(nights: Nights, other: Nights) -> None:
    found = [problem("a"), problem("b", rule="label"), problem("c")]
    for platform in (nights, other):
        platform.run(audited(HOME, *found, problem("d")))
    nights.run(audited(HOME, problem("b", rule="label")))
    nights.run(audited(HOME, problem("b", rule="label")))
    nights.run(audited(HOME, *found[1:]))
    told = [(line.shared.title, line.together.state.value) for line in lines(nights.database)]
    assert told[0] == ("Problem c", "reopened")
    assert {state for _title, state in told[1:]} == {"open"}
    with nights.database.read() as session:
        for wanted, expected in (
            (SharedFilter(group="waiting"), 4),
            (SharedFilter(group="ended"), 0),
            (SharedFilter(state=SharedState.REOPENED), 1),
            (SharedFilter(platform_id=nights.platform_id), 4),
            (SharedFilter(platform_id=99), 0),
        ):
            assert queries.shared_list(session, wanted)[1] == expected, wanted
        shown, total = queries.shared_list(session, SharedFilter(group="waiting"), offset=1, limit=2)
        assert (len(shown), total) == (2, 4)
