"""Two platforms that were audited once, alike in everything, for what the REST interface tells of them."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from fastapi import FastAPI
from sqlalchemy.orm import Session

from accessibility.engine.page import Declined, PlannedRow, Reason
from accessibility.engine.platform import PlatformSettings
from accessibility.ledger.audits import actions as audits
from accessibility.ledger.audits.close import close_audit
from accessibility.ledger.audits.models import Audit
from accessibility.ledger.audits.worklist import DatabaseWorkList
from accessibility.ledger.platforms import actions as platforms
from accessibility.ledger.platforms import queries, recipes
from accessibility.ledger.sections import actions as sections
from accessibility.ledger.sections.actions import Wanted
from accessibility.ledger.tickets.models import Component, Ticket
from core import clock, job_runs, picture_store
from core.database import Database
from core.people import keys
from core.people.models import Person
from core.settings import Settings
from tests.accessibility.ledger.nights import Visit, audited, excluded, not_audited, problem, question
from tests.api.people import Browser, add_person
from tests.refilled import refilled

SECRET = "never-to-be-told-7391"
PNG = b"\x89PNG\r\n\x1a\n sample"
LOGIN = {
    "kind": "form",
    "address": "/login",
    "fields": {"username": f"user-{SECRET}", "password": SECRET},
    "sentinel": "[data-user]",
}


def settings(slug: str, **more: Any) -> dict[str, Any]:
    """What a client sends to add a platform."""
    roles = [
        {"name": "student", "login": LOGIN},
        {"name": "teacher", "login": {"kind": "basic", "username": "teacher", "password": SECRET}},
    ]
    return {
        "slug": slug,
        "name": f"Sample {slug}",
        "base": [f"https://{slug}.example.org/"],
        "roles": roles,
        "coverage_floor": 0.5,
        **more,
    }


@dataclass
class Ledger:
    """The ledger, and the clients of the service over it."""

    app: FastAPI
    database: Database
    folder: Path
    slugs: tuple[str, ...] = ("alpha", "beta")

    def __post_init__(self) -> None:
        self.config = Settings(data_dir=self.folder)
        self.app.state.database, self.app.state.settings = self.database, self.config
        if self.slugs:
            refilled(self.database, ("ledger", *self.slugs), self._nights, self.folder)

    def _nights(self) -> None:
        for slug in self.slugs:
            with self.database.write() as session:
                made = PlatformSettings.model_validate(settings(slug))
                platform = platforms.save(session, made, "command", admin=True)
                sections.create(session, platform, "command", Wanted("about", "About us", ["/about*"]))
            self.night(slug)

    def night(self, slug: str) -> Audit:
        """One more night of the platform: two failures, one question, a page that did not answer, a missing one."""
        base = f"https://{slug}.example.org"
        visits = [
            audited(f"{base}/", problem("image"), problem("field", rule="label", criteria=("4.1.2",))),
            audited(f"{base}/", problem("image"), viewport="mobile"),
            audited(f"{base}/about", problem("image"), question("contrast", rule="color-contrast")),
            not_audited(f"{base}/reports", Reason.TIMEOUT),
            excluded(f"{base}/gone"),
        ]
        with self.database.write() as session:
            run = job_runs.claim(session, f"nightly audit: {slug}", clock.now(), "worker")
            assert run is not None
            audit = self.queue(session, slug, run.id)
            audits.take_audit(session, "worker", clock.now() + timedelta(hours=1))
        self._visit(audit, visits)
        with self.database.write() as session:
            job_runs.finish(session, run.id, {"audited": 4})
            closed = close_audit(session, audit.id)
            self._failed_once(session, closed.platform_id)
            return closed

    def _failed_once(self, session: Session, platform_id: int) -> None:
        """The question was a failure before: since then it has a picture."""
        sha256 = picture_store.store(self.config.evidence_dir, PNG)
        mine = sa.update(Component).where(Component.platform_id == platform_id, Component.key == "contrast")
        session.execute(mine.values(evidence=sha256))

    def queue(self, session: Session, slug: str, job_run_id: int | None = None) -> Audit:
        """Ask for an audit."""
        platform = queries.get(session, slug)
        recorded = recipes.as_recorded(platform)
        engines = {"axe-core": "4.14.1"}
        return audits.request_audit(
            session, platform.id, audits.BY_SCHEDULE, None, recorded, engines, job_run_id=job_run_id
        )

    def begin(self, slug: str, *visits: Visit) -> Audit:
        """An audit that runs, has planned two pages and visited these."""
        with self.database.write() as session:
            audit = self.queue(session, slug)
            audits.take_audit(session, "worker", clock.now() + timedelta(hours=1))
        worklist = DatabaseWorkList(self.database, audit.id, self.config.evidence_dir)
        left = audited(f"https://{slug}.example.org/left")
        worklist.plan(0, [PlannedRow(v.key, 0, place, "start") for place, v in enumerate([*visits, left])], [])
        for visit in visits:
            worklist.finish(visit.key, visit.result)
        return audit

    def _visit(self, audit: Audit, visits: list[Visit]) -> None:
        worklist = DatabaseWorkList(self.database, audit.id, self.config.evidence_dir)
        rows = [PlannedRow(visit.key, 0, place, "start") for place, visit in enumerate(visits)]
        worklist.plan(0, rows, [Declined("anonymous", f"{visits[0].url}?lang=fr", Reason.FOLDED)])
        for visit in visits:
            result = visit.result
            result.crops.update({one.component: PNG for one in visit.findings if one.component != "field"})
            worklist.finish(visit.key, result)

    def key(self, person: Person, *scopes: str, platform: str | None = None) -> str:
        """A token of this person."""
        ends = clock.now() + timedelta(days=1)
        with self.database.write() as session:
            made = keys.create_token(
                session, "command", person.id, name="Sample", scopes=scopes, expires_at=ends, platform_slug=platform
            )
        return made[0]

    def client(
        self,
        *scopes: str,
        roles: tuple[str, ...] = ("accessibility",),
        platform: str | None = None,
        there: dict[str, str] | None = None,
    ) -> Browser:
        """A client with a token of somebody new; `client.person` is who it is."""
        person = add_person(self.database, *roles, there=there)
        key = self.key(person, *scopes, platform=platform)
        client = Browser(self.app, follow_redirects=False, headers={"Authorization": f"Bearer {key}"})
        client.person = person
        return client

    def ticket(self, slug: str = "alpha", rule: str = "image-alt") -> Ticket:
        """The platform's ticket for this rule."""
        with self.database.read() as session:
            mine = Ticket.platform_id == queries.get(session, slug).id
            return session.scalars(sa.select(Ticket).where(mine, Ticket.rule == rule)).one()

    def question(self, slug: str = "alpha") -> Component:
        """What waits for a decision on the platform."""
        with self.database.read() as session:
            mine = Component.platform_id == queries.get(session, slug).id
            return session.scalars(sa.select(Component).where(mine, Component.key == "contrast")).one()
