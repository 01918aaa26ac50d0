"""Re-checks: which rows they ask for, what they prove, and what they leave alone."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from accessibility.engine.page import Reason
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits import actions, queries, queue
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.audits.models import Audit, AuditRow, PageInterval
from accessibility.ledger.audits.nights import nights as last_nights
from accessibility.ledger.audits.recheck import recheck_page, recheck_ticket
from accessibility.ledger.platforms.models import Platform
from accessibility.ledger.tickets import actions as steps
from accessibility.ledger.tickets import history
from accessibility.ledger.tickets.rules import TicketState
from core.database import Database
from core.errors import Conflict, NotFound
from core.people.access import EVERY
from tests.accessibility.ledger.nights import (
    COURSE,
    HOME,
    Nights,
    Visit,
    audited,
    excluded,
    not_audited,
    partly,
    problem,
)

A, B = problem("a"), problem("b")
ENGINES = {"axe-core": "4.14.1"}


@pytest.fixture
def nights(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    made = Nights(database, tmp_path / "evidence", monkeypatch)
    settings = PlatformSettings(slug="sample-0", name="Sample", base=("https://example.org/",))
    with database.write() as session:
        platform = session.get_one(Platform, made.platform_id)
        platform.settings = settings.model_dump(mode="json", exclude={"roles"})
    return made


def ask(nights: Nights, url: str = "", ticket: int = 0) -> Audit:
    """Ask for a page or a ticket."""
    with nights.database.write() as session:
        platform = session.get_one(Platform, nights.platform_id)
        if url:
            return recheck_page(session, platform, url, ENGINES, nights_person(nights), "person:1")
        found = next(one for one in nights.tickets() if one.number == ticket)
        return recheck_ticket(session, platform, found, ENGINES, nights_person(nights), "person:1")


def nights_person(nights: Nights) -> int:
    """Somebody who asks."""
    with nights.database.read() as session:
        found = session.scalar(sa.text("SELECT min(id) FROM person"))
    return int(found or 0)


def take(nights: Nights) -> Audit | None:
    with nights.database.write() as session:
        return actions.take_audit(session, "worker", nights.time + timedelta(minutes=1))


def perform(nights: Nights, *visits: Visit) -> Audit:
    """Take the re-check that waits, visit its rows, close it."""
    nights.time += timedelta(minutes=10)
    taken = take(nights)
    assert taken is not None
    worklist = nights.worklist(taken)
    assert {row.key for row in worklist.pending()} == {visit.key for visit in visits}
    for visit in visits:
        worklist.finish(visit.key, visit.result)
    worklist.add_findings([])
    with nights.database.write() as session:
        return close_audit(session, taken.id)


def rows(nights: Nights, audit: Audit) -> list[tuple[str, str]]:
    with nights.database.read() as session:
        return [(row.url, row.viewport) for row in queries.coverage_rows(session, audit)[0]]


@pytest.fixture
def two(nights: Nights) -> Nights:
    """Tickets 1 (on both pages) and 2 (on the course alone), after a night; somebody who may ask."""
    nights.person()
    nights.run(audited(HOME, A), audited(HOME, A, viewport="mobile"), audited(COURSE, A, B), excluded(f"{HOME}gone"))
    return nights


def test_a_page_is_asked_for_in_every_role_and_viewport_of_the_last_night(two: Nights) -> None:
    assert rows(two, ask(two, HOME)) == [(HOME, "desktop"), (HOME, "mobile")]
    for unknown in (f"{HOME}never", f"{HOME}gone"):
        with pytest.raises(NotFound):
            ask(two, unknown)


def test_a_ticket_is_asked_for_where_its_problem_is_open(two: Nights) -> None:
    assert rows(two, ask(two, ticket=2)) == [(COURSE, "desktop")]


def test_who_asks_while_one_waits_joins_it(two: Nights) -> None:
    first = ask(two, HOME)
    assert [ask(two, HOME).id, ask(two, ticket=2).id] == [first.id, first.id]
    assert len(rows(two, first)) == 3
    take(two)
    assert ask(two, HOME).id != first.id


def test_a_clean_night_and_a_clean_recheck_prove_a_repair(two: Nights) -> None:
    two.run(audited(HOME, A), audited(HOME, A, viewport="mobile"), audited(COURSE, A))
    ask(two, ticket=2)
    closed = perform(two, audited(COURSE, A))
    assert two.states() == ["open", "verified"]
    assert (closed.state, closed.verified, closed.score) == ("done", 1, None)


def test_a_clean_recheck_and_a_clean_night_prove_a_repair(two: Nights) -> None:
    ask(two, ticket=2)
    assert perform(two, audited(COURSE, A)).verified == 0
    assert two.states() == ["open", "open"]
    two.run(audited(HOME, A), audited(HOME, A, viewport="mobile"), audited(COURSE, A))
    assert two.states() == ["open", "verified"]


def test_rechecks_alone_prove_nothing_however_many(two: Nights) -> None:
    for _ in range(3):
        ask(two, ticket=2)
        perform(two, audited(COURSE, A))
    assert two.states() == ["open", "open"]
    two.run(audited(HOME, A), audited(HOME, A, viewport="mobile"), audited(COURSE, A))
    assert two.states() == ["open", "verified"]


def test_places_that_were_not_looked_at_stay_open_and_unproven(two: Nights) -> None:
    two.run(audited(HOME), audited(HOME, viewport="mobile"), audited(COURSE))
    before = {one.id: (one.last, one.clean, one.ended) for one in two.occurrences()}
    ask(two, COURSE)
    perform(two, audited(COURSE))
    assert two.states() == ["open", "verified"]
    with two.database.read() as session:
        course = session.scalar(sa.select(AuditRow.page_id).limit(1))
    elsewhere = [one for one in two.occurrences() if one.page_id != course]
    assert len(elsewhere) == 2
    assert {one.id: (one.last, one.clean, one.ended) for one in elsewhere}.items() <= before.items()
    two.run(audited(HOME), audited(HOME, viewport="mobile"), audited(COURSE))
    assert two.states() == ["verified", "verified"]


@pytest.mark.parametrize("what", [not_audited(COURSE, Reason.SERVER_ERROR), partly(COURSE)])
def test_a_recheck_that_could_not_look_proves_nothing(two: Nights, what: Visit) -> None:
    two.run(audited(HOME, A), audited(HOME, A, viewport="mobile"), audited(COURSE, A))
    ask(two, ticket=2)
    perform(two, what)
    assert two.states() == ["open", "open"]


def test_what_a_recheck_sees_brings_back_a_claim_and_opens_what_is_new(two: Nights) -> None:
    lead = two.person("other")
    with two.database.write() as session:
        steps.work(session, two.tickets()[1].id, history.person(lead), TicketState.FIXED)
    two.time += timedelta(minutes=1)
    ask(two, ticket=2)
    closed = perform(two, audited(COURSE, B, problem("c")))
    assert two.states() == ["open", "reopened", "open"]
    assert (closed.new, closed.reopened) == (1, 1)


def test_a_recheck_leaves_score_coverage_intervals_and_known_pages_to_the_nights(two: Nights) -> None:
    def told() -> object:
        with two.database.read() as session:
            intervals = session.execute(sa.select(PageInterval.page_id, PageInterval.first, PageInterval.last)).all()
            night = last_nights(session, EVERY)[0]
            assert night.audit is not None
            points = queries.series(session, two.platform_id)
            listed = [one.number for one in queries.audits_of(session, two.platform_id)[0]]
            known = queue.known_pages(session, two.platform_id)
            return intervals, night.audit.number, points, listed, known

    before = told()
    ask(two, COURSE)
    closed = perform(two, audited(COURSE))
    assert told() == before
    assert rows(two, closed) == [(COURSE, "desktop")]
    two.run(audited(HOME, A), audited(HOME, A, viewport="mobile"), audited(COURSE, A, B), excluded(f"{HOME}gone"))
    with two.database.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PageInterval)) == 4


def test_a_recheck_waits_while_a_night_runs_and_a_night_while_a_recheck_runs(two: Nights) -> None:
    two.time += timedelta(days=1)
    night = two.begin()
    recheck = ask(two, COURSE)
    assert take(two) is None
    two.finish(night, audited(HOME, A), audited(COURSE, A, B))
    running = take(two)
    assert running is not None
    assert running.id == recheck.id
    with two.database.write() as session:
        later = actions.request_audit(session, two.platform_id, "schedule", None, two.settings, ENGINES)
    assert take(two) is None
    with two.database.write() as session:
        actions.fail(session, recheck.id, "lost")
    following = take(two)
    assert following is not None
    assert following.id == later.id
    assert rows(two, queries_audit(two, recheck.id)) == []


def queries_audit(nights: Nights, audit_id: int) -> Audit:
    with nights.database.read() as session:
        return queries.audit_by_id(session, audit_id)


def test_where_nothing_is_open_there_is_nothing_to_recheck(two: Nights) -> None:
    for _ in range(2):
        two.run(audited(HOME, A), audited(HOME, A, viewport="mobile"), audited(COURSE, A))
    with pytest.raises(Conflict, match="nothing to look at"):
        ask(two, ticket=2)
