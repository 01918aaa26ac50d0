"""A re-check in a worker, with a real browser: it visits the rows asked for and follows no link."""

import asyncio
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from accessibility.ledger.audits.models import AuditRow, Page
from accessibility.ledger.audits.recheck import recheck_page
from accessibility.ledger.platforms import queries as platforms
from accessibility.ledger.tickets.models import Occurrence
from core.database import Database
from jobs.audit_run import perform, take
from tests.jobs.platforms import audit, request, save
from tests.sites import PAGES, small_site
from tests.sites import settings as site_settings

ME = "here:1:a"


@pytest.fixture
def site() -> Iterator[str]:
    with small_site() as base:
        yield base


def work(database: Database) -> int:
    """Take what waits and perform it."""
    audit_id = take(database, ME)
    assert audit_id is not None
    asyncio.run(perform(database, audit_id, ME, asyncio.Event()))
    return audit_id


def test_a_worker_rechecks_one_page_and_nothing_else(
    sqlite_database: Database, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sqlite_database
    save(database, **site_settings(site))
    request(database, "small")
    work(database)
    monkeypatch.setitem(PAGES, "/courses/1", "<p>The pictures are gone.</p>")
    with database.write() as session:
        platform = platforms.get(session, "small")
        asked = recheck_page(session, platform, f"{site}courses/1", {"axe-core": "4.14.1"}, None, "command")
    assert work(database) == asked.id
    done = audit(database, asked.id)
    assert (done.state, done.error, done.held, done.planned, done.audited) == ("done", "", "", 2, 2)
    with database.read() as session:
        rows = sa.select(AuditRow.role, AuditRow.state, Page.url).join(Page).where(AuditRow.audit_id == asked.id)
        looked_at = {(role, state, url) for role, state, url in session.execute(rows)}
        clean = session.scalars(
            sa.select(Page.url).join(Occurrence, Occurrence.page_id == Page.id).where(Occurrence.clean == done.number)
        )
        assert set(clean) == {f"{site}courses/1"}
    assert looked_at == {(role, "audited", f"{site}courses/1") for role in ("anonymous", "student")}
