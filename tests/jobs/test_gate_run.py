"""One gate in a worker, with a real browser: its verdict, and that the ledger knows nothing of it."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from accessibility.engine.audit import engines
from accessibility.ledger.audits.models import Audit, AuditRow, Page, PageInterval
from accessibility.ledger.baselines import actions as baselines
from accessibility.ledger.baselines import queries as approved
from accessibility.ledger.gates import actions, queries
from accessibility.ledger.gates.models import Gate
from accessibility.ledger.gates.rules import MOST_ATTEMPTS, Asked
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.tickets.models import Component, Ticket
from core import clock
from core.database import Database
from jobs.gate_run import perform, take
from jobs.worker import GATES, work_off
from jobs.worker_id import new_worker_id
from tests.api.people import add_person
from tests.jobs.platforms import save
from tests.jobs.worker_process import wait_until
from tests.sites import settings as site_settings
from tests.sites import small_site

ME = "here:1:a"
GONE = new_worker_id().rsplit(":", 2)[0] + ":999999999:00000000"
QUICK = {"roles": ["anonymous"], "min_coverage": 0.5}
LEDGER = (Audit, AuditRow, Page, PageInterval, Component, Ticket)


@pytest.fixture
def site() -> Iterator[str]:
    with small_site() as base:
        yield base


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """What differs between databases is tested with the actions."""
    return sqlite_database


def request(database: Database, **asked: Any) -> int:
    person = add_person(database, "accessibility")
    with database.write() as session:
        given = Asked.model_validate(QUICK | asked)
        platform = platforms.get(session, "small")
        return actions.request(session, platform, given, engines(), person_id=person.id, actor="token:1").id


def gate_of(database: Database, gate_id: int) -> Gate:
    with database.read() as session:
        return queries.get(session, gate_id)


def run(database: Database, gate_id: int, *, stop_at_once: bool = False) -> Gate:
    async def performing() -> None:
        stop = asyncio.Event()
        if stop_at_once:
            stop.set()
        await perform(database, gate_id, ME, stop)

    assert take(database, ME) == gate_id
    asyncio.run(performing())
    return gate_of(database, gate_id)


def rows_in_the_ledger(database: Database) -> list[int]:
    with database.read() as session:
        return [session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in LEDGER]


def test_new_failures_fail_and_pass_once_they_are_approved_and_the_ledger_stays_as_it_was(
    database: Database, site: str
) -> None:
    save(database, **site_settings(site))
    before = rows_in_the_ledger(database)
    done = run(database, request(database))
    assert (done.state, done.verdict, done.error) == ("done", "fail", "")
    assert {rule for one in done.result["new_failures"] for rule in one["rules"]} >= {"image-alt", "label"}
    assert done.result["new_failures"][0]["pages"][0].startswith(site)
    assert rows_in_the_ledger(database) == before
    with database.write() as session:
        seen = approved.of_gate(queries.get(session, done.id))
        assert (seen.platform, seen.base, seen.roles) == ("small", site, ("anonymous",))
        baselines.approve(
            session, done.platform_id, seen, source="gate", source_number=done.id, person_id=1, actor="person:1"
        )
    again = run(database, request(database))
    assert (again.verdict, again.baseline_number, again.result["new_failures"]) == ("pass", 1, [])
    assert len(again.result["known"]) == len(seen.components)


def test_a_preview_is_visited_and_its_result_has_the_platforms_addresses(database: Database, site: str) -> None:
    save(database, **site_settings("https://small.invalid/"))
    done = run(database, request(database, base=site))
    assert done.verdict == "fail"
    assert {page.split("/")[2] for one in done.result["new_failures"] for page in one["pages"]} == {"small.invalid"}


def test_under_the_floor_it_is_inconclusive_and_there_is_nothing_to_approve(database: Database, site: str) -> None:
    save(database, **site_settings(site))
    done = run(database, request(database, min_coverage=1))
    assert (done.verdict, done.seen) == ("inconclusive", None)
    assert "coverage" in done.result["reasons"][0]


def test_a_stopped_gate_is_given_back_to_be_begun_again(database: Database, site: str) -> None:
    save(database, **site_settings(site))
    gate = run(database, request(database), stop_at_once=True)
    assert (gate.state, gate.verdict, gate.attempts) == ("queued", "", 0)


def test_without_a_browser_it_is_inconclusive_and_says_so(
    database: Database, site: str, configure: Callable[..., None]
) -> None:
    configure(browser="/nowhere/chromium")
    save(database, **site_settings(site))
    failed = run(database, request(database))
    assert (failed.state, failed.verdict) == ("failed", "inconclusive")
    assert "/nowhere/chromium" in failed.error


def test_a_gate_that_cost_its_workers_again_and_again_is_given_up(database: Database) -> None:
    save(database, slug="small")
    gate_id = request(database)
    for _ in range(MOST_ATTEMPTS):
        with database.write() as session:
            assert actions.take(session, GONE, clock.now()) is not None
    assert take(database, ME) is None
    given_up = gate_of(database, gate_id)
    assert (given_up.state, given_up.verdict) == ("failed", "inconclusive")


def test_the_worker_works_off_gates_beside_its_audits(database: Database, configure: Callable[..., None]) -> None:
    configure(browser="/nowhere/chromium")
    save(database, slug="small")
    gate_id = request(database)

    async def working() -> None:
        end = asyncio.Event()
        task = asyncio.create_task(work_off(database, ME, end, GATES))
        await asyncio.to_thread(wait_until, lambda: gate_of(database, gate_id).ended_at is not None)
        end.set()
        await task

    asyncio.run(working())
    assert gate_of(database, gate_id).verdict == "inconclusive"
