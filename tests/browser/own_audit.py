"""Audits pages of the service itself."""

import asyncio
from collections.abc import Sequence

from accessibility.engine.audit import RunOptions, run_audit
from accessibility.engine.checks.rule import Profile
from accessibility.engine.crawl.worklist import MemoryWorkList
from accessibility.engine.finding import Outcome
from accessibility.engine.page import RowState
from accessibility.engine.platform import DESKTOP, MOBILE, PlatformSettings, Viewport
from tests.api.people import PASSWORD
from tests.browser.conftest import EXECUTABLE, SANDBOX, Service

LEAD = "lead"


def audit(
    service: Service,
    email: str,
    role: str,
    paths: Sequence[str],
    windows: Sequence[Viewport] = (DESKTOP, MOBILE),
    profile: Profile = Profile.STANDARD,
) -> list[str]:
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
            "viewports": [window.model_dump() for window in windows],
        }
    )
    options = RunOptions(
        given=tuple(service.address + path for path in paths),
        roles=(role,),
        profile=profile,
        browser=EXECUTABLE,
        sandbox=SANDBOX,
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
