"""Its own medicine: every page of the service, in both windows, signed in, passes the service's own audit."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from accessibility.engine.audit import RunOptions, run_audit
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.finding import Outcome
from accessibility.engine.page import ANONYMOUS, RowState
from accessibility.engine.platform import PlatformSettings
from core import clock, heartbeats
from core.database import Database
from core.people import grants, keys
from core.people.models import PersonIdentity
from tests.accessibility.seeded import history, history_folder  # noqa: F401
from tests.api.access import PAGES
from tests.api.people import PASSWORD, add_person
from tests.api.workers import worker
from tests.browser.alerts import add_alerts
from tests.browser.conftest import EXECUTABLE, SANDBOX, Service

LEAD = "lead"
ISSUER = "http://127.0.0.1:9"  # nobody answers there
PUBLIC = {"/sign-in", "/sign-in/ended"}
NO_PAGES = {"/health", "/ready", "/", "/sign-in/oidc", "/sign-in/oidc/back"}  # probes and redirects
PICTURES = {"/accessibility/evidence/{sha256}.png", "/accessibility/platforms/{slug}/{kind}.svg"}
PICTURES |= {"/accessibility/platforms/{slug}/sections/{section}/{kind}.svg", "/settings/state/{kind}.svg"}
FILES = {"/accessibility/platforms/{slug}/sections.csv"}
ADDRESSES = {
    "/sign-in": ["/sign-in"],
    "/sign-in/ended": ["/sign-in/ended"],
    "/account": ["/account"],
    "/account/password": ["/account/password"],
    "/account/alerts": ["/account/alerts"],
    "/account/alerts/platforms/{slug}": ["/account/alerts/platforms/ecampus"],
    "/settings/people": ["/settings/people"],
    "/settings/people/add": ["/settings/people/add"],
    "/settings/people/{person_id}": ["/settings/people/1"],
    "/settings/people/{person_id}/grants": ["/settings/people/1/grants", "/settings/people/2/grants"],
    "/settings/people/{person_id}/deactivate": ["/settings/people/1/deactivate"],
    "/settings/people/{person_id}/password": ["/settings/people/1/password"],
    "/settings/tokens": ["/settings/tokens"],
    "/settings/tokens/add": ["/settings/tokens/add"],
    "/settings/tokens/{token_id}/revoke": ["/settings/tokens/1/revoke"],
    "/settings/trail": ["/settings/trail", "/settings/trail?subject=nothing"],
    "/settings/alerts": ["/settings/alerts", "/settings/alerts?state=sent"],
    "/settings/state": ["/settings/state"],
    "/accessibility/last-night": ["/accessibility/last-night"],
    "/accessibility/tickets": [
        "/accessibility/tickets",
        "/accessibility/tickets?group=all&select=all&sort=-due",
        "/accessibility/tickets?text=nothing+at+all",
        "/accessibility/tickets?platform=ecampus&opened_in=10",
    ],
    "/accessibility/tickets/{slug}/{number}": [f"/accessibility/tickets/ecampus/{n}" for n in (1, 2, 4, 5, 6, 9)],
    "/accessibility/tickets/{slug}/{number}/assign": ["/accessibility/tickets/ecampus/9/assign"],
    "/accessibility/shared": [
        "/accessibility/shared",
        "/accessibility/shared?state=all&platform=ecampus",
        "/accessibility/shared?impact=critical",
    ],
    "/accessibility/shared/{number}": ["/accessibility/shared/1", "/accessibility/shared/2"],
    "/accessibility/shared/{number}/tickets/{ticket_id}": ["/accessibility/shared/2/tickets/11"],
    "/accessibility/review": ["/accessibility/review", "/accessibility/review?platform=partner"],
    "/accessibility/review/{component_id}": ["/accessibility/review/1"],
    "/accessibility/platforms": ["/accessibility/platforms"],
    "/accessibility/platforms/{slug}": [f"/accessibility/platforms/{slug}" for slug in ("ecampus", "archive")],
    "/accessibility/platforms/{slug}/edit": ["/accessibility/platforms/ecampus/edit"],
    "/accessibility/platforms/{slug}/pause": ["/accessibility/platforms/ecampus/pause"],
    "/accessibility/platforms/{slug}/people": [
        f"/accessibility/platforms/{slug}/people" for slug in ("ecampus", "archive")
    ],
    "/accessibility/platforms/{slug}/webhooks": [
        "/accessibility/platforms/ecampus/webhooks",
        "/accessibility/platforms/partner/webhooks",
    ],
    "/accessibility/platforms/{slug}/webhooks/add": ["/accessibility/platforms/ecampus/webhooks/add"],
    "/accessibility/platforms/{slug}/webhooks/{webhook_id}": ["/accessibility/platforms/ecampus/webhooks/1"],
    "/accessibility/platforms/{slug}/webhooks/{webhook_id}/secret": [
        "/accessibility/platforms/ecampus/webhooks/1/secret"
    ],
    "/accessibility/platforms/{slug}/webhooks/{webhook_id}/remove": [
        "/accessibility/platforms/ecampus/webhooks/1/remove"
    ],
    "/accessibility/platforms/{slug}/sections": [
        f"/accessibility/platforms/{slug}/sections" for slug in ("ecampus", "partner")
    ],
    "/accessibility/platforms/{slug}/sections/{section}": [
        f"/accessibility/platforms/ecampus/sections/{one}" for one in ("course-1", "forum", "everything-else")
    ],
    "/accessibility/platforms/{slug}/sections/{section}/edit": [
        "/accessibility/platforms/ecampus/sections/course-1/edit"
    ],
    "/accessibility/platforms/{slug}/sections/{section}/delete": [
        "/accessibility/platforms/ecampus/sections/course-1/delete"
    ],
    "/accessibility/platforms/{slug}/add-section": ["/accessibility/platforms/ecampus/add-section"],
    "/accessibility/platforms/{slug}/import-sections": ["/accessibility/platforms/ecampus/import-sections"],
    "/accessibility/platforms/{slug}/baselines": [
        f"/accessibility/platforms/{slug}/baselines" for slug in ("ecampus", "archive")
    ],
    "/accessibility/platforms/{slug}/baselines/{number}": [
        f"/accessibility/platforms/ecampus/baselines/{number}" for number in (1, 2)
    ],
    "/accessibility/platforms/{slug}/gates/{gate_id}": [
        f"/accessibility/platforms/ecampus/gates/{number}" for number in (2, 3, 4)
    ],
    "/accessibility/platforms/{slug}/approve": [
        "/accessibility/platforms/ecampus/approve?audit=10",
        "/accessibility/platforms/ecampus/approve?gate=1",
    ],
    "/accessibility/add-platform": ["/accessibility/add-platform"],
    "/accessibility/audits/{slug}/{number}": [
        "/accessibility/audits/ecampus/10",
        "/accessibility/audits/ecampus/10?reason=server+error",
        "/accessibility/audits/partner/10",
        "/accessibility/audits/public-site/11",
        "/accessibility/audits/archive/1",
    ],
    "/accessibility/audits/{slug}/{number}/cancel": ["/accessibility/audits/public-site/11/cancel"],
    "/accessibility/scores": ["/accessibility/scores", "/accessibility/scores?platform=ecampus"],
    "/accessibility/jobs": ["/accessibility/jobs", "/accessibility/jobs?state=skipped"],
}
"""Every route that is a page, with the addresses that show its states."""


@pytest.fixture
def sqlite_database(history: Database) -> Database:  # noqa: F811
    """The service shows the history."""
    return history


def audit(service: Service, email: str, role: str, paths: Sequence[str]) -> list[str]:
    """What the audit finds failed, and what it could not audit, one line each."""
    login = {
        "kind": "form",
        "address": "/sign-in",
        "fields": {"email": email, "password": PASSWORD},
        "sentinel": "form[action='/sign-out']",
    }
    platform = PlatformSettings.model_validate(
        {
            "slug": "campus",
            "name": "Campus",
            "base": [f"{service.address}/"],
            "roles": [{"name": LEAD, "login": login}],
            "allow_private": True,
            "parallel": 4,
        }
    )
    options = RunOptions(
        given=tuple(service.address + path for path in paths), roles=(role,), browser=EXECUTABLE, sandbox=SANDBOX
    )
    worklist = MemoryWorkList()
    asyncio.run(run_audit(platform, worklist, options))
    rows = list(worklist.rows())
    assert len(rows) == len(paths) * len(platform.viewports)
    gaps = [f"{row.key} {row.state} {row.reason} {row.detail}" for row in rows if row.state is not RowState.AUDITED]
    failed = [
        f"{row.key.url} {row.key.viewport} {finding.rule} {finding.selector} {finding.message}"
        for row, finding in worklist.findings()
        if finding.outcome is Outcome.FAILED
    ]
    return gaps + failed


@pytest.fixture(autouse=True)
def _with_a_provider(configure: Callable[..., None]) -> None:
    """The pages show everything that they can."""
    configure(oidc_issuer=ISSUER, oidc_client_id="campus", oidc_name="Sample Institute")


def test_every_page_is_listed_here() -> None:
    pages = {path for method, path in PAGES if method == "GET"} - NO_PAGES - PICTURES - FILES
    assert ADDRESSES.keys() == pages


def test_no_page_fails_the_services_own_audit_signed_in(live_service: Service) -> None:
    person = add_person(live_service.database, "admin", "accessibility")
    with live_service.database.write() as session:
        expires = clock.now() + timedelta(days=30)
        keys.create_token(session, "command", person.id, name="Sample pipeline", scopes=["read"], expires_at=expires)
        add_alerts(session, person.id)
        now = {"created_at": clock.now(), "last_used_at": clock.now()}
        session.add(PersonIdentity(person_id=person.id, issuer=ISSUER, subject="1", **now))
        grants.grant(session, "command", 1, "viewer", "ecampus")
        heartbeats.beat(session, worker(), {"clean sign-ins": clock.now() + timedelta(hours=1)})
    paths = [path for some in ADDRESSES.values() for path in some if path not in PUBLIC]
    assert audit(live_service, person.email, LEAD, paths) == []


def test_the_pages_before_and_after_a_sign_in_pass_too(live_service: Service) -> None:
    assert audit(live_service, "nobody@example.org", ANONYMOUS, sorted(PUBLIC)) == []
